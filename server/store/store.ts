import type { Logger } from 'pino';
import type { Connection, Store } from './connection.ts';
import { StoreError } from './faults.ts';
import { migrate } from './migrate.ts';
import { explained } from './sqliteFaults.ts';
import { writeProbe } from './writeProbe.ts';

export const isPostgres = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

/**
 * Opens the database and brings it to this version. `url` is `postgres://…`, a SQLite file, or `:memory:`.
 * Throws a `StoreError` with one sentence when that can't be done.
 */
export async function openStore(url: string, log: Logger): Promise<Store> {
  const shared = isPostgres(url);
  const connection = await connect(url, log);
  return { ...connection, shared, ping: writeProbe(connection) };
}

/** Each driver is loaded only where it is used. */
async function connect(url: string, log: Logger): Promise<Connection> {
  if (isPostgres(url)) {
    const { alone, connectPostgres } = await import('./postgres.ts');
    try {
      await alone(url, migrate);
    } catch (error) {
      throw error instanceof StoreError ? error : new StoreError(cannotReach(url, error as Error));
    }
    return connectPostgres(url, log);
  }
  const connection = (await import('./sqlite.ts')).openSqlite(url);
  try {
    await migrate(connection.db);
  } catch (error) {
    await connection.close();
    throw error instanceof StoreError ? error : (explained(url, error) ?? error);
  }
  return connection;
}

/** Without the url's password. */
function cannotReach(url: string, { message }: Error): string {
  const { host, pathname } = new URL(url);
  return `The database ${pathname.slice(1)} on ${host} can't be used: ${message}. Check that it runs and that the url is right.`;
}

export type { Store } from './connection.ts';
export { isConstraintViolation, isDatabaseError, isPassing, isUniqueViolation, StoreError } from './faults.ts';
export type { Database, JobRow } from './schema.ts';
