import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Document, operationsOf } from '../document/document.ts';
import { banner, jsdoc, nameable } from './text.ts';

const width = 120;

export interface Handlers {
  readonly index: string;
  /** Stubs, by file, for operations that have no handler. */
  readonly stubs: ReadonlyMap<string, string>;
  /** Handlers whose operation is gone. They are a person's work: nothing here deletes them. */
  readonly orphans: readonly string[];
}

/**
 * The table of handlers, which goes to `path`, and a file beside it for each handler that nobody has written yet. `http`
 * is where errors are.
 */
export function handlers(document: Document, root: string, path: string, http?: string): Handlers {
  const folder = dirname(path);
  const errors = http ?? 'openapi-strict-express';
  const operations = operationsOf(document).map(({ id, object }) => ({
    id: nameable(id, 'operation id'),
    summary: object.summary,
  }));
  const ids = operations.map(({ id }) => id);
  const files = readFiles(join(root, folder));
  const stubs = operations
    .filter(({ id }) => !files.has(`${id}.ts`))
    .map(({ id, summary }) => [`${folder}/${id}.ts`, stub(id, summary, errors)] as const);
  const orphans = [...files].filter(([file, text]) => {
    const id = file.replace(/\.ts$/, '');
    return file !== 'index.ts' && !ids.includes(id) && text.includes(`Input<'${id}'>`);
  });
  return { index: index(ids), stubs: new Map(stubs), orphans: orphans.map(([file]) => `${folder}/${file}`) };
}

function readFiles(path: string): Map<string, string> {
  try {
    const names = readdirSync(path).filter((name) => name.endsWith('.ts'));
    return new Map(names.map((name) => [name, readFileSync(join(path, name), 'utf8')]));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
}

const index = (ids: readonly string[]): string => `${banner}
${ids.map((id) => `import { ${id} } from './${id}.ts';\n`).join('')}import type { Handlers } from './handler.ts';

/** Every operation's handler. One that is missing, or has the wrong type, does not compile. */
export const handlers = {
${ids.map((id) => `  ${id},\n`).join('')}} satisfies Handlers;
`;

function stub(id: string, summary: string | undefined, http: string): string {
  const [input, services, output] = [`_input: Input<'${id}'>`, '_services: Services', `Promise<Output<'${id}'>>`];
  const line = `export async function ${id}(${input}, ${services}): ${output} {`;
  const head =
    line.length <= width ? line : `export async function ${id}(\n  ${input},\n  ${services},\n): ${output} {`;
  return `import { NotImplemented } from '${http}';
import type { Input, Output, Services } from './handler.ts';

${jsdoc(summary)}${head}
  throw new NotImplemented('${id}');
}
`;
}
