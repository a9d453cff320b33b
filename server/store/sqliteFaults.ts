import { DatabaseError, StoreError } from './faults.ts';

// https://www.sqlite.org/rescode.html
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_NOMEM = 7;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_PROTOCOL = 15;
const SQLITE_CONSTRAINT = 19;
const SQLITE_NOTADB = 26;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

// Where the file is damaged, its owner can put a backup in its place, and what was left undone goes on.
const PASSING = new Set([
  ...[SQLITE_BUSY, SQLITE_LOCKED, SQLITE_NOMEM, SQLITE_READONLY, SQLITE_IOERR, SQLITE_CORRUPT],
  ...[SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_PROTOCOL, SQLITE_NOTADB],
]);

const codeOf = (error: unknown): number | undefined => {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode : undefined;
};

/** Whether SQLite found the file damaged. */
export function isCorruption(error: unknown): boolean {
  const code = (codeOf(error) ?? 0) & 0xff;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

/** An error of the driver as one of the store; any other error stays what it is. */
export function fromSqlite(file: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined || error instanceof DatabaseError) return error;
  const message = sentence(file, code & 0xff) ?? (error as Error).message;
  if (code === SQLITE_CONSTRAINT_UNIQUE || code === SQLITE_CONSTRAINT_PRIMARYKEY) {
    return new DatabaseError(message, { kind: 'unique', cause: error });
  }
  if ((code & 0xff) === SQLITE_CONSTRAINT) return new DatabaseError(message, { kind: 'constraint', cause: error });
  return new DatabaseError(message, { kind: PASSING.has(code & 0xff) ? 'passing' : 'lasting', cause: error });
}

/** Advice for the owner of a database file about an error of SQLite's, in one sentence; undefined for other errors. */
export function explained(file: string, error: unknown): StoreError | undefined {
  const cause = error instanceof DatabaseError ? error.cause : error;
  const code = codeOf(cause);
  const message = code === undefined ? undefined : sentence(file, code & 0xff);
  return message === undefined ? undefined : new StoreError(message, { cause });
}

function sentence(file: string, code: number): string | undefined {
  switch (code) {
    case SQLITE_BUSY:
      return `The database ${file} is in use by another process. Stop that one, or choose another file.`;
    case SQLITE_READONLY:
    case SQLITE_IOERR:
      return `The database ${file} can't be written. Check the disk, and the permissions of the file and its folder.`;
    case SQLITE_CORRUPT:
      return `The database ${file} is damaged. Stop the server and put a backup in its place.`;
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
