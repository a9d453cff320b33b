import { Kysely } from 'kysely';
import { migrate } from './migrate.ts';
import type { Database, Tables } from './schema.ts';
import { sqliteDialect } from './sqlite.ts';

export interface Store {
  /** For reading outside of any transaction. */
  readonly db: Database;
  /** Runs `work` in a transaction: all of it is on disk when this resolves, none of it when it rejects. */
  write<T>(work: (transaction: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens the database and brings it to this version. `url` is a file, or `:memory:`.
 * Throws a `StoreError` with one sentence when that can't be done.
 */
export async function openStore(url: string): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(url) });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    db,
    write: (work) => db.transaction().execute(work),
    close: () => db.destroy(),
  };
}

export { StoreError } from './migrate.ts';
export type { Database, JobRow, NewJobRow } from './schema.ts';
