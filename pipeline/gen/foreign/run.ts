import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { changesAmong, write } from '../outputs.ts';
import { describe, StepFailed, seconds } from '../step.ts';
import { isUnchanged, remember } from './stamp.ts';

export interface Options {
  /** The root file of the document. */
  readonly spec: string;
  /** The folder that takes everything; nothing is written outside of it. */
  readonly out: string;
  /** Whether to make the reference page, which takes most of the time; it is, unless told. */
  readonly page?: boolean;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** Makes everything from a document of another origin. Answers the exit code: 2 where the document can't be taken. */
export async function genForeign({ spec, out, page = true, say, complain }: Options): Promise<number> {
  const began = performance.now();
  const conclude = (what: string) => say(`${what} (${seconds(performance.now() - began)})`);
  const folder = resolve(out);
  if (folder === join(import.meta.dirname, '../../..')) {
    complain('--out must be another folder than this project.');
    return 2;
  }
  if (isUnchanged(folder, resolve(spec))) {
    conclude('Nothing changed.');
    return 0;
  }
  const lines: string[] = [];
  try {
    const { make } = await import('./make.ts');
    const { files, once, orphans, notes, sources } = await make({
      spec: resolve(spec),
      out: folder,
      page,
      say: (line) => lines.push(line),
    });
    for (const line of [...lines, ...notes]) say(line);
    for (const path of orphans) say(`${path}: no operation of this name is left; delete it if it has no use.`);
    const missing = [...once].filter(([path]) => !existsSync(join(folder, path)));
    const changes = [...changesAmong(folder, files), ...missing.map(([path, text]) => ({ path, text }))];
    for (const { path, text } of changes) write(folder, path, text);
    remember(folder, sources);
    conclude(changes.length === 0 ? 'Nothing changed.' : `Wrote ${changes.length} files to ${out}.`);
    return 0;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    for (const line of describe(error)) complain(line);
    return 2;
  }
}
