import type { Logger } from 'pino';
import type { Secrets } from '../auth/secrets.ts';
import { openStore, type Store } from '../store/store.ts';
import { openSecrets } from './secretsKey.ts';

export interface StoreOptions {
  /** A SQLite file, `postgres://…`, or `:memory:`. @default `:memory:` */
  readonly database?: string | undefined;
  /** Seals secrets in the database. Required with PostgreSQL. @default a key file beside the SQLite file */
  readonly secretsKey?: string | undefined;
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
    return { store, secrets: await openSecrets(store, database, secretsKey) };
  } catch (error) {
    await store.close();
    throw error;
  }
}
