import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from '../../document/operations.ts';
import type { Project } from '../config.ts';
import type { Step } from '../step.ts';
import { banner, jsdoc, nameable } from '../text.ts';

/** The table of handlers, and a stub for each operation that has none. */
export const handlers: Step = {
  name: 'handlers',
  makes: ({ handlers: folder }) => `${folder}/index.ts`,
  run: ({ project, operations }) => {
    const { index, stubs, orphans } = handlersFor(operations, project);
    const files = new Map([[`${project.handlers}/index.ts`, banner(project) + index]]);
    return { files, once: stubs, orphans };
  },
};

const width = 120;

export interface Handlers {
  readonly index: string;
  /** Stubs, by file, for operations that have no handler. */
  readonly stubs: ReadonlyMap<string, string>;
  /** Handlers whose operation is gone. They are a person's work: nothing here deletes them. */
  readonly orphans: readonly string[];
}

export function handlersFor(
  all: readonly Operation[],
  project: Pick<Project, 'root' | 'handlers' | 'handleOptions'>,
): Handlers {
  const { root, handlers: folder } = project;
  const operations = all
    .filter((operation) => isHandled(project, operation))
    .map(({ id, object }) => ({
      id: nameable(id, 'operation id'),
      summary: object.summary,
    }));
  const ids = operations.map(({ id }) => id);
  const files = readFiles(join(root, folder));
  const stubs = operations
    .filter(({ id }) => !files.has(`${id}.ts`))
    .map(({ id, summary }) => [`${folder}/${id}.ts`, stub(id, summary)] as const);
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

const index = (ids: readonly string[]): string => `
${ids.map((id) => `import { ${id} } from './${id}.ts';\n`).join('')}import type { Handlers } from './handler.ts';

/** Every operation's handler. One that is missing, or has the wrong type, does not compile. */
export const handlers = {
${ids.map((id) => `  ${id},\n`).join('')}} satisfies Handlers;
`;

function stub(id: string, summary: string | undefined): string {
  const [input, services, result] = [`_input: Input<'${id}'>`, '_services: Services', `Promise<Result<'${id}'>>`];
  const line = `export async function ${id}(${input}, ${services}): ${result} {`;
  const head =
    line.length <= width ? line : `export async function ${id}(\n  ${input},\n  ${services},\n): ${result} {`;
  return `import { type Input, NotImplemented, type Result, type Services } from './handler.ts';

${jsdoc(summary)}${head}
  throw new NotImplemented('${id}');
}
`;
}

/** Where CORS answers OPTIONS, nobody handles it. */
export const isHandled = ({ handleOptions }: Pick<Project, 'handleOptions'>, { method }: Operation): boolean =>
  handleOptions || method !== 'OPTIONS';
