import type { Logger } from 'pino';
import type { Secrets } from '../auth/secrets.ts';
import type { Provisioner } from '../provisioners/provisioner.ts';
import type { Store } from '../store/store.ts';
import { type Commit, makeChange } from './changes.ts';
import { claim, end, type Job, letGo, nextRunTime, release } from './queue.ts';

export interface WorkerOptions {
  readonly store: Store;
  readonly provisioner: Provisioner;
  readonly secrets: Secrets;
  readonly clock: () => number;
  readonly log: Logger;
  /** A name that no other worker has. */
  readonly name: string;
  /** How many jobs run at the same time. */
  readonly concurrency?: number;
}

const DEFAULT_CONCURRENCY = 64;
const MAX_SLEEP = 2 ** 31 - 1; // the longest that setTimeout takes, in ms
const RETRY_DELAY = 1000; // ms, after the database failed

/** Runs jobs until it is stopped. It knows no operation: a job says itself what is to change. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #running = new Map<string, { readonly done: Promise<void>; readonly cancel: () => void }>();
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #claiming: Promise<void> | undefined;
  #wanted = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Looks for jobs now: after the start, and whenever one was enqueued. */
  wake(): void {
    this.#wanted = true;
    if (this.#claiming !== undefined || this.#abort.signal.aborted) return;
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
    this.#wanted = false;
    clearTimeout(this.#timer);
    const deadline = setTimeout(() => this.#abort.abort(new Error('The server is stopping.')), timeout);
    await this.#claiming;
    clearTimeout(this.#timer);
    await Promise.all([...this.#running.values()].map(({ done }) => done));
    clearTimeout(deadline);
    this.#abort.abort();
    await release(this.#options.store, this.#options.name);
  }

  /** Tells a job to stop that was ended from outside. */
  cancel(jobId: string): void {
    this.#running.get(jobId)?.cancel();
  }

  async #claimAll(): Promise<void> {
    const { store, name, clock, log, concurrency = DEFAULT_CONCURRENCY } = this.#options;
    try {
      while (this.#wanted) {
        this.#wanted = false;
        const free = concurrency - this.#running.size;
        if (free <= 0) return;
        const jobs = await store.write((transaction) => claim(transaction, name, clock(), free));
        for (const job of jobs) this.#start(job);
        if (jobs.length > 0) this.#wanted = true;
      }
      const next = await nextRunTime(store.db);
      if (next !== undefined) this.#sleep(Math.max(0, next - clock()));
    } catch (error) {
      log.error({ err: error }, 'looking for jobs failed');
      this.#sleep(RETRY_DELAY);
    }
  }

  #sleep(ms: number): void {
    if (this.#abort.signal.aborted) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), Math.min(ms, MAX_SLEEP));
    this.#timer.unref();
  }

  #start(job: Job): void {
    const cancelled = new AbortController();
    const done = this.#run(job, AbortSignal.any([this.#abort.signal, cancelled.signal])).finally(() => {
      this.#running.delete(job.id);
      this.wake();
    });
    this.#running.set(job.id, { done, cancel: () => cancelled.abort(new Error('The job was ended.')) });
  }

  async #run(job: Job, signal: AbortSignal): Promise<void> {
    const { store, provisioner, secrets, clock, log, name } = this.#options;
    const context = { job: job.id, operation: job.operation };
    try {
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
      if (signal.aborted) return this.#letGo(job);
      log.warn({ ...context, err: error }, 'job failed');
      await this.#fail(job, error);
    }
  }

  async #letGo(job: Job): Promise<void> {
    const { store, log, name } = this.#options;
    log.info({ job: job.id, operation: job.operation }, 'job ended from outside');
    await store.write((transaction) => letGo(transaction, job.id, name));
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
