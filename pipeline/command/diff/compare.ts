import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { redocly } from '../../gen/redocly.ts';

export type Impact = 'major' | 'minor' | 'patch';

export interface Change {
  readonly impact: Impact;
  /** Such as `added`, `removed` or `modified`. */
  readonly kind: string;
  /** A JSON Pointer into the document. */
  readonly path: string;
  readonly messages: readonly string[];
}

export interface Comparison {
  readonly changes: readonly Change[];
  readonly released: string;
  readonly version: string;
  /** A table for a pull request. */
  readonly markdown: string;
}

/** Why two documents could not be compared; one sentence. */
export class CanNotCompare extends Error {
  override readonly name = 'CanNotCompare';
}

const CONFIG = join(import.meta.dirname, 'redocly.yaml');

/** Rates every change between two documents by its effect on those who use the released one. */
export async function compare(released: string, document: string): Promise<Comparison> {
  for (const file of [released, document]) await versionOf(file);
  const folder = await mkdtemp(join(tmpdir(), 'diff-'));
  try {
    const [report, markdown] = await Promise.all([
      run(released, document, 'json', join(folder, 'diff.json')),
      run(released, document, 'markdown', join(folder, 'diff.md')),
    ]);
    const { changes } = JSON.parse(report) as { changes: RatedChange[] };
    return {
      changes: changes.map(({ impact, kind, path, verdicts }) => ({
        impact,
        kind,
        path,
        messages: verdicts.map(({ message }) => message),
      })),
      released: await versionOf(released),
      version: await versionOf(document),
      markdown,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface RatedChange {
  readonly impact: Impact;
  readonly kind: string;
  readonly path: string;
  readonly verdicts: readonly { readonly message: string }[];
}

async function run(released: string, document: string, format: string, output: string): Promise<string> {
  const documents = [resolve(released), resolve(document)];
  const args = ['diff', ...documents, '--config', CONFIG, '--fail-on=none', `--format=${format}`, '-o', output];
  const { stderr } = await redocly(args, { cwd: process.cwd() });
  return readFile(output, 'utf8').catch(() => {
    throw new CanNotCompare(`redocly diff: ${stderr.trim().split('\n').at(-1)}`);
  });
}

export async function versionOf(file: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8');
    const version = (/^\s*\{/.test(text) ? JSON.parse(text) : parse(text, { logLevel: 'silent' }))?.info?.version;
    if (/^\d+\.\d+\.\d+/.test(version)) return version;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'does not exist' : `can't be read: ${message.split('\n')[0]?.replace(/[.:]$/, '')}`;
    throw new CanNotCompare(`${file} ${reason}.`);
  }
  throw new CanNotCompare(`The info.version of ${file} is not a semantic version.`);
}

/** Whether a version says that it may break its users: its first number that is not 0 is raised (0.1.0 → 0.2.0 too). */
export function saysMajor(released: string, version: string): boolean {
  const [before, after] = [released, version].map((one) => one.split(/[.+-]/).slice(0, 3).map(Number));
  const leading = before?.findIndex((number) => number > 0) ?? 0;
  const at = leading === -1 ? 2 : leading;
  return isHigher(after?.slice(0, at + 1) ?? [], before?.slice(0, at + 1) ?? []);
}

export const isLater = (released: string, version: string): boolean =>
  isHigher(...([version, released].map((one) => one.split(/[.+-]/).slice(0, 3).map(Number)) as [number[], number[]]));

function isHigher(after: readonly number[], before: readonly number[]): boolean {
  const index = after.findIndex((number, at) => number !== before[at]);
  return index !== -1 && (after[index] ?? 0) > (before[index] ?? 0);
}
