import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/** Copied in one go: others wait for a few milliseconds. */
const PAGES = 256;

/** The copy of a database. Its folder is for its owner alone, and goes with it. */
export interface Copy {
  readonly database: DatabaseSync;
  remove(): void;
}

/**
 * Copies a database as it is at one moment, while it is read and written. Its file is this process's alone, and there is
 * one connection to it: a transaction that stayed open there, to read for long, would keep everyone else waiting.
 */
export async function copyOf(database: DatabaseSync, file: string): Promise<Copy> {
  // Beside the file, there is a disk that is large enough; a folder of the system's may be memory.
  const folder = mkdtempSync(file === ':memory:' ? join(tmpdir(), 'backend-') : `${file}-copy-`);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const path = join(folder, 'copy.db');
    await backup(database, path, { rate: PAGES });
    const url = pathToFileURL(path);
    // It needs neither locks nor a log.
    url.search = 'immutable=1';
    const copy = new DatabaseSync(url, { readOnly: true });
    // Where the system lets an open file go, nothing is left of it even if this process is killed.
    if (process.platform !== 'win32') remove();
    return {
      database: copy,
      remove() {
        copy.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
