import { mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const PACKAGES = ['openapi-strict-express', 'openapi-strict-fetch'];

/**
 * Lets a generated folder run where it lies: the packages that its code imports are linked into its `node_modules` if
 * they are installed beside this command, but not beside the folder. Returns a line where they are nowhere.
 */
export function makeRunnable(out: string): string | undefined {
  const folder = resolve(out);
  const missing = PACKAGES.filter((name) => folderOf(name, pathToFileURL(join(folder, 'main.js')).href) === undefined);
  const nowhere = missing.filter((name) => {
    const source = folderOf(name, import.meta.url);
    if (source === undefined) return true;
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(source, join(folder, 'node_modules', name), 'junction');
    return false;
  });
  if (nowhere.length === 0) return undefined;
  return `The generated code imports ${nowhere.join(' and ')}: npm install ${nowhere.join(' ')}`;
}

/** The folder of a package, as a module would find it. */
function folderOf(name: string, module: string): string | undefined {
  try {
    // Entries lie in the package's own folder, or in its folder `lib`.
    const entry = createRequire(module).resolve(name);
    return dirname(entry).replace(/[\\/]lib$/, '');
  } catch {
    return undefined;
  }
}
