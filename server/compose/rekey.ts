import type { Logger } from 'pino';
import { resealAll } from '../store/reseal.ts';
import { openStored, type StoreOptions } from './store.ts';

/**
 * Seals all stored secrets with the first of `secretsKey` that others of them sealed. Instances that have both keys may run
 * meanwhile. Afterwards the first key alone opens the database. Returns how many rows changed. Rejects with a `StoreError`.
 */
export async function rekey(options: StoreOptions, log: Logger): Promise<number> {
  const { store, secrets } = await openStored(options, log);
  try {
    return await resealAll(store, (text) => secrets.reseal(text));
  } finally {
    await store.close();
  }
}
