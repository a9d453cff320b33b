import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isDatabaseError, isPassing, type Store } from '../store/store.ts';
import {
  claim,
  claimOf,
  expire,
  findEndedOwned,
  findOwned,
  freeEnded,
  giveBack,
  release,
  renew,
  untilNextDue,
} from './claims.ts';
import { end } from './end.ts';
import type { Claimer } from './enqueue.ts';
import { type Commit, type Ended, type Job, type JobControl, type JobRequest, type Perform, WHOLE_APP } from './job.ts';
import { Places } from './places.ts';
import { Interruption, RunningJob } from './running.ts';

export interface WorkerOptions {
  readonly store: Store;
  readonly perform: Perform;
  readonly clock: () => number;
  readonly log: Logger;
  /** A name that no other worker has. */
  readonly name: string;
  /**
   * How many jobs that may need something outside run at the same time. `Infinity` says that nothing is outside.
   * @default 64
   */
  readonly concurrency?: number | undefined;
  /**
   * How long a claim lasts unless it is renewed, in ms.
   * @default 30 s
   */
  readonly lease?: number | undefined;
  /**
   * How long a job may take, in ms.
   * @default 15 min
   */
  readonly jobTimeout?: number | undefined;
  readonly control?: JobControl;
}

/** Where a job runs that its worker need not look for. */
export interface Place {
  /** Whose the job is from the start. */
  readonly claimer: Claimer;
  /** Runs the job, which is enqueued now. */
  take(work: unknown): void;
  /** Frees the place: the job was not enqueued, or it is not known whether it was. */
  leave(error: unknown): void;
}

const CONCURRENCY = 64;
// Jobs that only wait for the database. On PostgreSQL more would wait for its connections, and requests with them.
const INSIDE = 1024;
const INSIDE_SHARED = 128;
const LEASE = 30_000; // ms
const JOB_TIMEOUT = 15 * 60_000; // ms
const POLL = 250; // ms between looks for what other processes enqueued or lost
const MAX_SLEEP = 2 ** 31 - 1; // the longest that setTimeout takes, in ms
// After the database failed, in ms; each failure in a row doubles the pause.
const RETRY_DELAY = 250;
const LONGEST_RETRY_DELAY = 2_000;
/** How long stopping takes once jobs were told to stop, in ms, where the database does not answer. */
const GIVE_BACK_TIMEOUT = 1_000;

const pauseAfter = (failures: number): number => Math.min(LONGEST_RETRY_DELAY, RETRY_DELAY * 2 ** failures);

/** Runs jobs until it is stopped. It knows no operation: `perform` does what a job says. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #lease: number;
  readonly #places: Places;
  readonly #running = new Map<string, RunningJob>();
  /** Jobs that are being enqueued, until it is known whether they were. */
  readonly #reserved = new Map<string, Promise<void>>();
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #claiming: Promise<void> | undefined;
  #renewal: NodeJS.Timeout | undefined;
  #wanted = false;
  /** Whether jobs may wait for the end of others. */
  #full = false;
  /** How often in a row the database failed. */
  #failures = 0;
  /** Whether the database may say that this worker has jobs that it does not run: an answer of the database was lost. */
  #uncertain = false;
  /** When the claims of this worker and of lost ones were looked at last, by `performance.now()`. */
  #reconciled = Number.NEGATIVE_INFINITY;
  #stopping = false;
  #pauses = 0;
  /** How many jobs have ended here, by how. */
  readonly ended: Record<Ended, number> = { COMPLETED: 0, FAILED: 0 };

  constructor(options: WorkerOptions) {
    const { store, concurrency = CONCURRENCY, lease = LEASE } = options;
    this.#options = options;
    this.#lease = lease;
    this.#places = new Places({
      inside: store.shared ? INSIDE_SHARED : INSIDE,
      outside: Number.isFinite(concurrency) ? concurrency : undefined,
    });
    if (store.shared) {
      this.#renewal = setInterval(() => void this.#renew(), lease / 3);
      this.#renewal.unref();
    }
  }

  get #claimer(): Claimer {
    return { worker: this.#options.name, lease: this.#lease };
  }

  /** Whether jobs are left where they are, for now. */
  get #isPaused(): boolean {
    return this.#pauses > 0 || this.#options.control?.isHolding() === true;
  }

  /** Keeps a place for a job that is about to be enqueued; undefined where there is none. */
  reserve(id: string, request: JobRequest): Place | undefined {
    if (this.#stopping || this.#isPaused || !this.#places.hasRoomFor(request)) return undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    const since = performance.now();
    this.#places.take(request);
    this.#reserved.set(id, promise);
    const free = () => {
      this.#reserved.delete(id);
      this.#places.leave(request);
      resolve();
    };
    return {
      claimer: this.#claimer,
      take: (work) => {
        free();
        const { appId, environment = WHOLE_APP, alsoHolds = [], operation, outside } = request;
        this.#start({ id, appId, operation, holds: [environment, ...alsoHolds], outside, work }, since);
      },
      leave: (error) => {
        free();
        if (isDatabaseError(error)) this.#doubt();
      },
    };
  }

  /** Looks for jobs now: after the start, and whenever one was enqueued. */
  wake(): void {
    this.#wanted = true;
    if (this.#claiming !== undefined || this.#stopping) return;
    clearTimeout(this.#timer);
    this.#claiming = this.#claimAll().finally(() => {
      this.#claiming = undefined;
      if (this.#wanted) this.wake();
    });
  }

  /**
   * Takes no more jobs and waits up to `timeout` ms for those that run. What has not ended by then is told to stop and
   * given back, to be run again at the next start, or once its lease has run out where the database is away.
   */
  async stop(timeout: number): Promise<void> {
    this.#stopping = true;
    this.#wanted = false;
    clearTimeout(this.#timer);
    const deadline = setTimeout(() => {
      const reason = new Error('The server is stopping.');
      this.#abort.abort(reason);
      for (const running of this.#running.values()) running.stop(reason);
    }, timeout);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const end = setTimeout(resolve, timeout + GIVE_BACK_TIMEOUT);
    await Promise.race([this.#finish(), late]);
    clearTimeout(deadline);
    clearTimeout(end);
    clearInterval(this.#renewal);
  }

  async #finish(): Promise<void> {
    const { store, log, name } = this.#options;
    await this.#claiming;
    await this.#idle();
    try {
      await release(store, name);
    } catch (error) {
      log.error(
        { err: error },
        'the jobs of this worker could not be given back; they are run again when its lease ends',
      );
    }
  }

  /** Tells a job to stop that was ended from outside. */
  cancel(jobId: string): void {
    this.#running.get(jobId)?.stop(new Error('The job was ended.'));
  }

  /**
   * Runs `work` while no job of this worker runs: those that do are interrupted and given back, to be taken up again when
   * it is woken. Answers undefined, without `work`, where they do not stop within `timeout` ms.
   */
  async whileIdle<T>(timeout: number, work: () => Promise<T>): Promise<T | undefined> {
    this.#pauses += 1;
    const { promise: late, resolve } = Promise.withResolvers<false>();
    const timer = setTimeout(() => resolve(false), timeout);
    try {
      return (await Promise.race([this.#interruptAll(), late])) ? await work() : undefined;
    } finally {
      clearTimeout(timer);
      this.#pauses -= 1;
    }
  }

  async #interruptAll(): Promise<true> {
    await this.#claiming;
    await this.#idle(new Interruption('The job was interrupted.'));
    return true;
  }

  /** Settles when no job runs; where there is a reason, they are told to stop for it. */
  async #idle(reason?: Error): Promise<void> {
    // A job that had a place kept for it starts meanwhile.
    while (this.#running.size > 0 || this.#reserved.size > 0) {
      if (reason !== undefined) for (const running of this.#running.values()) running.stop(reason);
      await Promise.all([...this.#reserved.values(), ...[...this.#running.values()].map(({ done }) => done)]);
    }
  }

  async #claimAll(): Promise<void> {
    const { store, clock, log } = this.#options;
    try {
      while (this.#wanted) {
        this.#wanted = false;
        await this.#reconcile();
        if (this.#isPaused) return;
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
    const { store, clock } = this.#options;
    const places = this.#places;
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
        ? await claimOf(store, this.#claimer, lane, clock())
        : await claim(store, this.#claimer, limit, clock());
      for (const job of jobs) this.#start(job, since);
      // Others may wait, of this kind or, where they have more than their share, of these apps.
      this.#full ||= jobs.length >= limit || (outside && jobs.length > 0);
    }
  }

  /**
   * Makes what the database says of claims and what runs here agree: a job of this worker that it does not run, since the
   * answer to its claim was lost, is taken up; those of lost workers are let go of.
   */
  async #reconcile(): Promise<void> {
    const { store, clock, name } = this.#options;
    const now = performance.now();
    if (!this.#uncertain && (!store.shared || now - this.#reconciled < this.#lease / 3)) return;
    if (store.shared) {
      await expire(store, clock());
      await freeEnded(store, clock());
    }
    const owned = (await findOwned(store.db, name)).filter((job) => !this.#isAtWork(job));
    if (owned.length > 0) {
      const ids = owned.map(({ id }) => id);
      const kept = await renew(store.db, this.#claimer, ids, clock());
      for (const job of owned) if (kept.get(job.id) === 'RUNNING') this.#start(job, now);
    }
    const ended = (await findEndedOwned(store.db, name)).filter((job) => !this.#isAtWork(job));
    for (const job of ended) await store.write((db) => giveBack(db, job, name));
    this.#reconciled = now;
    this.#uncertain = false;
  }

  #isAtWork({ id }: Job): boolean {
    return this.#running.has(id) || this.#reserved.has(id);
  }

  /** The database may have done what it did not answer. */
  #doubt(): void {
    this.#uncertain = true;
    this.#sleep(pauseAfter(this.#failures));
  }

  #sleep(ms: number): void {
    if (this.#stopping) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), Math.min(ms, MAX_SLEEP));
    this.#timer.unref();
  }

  /** Renews this worker's claims. Interrupts jobs that it no longer owns, or that someone else ended. */
  async #renew(): Promise<void> {
    const { store, clock, log } = this.#options;
    const before = [...this.#running.values()];
    if (before.length === 0) return;
    const since = performance.now();
    try {
      const ids = before.map(({ job }) => job.id);
      const kept = await renew(store.db, this.#claimer, ids, clock());
      for (const running of before) {
        const status = kept.get(running.job.id);
        if (status !== undefined) running.renewed(since);
        if (status === undefined) running.stop(new Interruption('Another worker has the job.'));
        else if (status !== 'RUNNING') this.cancel(running.job.id);
      }
    } catch (error) {
      log.error({ err: error }, 'renewing the claims of jobs failed');
    }
  }

  /** `since` is a moment, by `performance.now()`, before the job was claimed. */
  #start(job: Job, since: number): void {
    // Claimed again before this worker knew that it had lost it: it is the same job, and goes on.
    if (this.#running.has(job.id)) return;
    const lease = this.#options.store.shared ? this.#lease : Number.POSITIVE_INFINITY;
    const running = new RunningJob(job, lease, since);
    if (this.#abort.signal.aborted) running.stop(this.#abort.signal.reason);
    const timer = setTimeout(
      () => running.stop(new DOMException('', 'TimeoutError')),
      this.#options.jobTimeout ?? JOB_TIMEOUT,
    );
    timer.unref();
    this.#places.take(job);
    this.#running.set(job.id, running);
    running.done = this.#run(running).finally(() => {
      clearTimeout(timer);
      this.#running.delete(job.id);
      this.#places.leave(job);
      if (this.#full) this.wake();
    });
  }

  /** Never rejects. */
  async #run(running: RunningJob): Promise<void> {
    const { job, signal } = running;
    const { log, clock } = this.#options;
    const context = { job: job.id, operation: job.operation };
    const begin = clock();
    try {
      this.#options.control?.begin(job);
      const commit = await this.#patiently(running, () => this.#perform(running));
      const completed = await this.#patiently(running, () =>
        this.#end(job, { status: 'COMPLETED', error: null }, commit),
      );
      if (completed) log.info({ ...context, ms: clock() - begin }, 'job completed');
      else await this.#giveBack(job);
    } catch (error) {
      if (this.#abort.signal.aborted) return; // given back by stop()
      const timedOut = signal.aborted && (signal.reason as Error).name === 'TimeoutError';
      if (error instanceof Interruption || isPassing(error) || (signal.aborted && !timedOut))
        return this.#giveBack(job);
      if (!timedOut) log.warn({ ...context, err: error }, 'job failed');
      const message = timedOut ? timeoutMessage(clock() - begin, error, signal) : messageFor(error);
      await this.#fail(running, message);
    }
  }

  #perform({ job, signal, beforeWrite }: RunningJob): Promise<Commit> {
    signal.throwIfAborted();
    const checkpoint = async (commit: Commit): Promise<void> => {
      const { store, clock } = this.#options;
      await store.write(async (db) => {
        const now = clock();
        const kept = await renew(db, this.#claimer, [job.id], now);
        if (kept.get(job.id) !== 'RUNNING') throw new Interruption('The job was ended, or another worker has it.');
        await commit(db, now);
      });
    };
    const runsAgain = () => this.#abort.signal.aborted || signal.reason instanceof Interruption;
    return this.#options.perform(job, { signal, beforeWrite, runsAgain, checkpoint });
  }

  /** Ends the job, where it still runs and is this worker's, in one transaction with what it changes. */
  async #end(job: Job, outcome: { status: Ended; error: string | null }, commit?: Commit): Promise<boolean> {
    const { store, clock, name } = this.#options;
    const ended = await store.write(async (db) => {
      const now = await end(db, job, name, outcome, clock());
      if (now !== undefined) await commit?.(db, now);
      return now !== undefined;
    });
    if (ended) this.ended[outcome.status] += 1;
    return ended;
  }

  /** Tries again as long as the database fails in a way that passes: no job fails for that. */
  async #patiently<T>({ job, signal }: RunningJob, work: () => Promise<T>): Promise<T> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error) || signal.aborted || this.#abort.signal.aborted) throw error;
        this.#options.log.warn({ job: job.id, err: error }, 'the database failed a job, which is tried again');
        await sleep(pauseAfter(failures), undefined, { signal, ref: false }).catch(() => {
          throw error;
        });
      }
    }
  }

  async #giveBack(job: Job): Promise<void> {
    const { store, log, name } = this.#options;
    log.info({ job: job.id, operation: job.operation }, 'job interrupted, or ended from outside');
    try {
      await store.write((db) => giveBack(db, job, name));
    } catch (error) {
      log.error({ job: job.id, err: error }, 'a job could not be given back yet');
      this.#doubt();
    }
  }

  async #fail(running: RunningJob, error: string): Promise<void> {
    const { job } = running;
    try {
      // A job that timed out is asked to stop, and still has time to report its failure.
      const patient = new RunningJob(job, this.#lease, performance.now());
      const ended = await this.#patiently(patient, () => this.#end(job, { status: 'FAILED', error }));
      if (!ended) await this.#giveBack(job);
    } catch (failure) {
      this.#options.log.error({ job: job.id, err: failure }, 'a failed job could not be stored; it is run again');
      this.#doubt();
    }
  }
}

/** A job that was stopped may still say what it leaves behind. */
function timeoutMessage(ms: number, error: unknown, { reason }: AbortSignal): string {
  const more = error === reason ? '' : messageFor(error).trim();
  return [`It timed out after ${ms} ms.`, ...(more === '' ? [] : [more])].join(' ');
}

/** The database's own words are for the log alone. */
function messageFor(thrown: unknown): string {
  if (isDatabaseError(thrown)) return 'The server could not store the outcome. Its log says why.';
  return thrown instanceof Error ? thrown.message : String(thrown);
}
