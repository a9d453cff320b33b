import type { Logger } from 'pino';
import type { Secrets } from '../auth/secrets.ts';
import type { Provisioner } from '../provisioners/provisioner.ts';
import type { Store } from '../store/store.ts';
import { type Commit, makeChange } from './changes.ts';
import { claim, giveBack, release, renew, takeOver } from './claims.ts';
import { type Claimer, end, type Job, letGo, nextRunTime } from './queue.ts';

export interface WorkerOptions {
  readonly store: Store;
  readonly provisioner: Provisioner;
  readonly secrets: Secrets;
  readonly clock: () => number;
  readonly log: Logger;
  /** A name that no other worker has. */
  readonly name: string;
  /** How long a claim lasts unless it is renewed, in ms; 30,000 unless told. */
  readonly lease?: number;
  /** How long a job may take, in ms; 15 minutes unless told. */
  readonly jobTimeout?: number;
  readonly control?: JobControl;
}

/** What may keep jobs from being taken up, or from going well: for tests of those who use the server. */
export interface JobControl {
  /** Whether no job is to be taken up now. Who lets go of them wakes the worker. */
  isHolding(): boolean;
  /** Throws what the job is to fail with, if it is to. */
  begin(job: Job): void;
}

/** Where a job runs that its worker need not look for. */
export interface Place {
  /** Whose the job is from the start. */
  readonly claimer: Claimer;
  /** Runs the job once it is enqueued; without one, the place is free again. */
  take(job: Job | undefined): void;
}

const DEFAULT_CONCURRENCY = 64;
const DEFAULT_LEASE = 30_000; // ms
const DEFAULT_JOB_TIMEOUT = 15 * 60_000; // ms
const POLL = 250; // ms between looks for what other processes enqueued or lost
const MAX_SLEEP = 2 ** 31 - 1; // the longest that setTimeout takes, in ms
// After the database failed, in ms; each failure in a row doubles the pause.
const RETRY_DELAY = 250;
const LONGEST_RETRY_DELAY = 2_000;

/** Why a job stops that is to run again. */
class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** Runs jobs until it is stopped. It knows no operation: a job says itself what is to change. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #running = new Map<
    string | symbol,
    { readonly done: Promise<void>; readonly stop: (reason: Error) => void }
  >();
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #claiming: Promise<void> | undefined;
  #renewal: NodeJS.Timeout | undefined;
  #wanted = false;
  /** Whether jobs may wait for the end of others. */
  #full = false;
  /** How often in a row the database failed. */
  #failures = 0;
  #stopping = false;
  #pauses = 0;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#renewal = setInterval(() => void this.#renew(), this.#lease / 3);
    this.#renewal.unref();
  }

  get #lease(): number {
    return this.#options.lease ?? DEFAULT_LEASE;
  }

  get #claimer(): Claimer {
    return { worker: this.#options.name, now: this.#options.clock(), lease: this.#lease };
  }

  get #concurrency(): number {
    return this.#options.provisioner.concurrency ?? DEFAULT_CONCURRENCY;
  }

  /** Whether jobs are left where they are, for now. */
  get #isPaused(): boolean {
    return this.#pauses > 0 || this.#options.control?.isHolding() === true;
  }

  /**
   * Keeps a place for a job that is about to be enqueued; undefined where there is none. Half of the places are for jobs
   * that wait already: new ones could be in their way for ever.
   */
  reserve(): Place | undefined {
    if (this.#stopping || this.#isPaused || this.#running.size >= this.#concurrency / 2) return undefined;
    const { promise: done, resolve } = Promise.withResolvers<void>();
    const key = Symbol('reserved');
    this.#running.set(key, { done, stop: () => {} });
    const take = (job: Job | undefined) => {
      this.#running.delete(key);
      if (job !== undefined && !this.#abort.signal.aborted) this.#start(job);
      resolve();
    };
    return { claimer: this.#claimer, take };
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
   * given back, to be run again at the next start.
   */
  async stop(timeout: number): Promise<void> {
    this.#stopping = true;
    this.#wanted = false;
    const deadline = setTimeout(() => {
      const reason = new Error('The server is stopping.');
      this.#abort.abort(reason);
      for (const { stop } of this.#running.values()) stop(reason);
    }, timeout);
    await this.#claiming;
    clearTimeout(this.#timer);
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ done }) => done));
    clearTimeout(deadline);
    clearInterval(this.#renewal);
    await release(this.#options.store, this.#options.name);
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
    // A job that had a place kept for it starts meanwhile.
    while (this.#running.size > 0) {
      for (const { stop } of this.#running.values()) stop(new Interruption('The job was interrupted.'));
      await Promise.all([...this.#running.values()].map(({ done }) => done));
    }
    return true;
  }

  async #claimAll(): Promise<void> {
    const { store, clock, log } = this.#options;
    try {
      while (this.#wanted) {
        this.#wanted = false;
        if (this.#isPaused) return;
        const free = this.#concurrency - this.#running.size;
        this.#full = free <= 0;
        if (this.#full) return;
        const jobs = await claim(store, this.#claimer, free);
        if (store.shared && jobs.length < free)
          jobs.push(...(await takeOver(store, this.#claimer, free - jobs.length)));
        for (const job of jobs) this.#start(job);
        this.#full = jobs.length >= free;
      }
      const next = await nextRunTime(store.db);
      const wait = next === undefined ? MAX_SLEEP : Math.max(0, next - clock());
      this.#sleep(store.shared ? Math.min(wait, POLL) : wait);
      this.#failures = 0;
    } catch (error) {
      log.error({ err: error }, 'looking for jobs failed');
      this.#sleep(Math.min(LONGEST_RETRY_DELAY, RETRY_DELAY * 2 ** this.#failures++));
    }
  }

  #sleep(ms: number): void {
    if (this.#stopping) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), Math.min(ms, MAX_SLEEP));
    this.#timer.unref();
  }

  /** Keeps this worker's jobs its own. One that it no longer has, or that was ended from outside, is told to stop. */
  async #renew(): Promise<void> {
    if (this.#running.size === 0) return;
    const before = [...this.#running.keys()];
    try {
      const kept = await renew(this.#options.store.db, this.#claimer);
      for (const id of before) if (typeof id === 'string' && !kept.has(id)) this.cancel(id);
    } catch (error) {
      this.#options.log.error({ err: error }, 'renewing the claims of jobs failed');
    }
  }

  #start(job: Job): void {
    // One controller and one timer for all that may stop it: composed signals took longer than a local job does.
    const stopping = new AbortController();
    const timer = setTimeout(
      () => stopping.abort(new DOMException('', 'TimeoutError')),
      this.#options.jobTimeout ?? DEFAULT_JOB_TIMEOUT,
    );
    timer.unref();
    const done = this.#run(job, stopping.signal).finally(() => {
      clearTimeout(timer);
      this.#running.delete(job.id);
      if (this.#full) this.wake();
    });
    this.#running.set(job.id, { done, stop: (reason) => stopping.abort(reason) });
  }

  async #run(job: Job, signal: AbortSignal): Promise<void> {
    const { store, provisioner, secrets, clock, log, name } = this.#options;
    const context = { job: job.id, operation: job.operation };
    try {
      this.#options.control?.begin(job);
      const commits: Commit[] = [];
      for (const change of job.changes) {
        signal.throwIfAborted();
        commits.push(await makeChange(change, { db: store.db, provisioner, secrets, signal, clock }));
      }
      // The configuration changes in the same transaction that completes the job: never one without the other.
      const completed = await store.write(async (transaction) => {
        const still = await end(transaction, job.id, name, { status: 'COMPLETED' }, clock());
        if (still) for (const commit of commits) await commit(transaction);
        return still;
      });
      if (completed) log.info({ ...context, ms: clock() - job.createTime }, 'job completed');
      else await this.#letGo(job);
    } catch (error) {
      if (this.#abort.signal.aborted) return; // given back by stop()
      const timedOut = signal.aborted && (signal.reason as Error).name === 'TimeoutError';
      if (timedOut) return this.#fail(job, new Error(`It timed out after ${clock() - job.createTime} ms.`));
      if (signal.aborted) return signal.reason instanceof Interruption ? this.#giveBack(job) : this.#letGo(job);
      log.warn({ ...context, err: error }, 'job failed');
      await this.#fail(job, error);
    }
  }

  async #letGo(job: Job): Promise<void> {
    const { store, log, name } = this.#options;
    log.info({ job: job.id, operation: job.operation }, 'job ended from outside');
    await store.write((transaction) => letGo(transaction, job.id, name));
  }

  async #giveBack(job: Job): Promise<void> {
    const { store, log, name } = this.#options;
    log.info({ job: job.id, operation: job.operation }, 'job interrupted');
    await store.write((transaction) => giveBack(transaction, job.id, name));
  }

  async #fail(job: Job, thrown: unknown): Promise<void> {
    const { store, clock, log, name } = this.#options;
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    try {
      const outcome = { status: 'FAILED', error } as const;
      if (await store.write((transaction) => end(transaction, job.id, name, outcome, clock()))) return;
      await this.#letGo(job);
    } catch (failure) {
      log.error({ job: job.id, err: failure }, 'a failed job could not be stored; it runs again at the next start');
    }
  }
}
