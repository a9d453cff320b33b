import { changesAmong, strangers, write } from './outputs.ts';
import { type Generated, generate } from './pipeline.ts';
import { projectsAt } from './project.ts';
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

  const all: Generated[] = [];
  try {
    // One after the other: the steps of one keep two cores busy, and what fails is told before more is begun.
    for (const project of stale) all.push(await generate({ project, page: !check, say }));
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
