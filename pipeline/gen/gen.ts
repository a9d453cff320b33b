import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Project, projectFor, projectsAt } from './config.ts';
import { changesAmong, strangers, write } from './outputs.ts';
import type { Generated } from './pipeline.ts';
import { Snapshot } from './source/snapshot.ts';
import { isUnchanged, remember } from './stamp.ts';
import { describe, isDocumentFault, StepFailed, seconds } from './step.ts';

export interface GenOptions {
  /** The folder with `openapi-strict.config.ts`. */
  readonly root: string;
  /** A document, in place of those of the configuration: a file or a URL. */
  readonly spec?: string | undefined;
  /** The folder that takes everything that is made of `spec`. */
  readonly out?: string | undefined;
  /** The operations of `spec` that are made, named as in the configuration. */
  readonly only?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** Write nothing, and fail if anything would be written. */
  readonly check?: boolean;
  /** Make the reference page. @default true, but not for `check` */
  readonly page?: boolean;
  /** A file for everything that was renamed, left out or is amiss, as JSON. */
  readonly report?: string | undefined;
  /** Refuse a document of which anything is left out. */
  readonly strict?: boolean;
  /** Leave out operations that are wrong, instead of refusing the document. */
  readonly lenient?: boolean;
  /** A line of output. */
  readonly say: (line: string) => void;
  /** A line that says what is wrong. @default say */
  readonly complain?: (line: string) => void;
}

/** 0: all is well. 1: something else is wrong, or `check` found a difference. 2: the document is. */
export type ExitCode = 0 | 1 | 2;

/** How often gen starts again because a source was saved meanwhile. */
const MAX_RUNS = 10;

/** Makes everything that follows from documents, and writes what changed: all of it, or nothing where a step fails. */
export async function gen(options: GenOptions): Promise<ExitCode> {
  const { say, complain = say } = options;
  const began = performance.now();
  const conclude = (words: string) => say(`${words} (${seconds(performance.now() - began)})`);
  const heard: string[] = [];
  try {
    for (let run = 1; ; run++) {
      heard.length = 0;
      const outcome = await once({ ...options, say: (line) => heard.push(line) });
      if (outcome.changed === undefined) {
        for (const line of heard) say(line);
        conclude(outcome.words);
        return outcome.code;
      }
      if (run === MAX_RUNS) {
        throw new StepFailed([
          { place: `${outcome.changed}:`, message: 'It is being changed again and again; nothing was made of it.' },
        ]);
      }
    }
  } catch (error) {
    if (complain === say) for (const line of heard.filter((one) => one.endsWith('failed'))) say(line);
    for (const line of describe(error)) complain(complain === say ? `  ${line}` : line);
    if (process.env.GEN_DEBUG && error instanceof Error) complain(error.stack ?? '');
    if (complain === say) conclude('Nothing was written.');
    return isDocumentFault(error) ? 2 : 1;
  }
}

interface Outcome {
  readonly code: ExitCode;
  readonly words: string;
  /** A source that was saved while this ran: what was made is of no use. */
  readonly changed?: string;
}

async function once(options: GenOptions): Promise<Outcome> {
  const { check = false, page = !check, say } = options;
  const projects = (await projectsOf(options)).map((project) => ({ ...project, page: page && project.page }));
  // Those who ask for a check rely on it: it looks at everything.
  const stale = projects.filter((project) => check || options.report || options.strict || !isUnchanged(project));
  if (stale.length === 0) return { code: 0, words: 'Nothing changed.' };

  const { generate, refuseLeftOut } = await import('./pipeline.ts');
  const all: { project: Project; snapshot: Snapshot; made: Generated }[] = [];
  const changed = () => all.map(({ snapshot }) => snapshot.changed()).find((file) => file !== undefined);
  for (const project of stale) {
    const snapshot = new Snapshot();
    try {
      const made = await generate({ project, snapshot, lenient: options.lenient === true, say });
      all.push({ project, snapshot, made });
      if (options.strict) refuseLeftOut(made.report);
    } catch (error) {
      // Half of a file that was being saved may have been read.
      const file = snapshot.changed();
      if (file !== undefined) return { code: 1, words: '', changed: file };
      throw error;
    }
  }
  const before = changed();
  if (before !== undefined) return { code: 1, words: '', changed: before };

  for (const { made } of all) {
    for (const line of made.report.lines()) say(line);
    for (const path of made.orphans) say(`${path}: no operation of this name is left; delete it if it has no use.`);
  }
  if (options.report !== undefined) write('', resolve(options.report), reportOf(all));
  const known = new Set(projects.flatMap(outputsOf));
  const extra = options.spec === undefined ? strangers(options.root, projects, known) : [];
  if (check) return compare(all, extra, say);

  for (const path of extra) say(`${path}: not made by gen; delete it.`);
  const written: string[] = [];
  for (const { project, made } of all) {
    const missing = [...made.once].filter(([path]) => !existsSync(join(project.root, path)));
    const changes = [...changesAmong(project.root, made.files), ...missing.map(([path, text]) => ({ path, text }))];
    for (const { path, text } of changes) write(project.root, path, text);
    written.push(...changes.map(({ path }) => path));
  }
  // One project's folder may hold another's, so nothing is remembered before everything is written.
  // The snapshot is what was read, whatever the files hold by now.
  for (const { project, snapshot, made } of all) remember(project, snapshot, [...made.files.keys()]);
  const after = changed();
  if (after !== undefined) return { code: 1, words: '', changed: after };
  return { code: 0, words: wordsFor(written, options.out) };
}

async function projectsOf({ root, spec, out, only = [], exclude = [] }: GenOptions): Promise<Project[]> {
  if (spec === undefined) return projectsAt(root);
  const folder = resolve(out ?? '.');
  if (folder === resolve(import.meta.dirname, '../..'))
    throw new StepFailed('--out must be another folder than this project.');
  return [projectFor(spec, folder, { only, exclude })];
}

/** The files that a project's documents own in the folder of generated files. */
const outputsOf = ({ generated, client, handlers }: Project): string[] => [
  ...['openapi.json', 'schema.ts', 'enums.ts', 'operations.ts', 'errors.ts', 'handlers.ts'].map(
    (name) => `${generated}/${name}`,
  ),
  `${handlers}/index.ts`,
  client,
];

function compare(
  all: readonly { project: Project; made: Generated }[],
  extra: readonly string[],
  say: (line: string) => void,
): Outcome {
  let found = extra.length;
  for (const { project, made } of all) {
    const wanted = new Map([
      ...made.files,
      ...[...made.once].filter(([path]) => !existsSync(join(project.root, path))),
    ]);
    for (const { path, missing } of changesAmong(project.root, wanted)) {
      say(`  ${path} ${missing ? 'is missing' : `differs from what ${project.title} gives`}`);
      found += 1;
    }
  }
  for (const path of extra) say(`  ${path} is not made by gen`);
  return found === 0
    ? { code: 0, words: 'What is committed is what the documents give.' }
    : { code: 1, words: 'Run `npm run gen` and commit what it changes.' };
}

const SHOWN = 12;

function wordsFor(written: readonly string[], out: string | undefined): string {
  if (written.length === 0) return 'Nothing changed.';
  if (out !== undefined || written.length > SHOWN) return `Wrote ${written.length} files${out ? ` to ${out}` : ''}.`;
  return `Wrote ${written.join(', ')}.`;
}

function reportOf(all: readonly { project: Project; made: Generated }[]): string {
  const documents = all.map(({ project, made }) => ({ document: project.title, ...made.report.toJSON() }));
  return `${JSON.stringify(documents.length === 1 ? documents[0] : { documents }, null, 2)}\n`;
}
