import { StoreError } from './migrate.ts';

// https://www.sqlite.org/rescode.html
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** What the owner of a database file can do about an error of SQLite's, in one sentence; undefined for any other error. */
export function explained(file: string, error: unknown): StoreError | undefined {
  const { errcode } = error as { errcode?: unknown };
  const message = typeof errcode === 'number' ? sentence(file, errcode & 0xff) : undefined;
  return message === undefined ? undefined : new StoreError(message, { cause: error });
}

function sentence(file: string, code: number): string | undefined {
  switch (code) {
    case SQLITE_BUSY:
      return `The database ${file} is in use by another process. Stop that one, or choose another file.`;
    case SQLITE_READONLY:
    case SQLITE_IOERR:
      return `The database ${file} can't be written. Check the disk, and the permissions of the file and its folder.`;
    case SQLITE_FULL:
      return `The database ${file} can't grow: the disk is full.`;
    case SQLITE_CANTOPEN:
      return `The database ${file} can't be opened. Check that its folder exists and that the file may be read and written.`;
    case SQLITE_NOTADB:
      return `The file ${file} is not a SQLite database. Choose another file.`;
    default:
      return undefined;
  }
}
