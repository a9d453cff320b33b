import type { Logger } from 'pino';
import type { Store } from '../store/store.ts';
import type { AtWork } from './atWork.ts';
import {
  claim,
  claimEnded,
  claimOf,
  expire,
  findEndedOwned,
  findOwned,
  freeEnded,
  giveBack,
  renew,
  untilNextDue,
} from './claims.ts';
import type { Claimer } from './enqueue.ts';
import type { Job } from './job.ts';
import { pauseAfter } from './pauseAfter.ts';

interface SearchOptions {
  readonly store: Store;
  readonly clock: () => number;
  readonly log: Logger;
  readonly claimer: Claimer;
  readonly atWork: AtWork;
  /** Whether jobs are left where they are, for now. */
  readonly isPaused: () => boolean;
}

const POLL = 250; // ms between looks for what other processes enqueued or lost
const ENDED_AT_ONCE = 16; // jobs that were ended from outside, and are put back
const MAX_SLEEP = 2 ** 31 - 1; // the longest that setTimeout takes, in ms

/** Looks for jobs and claims them: when it is woken, when the next one is due, and now and then where others enqueue, too. */
export class Search {
  readonly #options: SearchOptions;
  #timer: NodeJS.Timeout | undefined;
  #claiming: Promise<void> | undefined;
  #wanted = false;
  /** Whether jobs may wait for the end of others. */
  #full = false;
  /** How often in a row the database failed. */
  #failures = 0;
  /**
   * Whether the database may say that this worker has jobs that it does not run, since an answer of the database was lost, or
   * that jobs which no worker has are to be put back: at the start, too.
   */
  #uncertain = true;
  /** When the claims of this worker and of lost ones were looked at last, by `performance.now()`. */
  #reconciled = Number.NEGATIVE_INFINITY;
  #ended = false;

  constructor(options: SearchOptions) {
    this.#options = options;
  }

  wake(): void {
    this.#wanted = true;
    if (this.#claiming !== undefined || this.#ended) return;
    clearTimeout(this.#timer);
    this.#claiming = this.#claimAll().finally(() => {
      this.#claiming = undefined;
      if (this.#wanted) this.wake();
    });
  }

  /** A place is free: looks again where jobs may wait for one. */
  placeIsFree(): void {
    if (this.#full) this.wake();
  }

  /** The database may have done what it did not answer. */
  doubt(): void {
    this.#uncertain = true;
    this.#sleep(pauseAfter(this.#failures));
  }

  /** Looks now for what jobs that were ended from outside have left to put back. */
  lookForEnded(): void {
    this.#uncertain = true;
    this.wake();
  }

  /** Settles when it does not look just now. */
  async idle(): Promise<void> {
    await this.#claiming;
  }

  end(): void {
    this.#ended = true;
    this.#wanted = false;
    clearTimeout(this.#timer);
  }

  async #claimAll(): Promise<void> {
    const { store, clock, log, isPaused } = this.#options;
    try {
      while (this.#wanted) {
        this.#wanted = false;
        await this.#reconcile();
        if (isPaused()) return;
        await this.#claimFree();
      }
      const wait = (await untilNextDue(store.db, clock())) ?? MAX_SLEEP;
      this.#sleep(store.shared ? Math.min(wait, POLL) : wait);
      this.#failures = 0;
    } catch (error) {
      this.#uncertain = true;
      log.error({ err: error }, 'looking for jobs failed');
      this.#sleep(pauseAfter(this.#failures));
      this.#failures += 1;
    }
  }

  /** Claims jobs for all places that are free. */
  async #claimFree(): Promise<void> {
    const { store, clock, claimer, atWork } = this.#options;
    const { places } = atWork;
    this.#full = false;
    for (const outside of places.areApart ? [false, true] : [false]) {
      const limit = places.free(outside);
      if (limit <= 0) {
        this.#full = true;
        continue;
      }
      const since = performance.now();
      const lane = {
        outside,
        limit,
        shareOf: outside ? places.shareOf : () => limit,
        apps: outside ? places.apps : [],
      };
      const jobs = places.areApart
        ? await claimOf(store, claimer, lane, clock())
        : await claim(store, claimer, limit, clock());
      for (const job of jobs) atWork.start(job, since);
      // Others may wait, of this kind or, where they have more than their share, of these apps.
      this.#full ||= jobs.length >= limit || (outside && jobs.length > 0);
    }
  }

  /**
   * Makes what the database says of claims and what runs here agree: a job of this worker that it does not run, since the
   * answer to its claim was lost, is taken up; those of lost workers are let go of, or put back.
   */
  async #reconcile(): Promise<void> {
    const { store, clock, claimer, atWork } = this.#options;
    const now = performance.now();
    if (!this.#uncertain && (!store.shared || now - this.#reconciled < claimer.lease / 3)) return;
    if (store.shared) {
      await expire(store, clock());
      await freeEnded(store, clock());
    }
    const isElsewhere = ({ id }: Job) => !atWork.has(id);
    const owned = (await findOwned(store.db, claimer.worker)).filter(isElsewhere);
    if (owned.length > 0) {
      const ids = owned.map(({ id }) => id);
      const kept = await renew(store.db, claimer, ids, clock());
      for (const job of owned) if (kept.get(job.id) === 'RUNNING') atWork.start(job, now);
    }
    const ended = (await findEndedOwned(store.db, claimer.worker)).filter(isElsewhere);
    for (const job of ended) await store.write((db) => giveBack(db, job, claimer.worker, false));
    this.#reconciled = now;
    this.#uncertain = await this.#undoEnded();
  }

  /** Puts back what jobs had changed that were ended from outside, where no worker has them. Answers whether more may wait. */
  async #undoEnded(): Promise<boolean> {
    const { store, clock, claimer, atWork, isPaused } = this.#options;
    if (isPaused()) return true;
    const since = performance.now();
    const jobs = await claimEnded(store, claimer, ENDED_AT_ONCE, clock());
    for (const job of jobs) atWork.start(job, since, true);
    return jobs.length === ENDED_AT_ONCE;
  }

  #sleep(ms: number): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), Math.min(ms, MAX_SLEEP));
    this.#timer.unref();
  }
}
