import { sql } from 'kysely';
import type { Logger } from 'pino';
import { migrate, StoreError } from './migrate.ts';
import type { Database } from './schema.ts';
import { explained } from './sqliteFaults.ts';

/** What a driver gives the store. */
export interface Connection {
  /** For reading outside of any transaction. */
  readonly db: Database;
  /** How many connections to the database there are, by state; undefined where there is but one. */
  readonly pool: (() => Readonly<Record<string, number>>) | undefined;
  /**
   * Runs `work` in a transaction: all of it is on disk when this resolves, none of it when it rejects. It may wait for
   * nothing but what it asks of `transaction`: others' writes wait for it, and what reads beside it.
   */
  write<T>(work: (transaction: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface Store extends Connection {
  /** Whether other processes may use the same database at the same time. */
  readonly shared: boolean;
  /** Whether the database answers. */
  ping(): Promise<boolean>;
}

export const isPostgres = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

/**
 * Opens the database and brings it to this version. `url` is `postgres://…`, a SQLite file, or `:memory:`.
 * Throws a `StoreError` with one sentence when that can't be done.
 */
export async function openStore(url: string, log: Logger): Promise<Store> {
  const shared = isPostgres(url);
  const connection = await connect(url, log);
  const { db } = connection;
  try {
    await migrate(db);
  } catch (error) {
    await connection.close();
    if (error instanceof StoreError) throw error;
    if (shared) throw new StoreError(cannotReach(url, error as Error));
    throw explained(url, error) ?? error;
  }
  return {
    ...connection,
    shared,
    ping: () =>
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
  };
}

/** Each driver is loaded only where it is used. */
async function connect(url: string, log: Logger): Promise<Connection> {
  if (isPostgres(url)) return (await import('./postgres.ts')).connectPostgres(url, log);
  return (await import('./sqlite.ts')).openSqlite(url);
}

/** Without the url's password. */
function cannotReach(url: string, { message }: Error): string {
  const { host, pathname } = new URL(url);
  return `The database ${pathname.slice(1)} on ${host} can't be used: ${message}. Check that it runs and that the url is right.`;
}

const POSTGRES_UNIQUE_VIOLATION = '23505';
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

/** Whether a write failed because another one has what it wanted. */
export function isUniqueViolation(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return (
    code === POSTGRES_UNIQUE_VIOLATION ||
    errcode === SQLITE_CONSTRAINT_UNIQUE ||
    errcode === SQLITE_CONSTRAINT_PRIMARYKEY
  );
}

const POSTGRES_INTEGRITY = /^23/;
const SQLITE_CONSTRAINT = 19;

/** Whether a write failed because what it wrote contradicts itself or what is there. */
export function isConstraintViolation(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return (
    POSTGRES_INTEGRITY.test(String(code)) || (typeof errcode === 'number' && (errcode & 0xff) === SQLITE_CONSTRAINT)
  );
}

export { StoreError } from './migrate.ts';
export type { Database, JobRow, NewJobRow } from './schema.ts';
