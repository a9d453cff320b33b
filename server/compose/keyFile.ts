import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname } from 'node:path';
import { StoreError } from '../store/store.ts';

const MIN_LENGTH = 32; // characters

/** The key in the file; undefined if there is no such file. */
export async function readKeyFile(file: string): Promise<string | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new StoreError(`The key file ${file} can't be read: ${message}.`);
  }
  const key = text.trim();
  if (key.length < MIN_LENGTH) throw new StoreError(`The key file ${file} holds no key. Restore the right one.`);
  return key;
}

/**
 * Creates a file with a new key that only its owner can read. When this resolves, the file is on disk whole, under its name:
 * what is sealed next could not be opened again without it.
 */
export async function createKeyFile(file: string): Promise<string> {
  const key = randomBytes(32).toString('base64');
  const unfinished = `${file}.new`;
  try {
    {
      await using handle = await open(unfinished, 'w', 0o600);
      await handle.writeFile(`${key}\n`);
      await handle.sync();
    }
    await rename(unfinished, file);
    await syncFolder(dirname(file));
  } catch (error) {
    throw new StoreError(`The key file ${file} can't be written: ${(error as Error).message}.`);
  }
  return key;
}

/** Puts the names in a folder on disk. Windows has no such call, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (platform() === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
