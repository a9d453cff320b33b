import type { Logger } from 'pino';
import { isDatabaseError, type Store } from '../store/store.ts';
import { AtWork } from './atWork.ts';
import { release } from './claims.ts';
import type { Claimer } from './enqueue.ts';
import { type Ended, type JobControl, type JobRequest, type Perform, WHOLE_APP } from './job.ts';
import { Places } from './places.ts';
import { startRenewal } from './renewal.ts';
import { Runner } from './runner.ts';
import { EndedFromOutside, Interruption } from './running.ts';
import { Search } from './search.ts';

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
/** How long stopping takes once jobs were told to stop, in ms, where the database does not answer. */
const GIVE_BACK_TIMEOUT = 1_000;

/** Runs jobs until it is stopped: it puts together what looks for them, what runs them and what keeps their claims. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #claimer: Claimer;
  readonly #abort = new AbortController();
  readonly #atWork: AtWork;
  readonly #runner: Runner;
  readonly #search: Search;
  readonly #endRenewal: (() => void) | undefined;
  #stopping = false;
  #pauses = 0;

  constructor(options: WorkerOptions) {
    const { store, clock, log, perform, control, lease = LEASE, jobTimeout = JOB_TIMEOUT } = options;
    const { concurrency = CONCURRENCY } = options;
    this.#options = options;
    this.#claimer = { worker: options.name, lease };
    const common = { store, clock, log, claimer: this.#claimer };
    const { signal: stopping } = this.#abort;
    const places = new Places({
      inside: store.shared ? INSIDE_SHARED : INSIDE,
      outside: Number.isFinite(concurrency) ? concurrency : undefined,
    });
    this.#runner = new Runner({ ...common, perform, control, stopping, doubt: () => this.#search.doubt() });
    this.#atWork = new AtWork({
      places,
      lease: store.shared ? lease : Number.POSITIVE_INFINITY,
      jobTimeout,
      stopping,
      run: this.#runner.run,
      onFree: () => this.#search.placeIsFree(),
    });
    this.#search = new Search({ ...common, atWork: this.#atWork, isPaused: () => this.#isPaused });
    this.#endRenewal = store.shared ? startRenewal({ ...common, atWork: this.#atWork }) : undefined;
  }

  /** How many jobs have ended here, by how. */
  get ended(): Readonly<Record<Ended, number>> {
    return this.#runner.ended;
  }

  /** Whether jobs are left where they are, for now. */
  get #isPaused(): boolean {
    return this.#pauses > 0 || this.#options.control?.isHolding() === true;
  }

  /** Keeps a place for a job that is about to be enqueued; undefined where there is none. */
  reserve(id: string, request: JobRequest): Place | undefined {
    if (this.#stopping || this.#isPaused || !this.#atWork.places.hasRoomFor(request)) return undefined;
    const since = performance.now();
    const free = this.#atWork.reserve(id, request);
    return {
      claimer: this.#claimer,
      take: (work) => {
        free();
        const { appId, environment = WHOLE_APP, alsoHolds = [], operation, outside } = request;
        this.#atWork.start({ id, appId, operation, holds: [environment, ...alsoHolds], outside, work }, since);
      },
      leave: (error) => {
        free();
        if (isDatabaseError(error)) this.#search.doubt();
      },
    };
  }

  /** Looks for jobs now: after the start, and whenever one was enqueued. */
  wake(): void {
    this.#search.wake();
  }

  /**
   * Takes no more jobs and waits up to `timeout` ms for those that run. What has not ended by then is told to stop and
   * given back, to be run again at the next start, or once its lease has run out where the database is away.
   */
  async stop(timeout: number): Promise<void> {
    this.#stopping = true;
    this.#search.end();
    const deadline = setTimeout(() => {
      const reason = new Error('The server is stopping.');
      this.#abort.abort(reason);
      this.#atWork.stopAll(reason);
    }, timeout);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const end = setTimeout(resolve, timeout + GIVE_BACK_TIMEOUT);
    await Promise.race([this.#finish(), late]);
    clearTimeout(deadline);
    clearTimeout(end);
    this.#endRenewal?.();
  }

  async #finish(): Promise<void> {
    const { store, log, name } = this.#options;
    await this.#search.idle();
    await this.#atWork.idle();
    try {
      await release(store, name);
    } catch (error) {
      log.error(
        { err: error },
        'the jobs of this worker could not be given back; they are run again when its lease ends',
      );
    }
  }

  /** Tells a job to stop that was ended from outside. If none runs it, an earlier run may have left something to put back. */
  cancel(jobId: string): void {
    const running = this.#atWork.find(jobId);
    if (running === undefined) this.#search.lookForEnded();
    else running.stop(new EndedFromOutside());
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
    await this.#search.idle();
    await this.#atWork.idle(new Interruption('The job was interrupted.'));
    return true;
  }
}
