import { changesAmong, strangers, write } from './outputs.ts';
import { type Generated, generate } from './pipeline.ts';
import { type Project, projectsAt } from './project.ts';
import { inputsOf, isUnchanged, remember } from './stamp.ts';
import { describe, seconds } from './step.ts';

export interface Options {
  /** The folder of the project: this repository, or a copy of it. */
  readonly root: string;
  /** Write nothing, and fail if anything would be written. */
  readonly check?: boolean;
  readonly say: (line: string) => void;
}

/** Runs the pipeline and writes what changed. Answers whether it went well; what did not has been said. */
export async function gen({ root, check = false, say }: Options): Promise<boolean> {
  const began = performance.now();
  const projects = projectsAt(root);
  const inputs = new Map(projects.map((project) => [project, inputsOf(project)]));
  const conclude = (what: string) => say(`${what} (${seconds(performance.now() - began)})`);

  // --check looks for itself: others rely on what it says.
  const stale = projects.filter((project) => check || !isUnchanged(project, inputs.get(project) ?? ''));
  if (stale.length === 0) {
    conclude('Nothing changed.');
    return true;
  }

  let all: Generated[];
  try {
    all = await generateAll(stale, !check, say);
  } catch (error) {
    for (const line of describe(error)) say(`  ${line}`);
    conclude('Nothing was written.');
    return false;
  }

  const files = new Map(all.flatMap((generated) => [...generated.files]));
  const pages = new Map(all.flatMap((generated) => [...generated.pages]));
  for (const orphan of all.flatMap(({ orphans }) => orphans))
    say(`${orphan}: no operation of this name is left; delete it if it has no use.`);
  const changes = changesAmong(root, files);
  const extra = strangers(root, new Set(projects.flatMap(({ paths }) => Object.values(paths))));
  if (check) {
    for (const { path, missing } of changes)
      say(`  ${path} ${missing ? 'is missing' : 'differs from what spec/ gives'}`);
    for (const path of extra) say(`  ${path} is not made by gen`);
    const found = changes.length + extra.length;
    conclude(found === 0 ? 'What is committed is what spec/ gives.' : 'Run `npm run gen` and commit what it changes.');
    return found === 0;
  }

  for (const path of extra) say(`${path}: not made by gen; delete it.`);
  changes.push(...changesAmong(root, pages));
  for (const { path, text } of changes) write(root, path, text);
  for (const [project, seen] of inputs) remember(project, seen);
  conclude(changes.length === 0 ? 'Nothing changed.' : `Wrote ${changes.map(({ path }) => path).join(', ')}.`);
  return true;
}

/** Side by side, but told in order. The first failure in that order is the one that is thrown. */
async function generateAll(
  projects: readonly Project[],
  page: boolean,
  say: (line: string) => void,
): Promise<Generated[]> {
  const [first, ...others] = projects.map((project, index) => {
    const lines: string[] = [];
    const result = generate({ project, page, say: index === 0 ? say : (line) => lines.push(line) });
    result.catch(() => {});
    return { result, lines };
  });
  const all: Generated[] = [];
  try {
    if (first) all.push(await first.result);
    for (const { result, lines } of others) {
      await result.catch(() => {});
      for (const line of lines) say(line);
      all.push(await result);
    }
  } finally {
    await Promise.allSettled(others.map(({ result }) => result));
  }
  return all;
}
