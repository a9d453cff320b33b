import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages } from '../packages/packages.ts';
import type { Declaration, Declarations } from './declarations.ts';
import { code, opening, paragraphs, prose, table } from './markdown.ts';
import { membersOf } from './members.ts';

interface Entry {
  /** The name that it is imported by. */
  readonly name: string;
  /** Its module, from the root of the repository. */
  readonly module: string;
}

/** The entries of all published packages. */
export function entriesOf(root: string): Entry[] {
  return packages.flatMap(({ folder }) => {
    const { name, exports } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return Object.entries<string>(exports).map(([path, module]) => ({
      name: join(name, path),
      module: join(folder, module),
    }));
  });
}

/** The page of the packages: each name that they export. Throws where one has no doc comment. */
export function packagesPage(entries: readonly Entry[], declarations: Declarations): string {
  return paragraphs(
    opening('Packages and their exports', 'A star marks members that must be given.'),
    ...entries.map(({ name, module }) => sectionOf(name, declarations.exportsOf(module))),
  );
}

/** Types that openapi-typescript makes of a document. */
const OF_DOCUMENT = ['components', 'operations', 'paths'];

function sectionOf(name: string, exported: readonly Declaration[]): string {
  const operations = exported.filter(({ isOperation }) => isOperation).map((one) => code(one.name));
  const own = exported.filter((one) => !one.isOperation && !OF_DOCUMENT.includes(one.name));
  const bare = own.filter(({ about }) => about === '').map((one) => one.name);
  if (bare.length > 0) throw new Error(`${name} exports names that no doc comment explains: ${bare.join(', ')}.`);
  return paragraphs(
    `## ${name}`,
    table(
      ['name', 'kind', 'about'],
      own.map((one) => [code(one.name), one.kind, prose(one.about)]),
    ),
    operations.length > 0 ? `Operations, for \`createApiClient\`: ${operations.join(', ')}.` : '',
    own.length < exported.length - operations.length
      ? `Types of the document: ${OF_DOCUMENT.map(code).join(', ')}.`
      : '',
    ...own
      .filter(({ kind, members }) => kind === 'interface' && members.length > 0)
      .map((one) => paragraphs(`### ${one.name}`, membersOf(one, 'member'))),
  );
}
