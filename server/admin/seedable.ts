import { hasAnyJob } from '../jobs/history.ts';
import type { Store } from '../store/store.ts';

/** Why a seed can't be set, in a sentence; undefined where it can. */
export async function whyNotSeedable(store: Store): Promise<string | undefined> {
  if (store.shared)
    return 'Other instances may share this database, and they have clocks of their own: there can be no seed.';
  if (await hasAnyJob(store.db))
    return 'There are jobs already, whose ids could come again: reset the state before the seed.';
  return undefined;
}
