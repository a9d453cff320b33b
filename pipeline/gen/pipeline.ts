import { client } from './client.ts';
import { docs } from './docs.ts';
import { enums } from './enums.ts';
import { errors, errorsOf } from './errors.ts';
import { handlers } from './handlers.ts';
import { lint } from './lint.ts';
import { operations } from './operations.ts';
import { selfContained } from './page.ts';
import { markOf } from './page-mark.ts';
import type { Project } from './project.ts';
import { start, startAfter, told } from './step.ts';
import { tempFolder } from './temp.ts';

export interface Options {
  readonly project: Project;
  /** Whether to make the reference page too, which git does not hold. */
  readonly page: boolean;
  readonly say: (line: string) => void;
}

export interface Generated {
  /** What git holds, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** The reference page, where it was asked for, by its path. */
  readonly pages: ReadonlyMap<string, string>;
  /** Handlers that belong to no operation any more. */
  readonly orphans: readonly string[];
}

/** Everything that follows from the document, in memory. Each step is one line of output. */
export async function generate({ project, page, say }: Options): Promise<Generated> {
  using temp = tempFolder();
  const { paths } = project;
  const abort = new AbortController();
  const { signal } = abort;

  // Two processes of their own, beside which this one bundles and makes the types: what that takes is loaded only now.
  const linted = start('lint', () => lint(project, signal));
  const drawn = page ? start('docs', () => docs(project, project.spec, temp.path, signal)) : undefined;
  const bundled = start('bundle', async () => (await import('./bundle.ts')).bundle(project));
  const loaded = start('load', () => import('./types.ts'));
  const typed = startAfter('types', bundled, async ({ document }) => (await loaded.result).value.types(document));

  const files = new Map<string, string>();
  try {
    await told(linted, say, project.spec);
    const { document, text } = await told(bundled, say, paths.document);
    files.set(paths.document, text);
    files.set(paths.types, await told(typed, say, paths.types));
    const make = async (name: string, path: string, work: () => string) => {
      files.set(path, await told(start(name, work), say, path));
    };
    await make('enums', paths.enums, () => enums(document));
    await make('operations', paths.operations, () => operations(document));
    await make('errors', paths.errors, () => errors(document));
    const handled = start('handlers', () => handlers(document, project.root, paths.handlers));
    const { index, stubs, orphans } = await told(handled, say, paths.handlers);
    files.set(paths.handlers, index);
    for (const [path, stub] of stubs) files.set(path, stub);
    await make('client', paths.client, () => client(errorsOf(document), paths));
    if (!drawn) return { files, orphans, pages: new Map() };
    const html = selfContained(await told(drawn, say, paths.docs), text, markOf(project, text));
    return { files, orphans, pages: new Map([[paths.docs, html]]) };
  } finally {
    // After a failure, nobody waits for what still runs; it must be gone before its folder is.
    abort.abort();
    await Promise.allSettled([linted, bundled, typed, drawn].map((step) => step?.result));
  }
}
