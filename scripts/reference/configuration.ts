import type { Declaration, Declarations } from './declarations.ts';
import { opening, paragraphs, prose } from './markdown.ts';
import { membersOf } from './members.ts';

const GEN = 'pipeline/gen/config.ts';
const CLIENT = 'pipeline/gen/client/module.ts';
const PAGES = 'pipeline/gen/client/pagination.ts';
const CONTRACT = 'pipeline/contract/config.ts';

/** The modules that the page is made of. */
export const configurationModules = [GEN, CLIENT, PAGES, CONTRACT];

/** The page of the two files that a project may have: what gen makes, and how the contract suite runs. */
export function configurationPage(declarations: Declarations): string {
  const keys = (module: string, name: string) => keysOf(declarations.named(module, name));
  return paragraphs(
    opening('Configuration', 'Paths are relative to the folder of the file.'),
    '## openapi-strict.config.ts',
    'Its default export, by `defineConfig` of `openapi-strict`, is `{ documents: [ … ] }`. Each of its documents has these keys; a star marks what must be given.',
    keys(GEN, 'DocumentConfig'),
    '### clientOptions',
    keys(CLIENT, 'ClientConfig'),
    '### clientOptions.pages',
    keys(PAGES, 'Pagination'),
    '## The file of `contract --config`',
    keys(CONTRACT, 'ContractConfig'),
  );
}

const keysOf = (declaration: Declaration): string =>
  paragraphs(prose(declaration.about), membersOf(declaration, 'key'));
