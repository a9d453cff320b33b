import type { Logger } from 'pino';
import type { Store } from '../store/store.ts';
import type { AtWork } from './atWork.ts';
import { renew } from './claims.ts';
import type { Claimer } from './enqueue.ts';
import { EndedFromOutside, Interruption } from './running.ts';

interface RenewalOptions {
  readonly store: Store;
  readonly clock: () => number;
  readonly log: Logger;
  readonly claimer: Claimer;
  readonly atWork: AtWork;
}

/** Renews a worker's claims now and then, in a database that others work on, too. Answers what ends that. */
export function startRenewal(options: RenewalOptions): () => void {
  const timer = setInterval(() => void renewAll(options), options.claimer.lease / 3);
  timer.unref();
  return () => clearInterval(timer);
}

/** Interrupts jobs that this worker no longer owns, or that someone else ended. */
async function renewAll({ store, clock, log, claimer, atWork }: RenewalOptions): Promise<void> {
  const before = atWork.running;
  if (before.length === 0) return;
  const since = performance.now();
  try {
    const ids = before.map(({ job }) => job.id);
    const kept = await renew(store.db, claimer, ids, clock());
    for (const running of before) {
      const status = kept.get(running.job.id);
      if (status !== undefined) running.renewed(since);
      if (status === undefined) running.stop(new Interruption('Another worker has the job.'));
      else if (status !== 'RUNNING') running.stop(new EndedFromOutside());
    }
  } catch (error) {
    log.error({ err: error }, 'renewing the claims of jobs failed');
  }
}
