import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type Driver, Kysely, SqliteDialect, SqliteDriver } from 'kysely';
import type { Connection } from './connection.ts';
import { assertStorable, DatabaseError, StoreError } from './faults.ts';
import { GroupCommit } from './groupCommit.ts';
import type { Tables } from './schema.ts';
import { copyOf } from './sqliteCopy.ts';
import { explained, fromSqlite, isCorruption } from './sqliteFaults.ts';
import { runDirectly } from './statement.ts';

const STATEMENTS_KEPT = 200;

/**
 * Opens a SQLite database in a file, or in memory for `:memory:`. What is answered is on disk (`synchronous=FULL`), and
 * the file belongs to one process: a second one is refused instead of finding its jobs half done.
 */
export function openSqlite(file: string): Connection {
  const database = open(file);
  const isThere = file === ':memory:' ? () => true : sameFile(file);
  const log = file === ':memory:' ? undefined : new WriteAheadLog(database, `${file}-wal`);
  let damaged = false;
  const fault = (error: unknown): unknown => {
    damaged ||= isCorruption(error);
    return fromSqlite(file, error);
  };
  const adapted = adapt(database, fault);
  const commits = new GroupCommit(database, {
    before: () => log?.mend(),
    check: () => {
      if (!isThere()) {
        const message = `The file of the database ${file} is gone. Put it back, or restart the server.`;
        throw new DatabaseError(message, { kind: 'passing' });
      }
      if (log?.isThere() === false) {
        throw new DatabaseError(`The log of the database ${file} is gone. It is made anew.`, { kind: 'passing' });
      }
    },
  });
  // There is one connection: what reads beside a transaction has to wait for its end, or it would see into it.
  const db = new Kysely<Tables>({ dialect: new WaitingDialect(adapted, commits.running) });
  const inside = new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapted }) });
  runDirectly(db, { ...adapted.runner, ready: commits.running });
  runDirectly(inside, { ...adapted.runner, ready: () => undefined });
  return {
    db,
    pool: undefined,
    write: (work) =>
      commits
        .write(() => work(inside))
        .catch((error: unknown) => {
          throw fault(error);
        }),
    async snapshot() {
      const copy = await copyOf(database, file).catch((error: unknown) => {
        throw fault(error);
      });
      const reading = new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(copy.database, fault) }) });
      return { db: reading, close: async () => copy.remove() };
    },
    isDamaged: () => damaged,
    async close() {
      await commits.drain();
      await db.destroy();
    },
  };
}

/** Whether the name still leads to the file that it led to. What is written to a file that was deleted is lost. */
function sameFile(file: string): () => boolean {
  const { dev, ino } = statSync(file);
  return () => {
    const now = statSync(file, { throwIfNoEntry: false });
    return now?.dev === dev && now.ino === ino;
  };
}

/** Writes to a deleted log are lost when the process ends. Making the log anew moves all of them into the database file first. */
class WriteAheadLog {
  readonly #database: DatabaseSync;
  readonly #file: string;
  /** Undefined until it was seen. */
  #inode: number | undefined;

  constructor(database: DatabaseSync, file: string) {
    this.#database = database;
    this.#file = file;
  }

  /** Whether its name leads to it still. */
  isThere(): boolean {
    const inode = statSync(this.#file, { throwIfNoEntry: false })?.ino;
    this.#inode ??= inode;
    return inode === this.#inode;
  }

  /** To be called where no transaction is open. */
  mend(): void {
    if (this.isThere()) return;
    this.#database.exec('pragma journal_mode = delete; pragma journal_mode = wal;');
    this.#inode = undefined;
  }
}

// Commits are on disk. Data that a savepoint may roll back stays in memory: in a file, it made an insert take
// twice as long. Pages that many writes change are written back once for 16 MB of log, not for 4.
const PRAGMAS = `
  pragma locking_mode = exclusive;
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma temp_store = memory;
  pragma cache_size = -32768;
  pragma wal_autocheckpoint = 4000;
`;

class WaitingDialect extends SqliteDialect {
  readonly #database: ReturnType<typeof adapt>;
  readonly #running: () => Promise<void> | undefined;

  constructor(database: ReturnType<typeof adapt>, running: () => Promise<void> | undefined) {
    super({ database });
    this.#database = database;
    this.#running = running;
  }

  override createDriver(): Driver {
    return new WaitingDriver(this.#database, this.#running);
  }
}

class WaitingDriver extends SqliteDriver {
  readonly #running: () => Promise<void> | undefined;

  constructor(database: ReturnType<typeof adapt>, running: () => Promise<void> | undefined) {
    super({ database });
    this.#running = running;
  }

  override async acquireConnection() {
    for (let wait = this.#running(); wait !== undefined; wait = this.#running()) await wait;
    return super.acquireConnection();
  }
}

const OWNER_ONLY = 0o600;

/** The file and the logs beside it, whose permissions SQLite takes from it, are for their owner alone. */
function prepare(file: string): void {
  mkdirSync(dirname(resolve(file)), { recursive: true });
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) closeSync(openSync(file, 'a', OWNER_ONLY));
    else if (found.isFile() && (found.mode & 0o077) !== 0) chmodSync(file, found.mode & OWNER_ONLY);
  } catch {
    // A file of another owner stays as it is. One that can't be made can't be opened, either.
  }
}

function open(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (file !== ':memory:') prepare(file);
    database = new DatabaseSync(file, { enableForeignKeyConstraints: true });
    database.exec(PRAGMAS);
    // The lock is taken by the first write, so that a second process learns of it now and not at its first job.
    database.exec('begin immediate; commit;');
    return database;
  } catch (error) {
    database?.close();
    throw (
      explained(file, error) ?? new StoreError(`The database ${file} can't be opened: ${(error as Error).message}.`)
    );
  }
}

/** node:sqlite in the form that Kysely's dialect expects (that of better-sqlite3). Statements are prepared once. */
function adapt(database: DatabaseSync, fault: (error: unknown) => unknown) {
  const statements = new Map<string, ReturnType<typeof wrap>>();
  /** As an error of the store, if it throws. */
  const guarded =
    <Result>(call: (parameters: readonly unknown[]) => Result) =>
    (parameters: readonly unknown[]): Result => {
      assertStorable(parameters);
      try {
        return call(parameters);
      } catch (error) {
        throw fault(error);
      }
    };
  const wrap = (statement: StatementSync) => ({
    reader: statement.columns().length > 0,
    all: guarded((parameters) => statement.all(...(parameters as SQLInputValue[]))),
    run: guarded((parameters) => statement.run(...(parameters as SQLInputValue[]))),
    iterate: guarded(
      (parameters) => statement.iterate(...(parameters as SQLInputValue[])) as IterableIterator<unknown>,
    ),
  });
  const prepared = (sql: string) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = wrap(guarded(() => database.prepare(sql))([]));
    if (statements.size < STATEMENTS_KEPT) statements.set(sql, statement);
    return statement;
  };
  return {
    close: () => database.close(),
    prepare: prepared,
    runner: {
      all: (sql: string, parameters: SQLInputValue[]) => prepared(sql).all(parameters),
      run: (sql: string, parameters: SQLInputValue[]) => Number(prepared(sql).run(parameters).changes),
    },
  };
}
