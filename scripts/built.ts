import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Pages that are built of code, and not kept in git. */
export interface Built {
  /** The folder that they are built into. */
  readonly dist: string;
  /** All that decides what they are: files and folders, from the root of the repository. */
  readonly sources: readonly string[];
}

export const MARK = '.made-of';

const CODE = /\.(tsx?|css|html|svg|json|md)$/;

/** Whether what is there is built of the code at hand. */
export function isBuilt(root: string, built: Built): boolean {
  try {
    return readFileSync(join(root, built.dist, MARK), 'utf8') === markOf(root, built);
  } catch {
    return false;
  }
}

/** A mark of all that pages are built of. */
export function markOf(root: string, { sources }: Built): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesOf(root, source))) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function filesOf(root: string, path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .filter((name) => !['dist', 'node_modules', 'docs', 'admin'].includes(name))
    .filter((name) => CODE.test(name) || !name.includes('.'))
    .sort()
    .flatMap((name) => filesOf(root, `${path}/${name}`));
}
