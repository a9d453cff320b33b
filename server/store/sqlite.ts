import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteDialect } from 'kysely';
import { StoreError } from './migrate.ts';

const STATEMENTS_KEPT = 200;

/**
 * Opens a SQLite database in a file, or in memory for `:memory:`. What is answered is on disk (`synchronous=FULL`), and
 * the file belongs to one process: a second one is refused instead of finding its jobs half done.
 */
export function openSqlite(file: string) {
  return { dialect: new SqliteDialect({ database: adapt(open(file)) }), pool: undefined };
}

function open(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (file !== ':memory:') mkdirSync(dirname(resolve(file)), { recursive: true });
    database = new DatabaseSync(file, { enableForeignKeyConstraints: true });
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full;');
    // The lock is taken by the first write, so that a second process learns of it now and not at its first job.
    database.exec('begin immediate; commit;');
    return database;
  } catch (error) {
    database?.close();
    throw new StoreError(sentence(file, error as Error & { errcode?: number; code?: string }));
  }
}

// https://www.sqlite.org/rescode.html
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

function sentence(file: string, error: Error & { errcode?: number; code?: string }): string {
  switch (error.errcode === undefined ? undefined : error.errcode & 0xff) {
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
      return `The database ${file} can't be opened: ${error.message}.`;
  }
}

/** node:sqlite in the form that Kysely's dialect expects (that of better-sqlite3). Statements are prepared once. */
function adapt(database: DatabaseSync) {
  const statements = new Map<string, ReturnType<typeof wrap>>();
  return {
    close: () => database.close(),
    prepare(sql: string) {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const statement = wrap(database.prepare(sql));
      if (statements.size < STATEMENTS_KEPT) statements.set(sql, statement);
      return statement;
    },
  };
}

function wrap(statement: StatementSync) {
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters: readonly unknown[]) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters: readonly unknown[]) =>
      statement.iterate(...(parameters as SQLInputValue[])) as IterableIterator<unknown>,
  };
}
