import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Project } from './config.ts';
import type { Files } from './step.ts';

/** Those of the files that are not there, or are there with another content. */
export function changesAmong(root: string, files: Files): { path: string; text: string; missing: boolean }[] {
  return [...files].flatMap(([path, text]) => {
    const present = read(join(root, path));
    return present === text ? [] : [{ path, text, missing: present === undefined }];
  });
}

/** A reader sees the old file or the new one, never half of it. */
export function write(root: string, path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  const temp = `${file}.${process.pid}`;
  writeFileSync(temp, text);
  renameSync(temp, file);
}

/** Files in the folders of generated files that are no product of gen. A docs/ is not committed, and not looked at. */
export function strangers(root: string, projects: readonly Project[], known: ReadonlySet<string>): string[] {
  const found = projects.flatMap(({ generated }) => list(join(root, generated)).map((path) => `${generated}/${path}`));
  return [...new Set(found)].filter((path) => !known.has(path) && !/\/docs\/|\/\.gen\.json$/.test(path));
}

/** The files under a folder in a fixed order, with `/` between the segments; none if there is no folder. */
export function list(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      )
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
