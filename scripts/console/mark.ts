import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the console's code is; what is built of it is in its folder `dist`. */
export const FOLDER = 'server/console';
export const MARK = '.made-of';

// All that the console's code imports, the guides, and what decides which React and Vite there are.
const SOURCES = [
  FOLDER,
  'pipeline/forms',
  'pipeline/fetch',
  'client',
  'generated',
  'server/auth',
  'scripts/console',
  'docs',
  'SECURITY.md',
  'package-lock.json',
];
const CODE = /\.(tsx?|css|html|svg|json|md)$/;

/** Whether the console at hand is built of the code at hand. */
export function isBuilt(root: string): boolean {
  try {
    return readFileSync(join(root, FOLDER, 'dist', MARK), 'utf8') === markOf(root);
  } catch {
    return false;
  }
}

/** A mark of all that the console is made of. */
export function markOf(root: string): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesOf(root, source))) {
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
