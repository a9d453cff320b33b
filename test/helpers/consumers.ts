import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The compilers, runtimes and other clients that users of a generated client may have. */
export const consumers = join(import.meta.dirname, '../consumers');

const changedAt = (path: string): number =>
  statSync(join(consumers, path), { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;

/** Installs them where they are missing or out of date. Before all proofs: several of them use the same folder at a time. */
export async function setup(): Promise<void> {
  // npm writes this file last.
  if (changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json')) return;
  console.log('Installing the tools in test/consumers …');
  await promisify(execFile)('npm', ['ci', '--ignore-scripts'], { cwd: consumers });
}
