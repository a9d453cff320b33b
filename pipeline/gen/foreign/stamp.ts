import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { list, write } from '../outputs.ts';
import { toolsOf } from '../stamp.ts';

const file = 'generated/.gen.json';

interface Stamp {
  /** The files of the document. The first is its root. */
  readonly sources: readonly string[];
  readonly inputs: string;
  readonly outputs: string;
}

/** Whether the last run took this document, its files and the tools are as they were, and so is what it wrote. */
export function isUnchanged(folder: string, spec: string): boolean {
  try {
    const { sources, inputs, outputs } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Stamp;
    return sources[0] === spec && inputs === hashOf(sources) && outputs === outputsOf(folder);
  } catch {
    return false;
  }
}

export function remember(folder: string, sources: readonly string[]): void {
  const stamp: Stamp = { sources, inputs: hashOf(sources), outputs: outputsOf(folder) };
  write(folder, file, `${JSON.stringify(stamp, null, 2)}\n`);
}

function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256').update(toolsOf());
  for (const source of sources) hash.update(`\n${source}\n`).update(readFileSync(source));
  return hash.digest('hex');
}

function outputsOf(folder: string): string {
  const hash = createHash('sha256');
  const written = list(join(folder, 'generated')).map((path) => `generated/${path}`);
  for (const path of [...written, 'server/operations/index.ts', 'client/api.ts']) {
    if (path !== file) hash.update(`\n${path}\n`).update(readFileSync(join(folder, path)));
  }
  return hash.update(list(join(folder, 'server/operations')).join('\n')).digest('hex');
}
