import type { Logger } from 'pino';
import type { Secrets } from '../auth/secrets.ts';
import { openStore, type Store } from '../store/store.ts';
import { openSecrets } from './secretsKey.ts';

export interface StoreOptions {
  /** A SQLite file, `postgres://…`, or `:memory:`. @default `:memory:` */
  readonly database?: string | undefined;
  /**
   * Seals the secrets in the database: any text of at least 32 characters. Of several, the first seals, and the others open
   * what they sealed before. Required with PostgreSQL.
   *
   * @default the key file beside the SQLite file
   */
  readonly secretsKey?: string | readonly string[] | undefined;
}

/** The database, and the key of the secrets in it. */
export interface Stored {
  readonly store: Store;
  readonly secrets: Secrets;
}

/** Opens the database and its secrets. Rejects with a `StoreError`. */
export async function openStored({ database = ':memory:', secretsKey }: StoreOptions, log: Logger): Promise<Stored> {
  const store = await openStore(database, log);
  try {
    return { store, secrets: await openSecrets(store, database, [secretsKey ?? []].flat()) };
  } catch (error) {
    await store.close();
    throw error;
  }
}
