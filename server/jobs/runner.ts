import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isDatabaseError, isPassing, type Store } from '../store/store.ts';
import { giveBack, renew } from './claims.ts';
import { addToEnded, end } from './end.ts';
import type { Claimer } from './enqueue.ts';
import type { Commit, Ended, Job, JobControl, Perform, PerformContext } from './job.ts';
import { pauseAfter } from './pauseAfter.ts';
import { EndedFromOutside, Interruption, RunningJob } from './running.ts';

interface RunnerOptions {
  readonly store: Store;
  readonly perform: Perform;
  readonly clock: () => number;
  readonly log: Logger;
  readonly claimer: Claimer;
  readonly control: JobControl | undefined;
  /** Aborts when jobs that run are to be given back, which is then done for all of them at once. */
  readonly stopping: AbortSignal;
  /** The database may have done what it did not answer. */
  readonly doubt: () => void;
}

/** Runs jobs from their beginning to their end. It knows no operation: `perform` does what a job says. */
export class Runner {
  readonly #options: RunnerOptions;
  /** How many jobs have ended here, by how. */
  readonly ended: Record<Ended, number> = { COMPLETED: 0, FAILED: 0 };

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  readonly run = async (running: RunningJob): Promise<void> => {
    const { job } = running;
    const { log, clock, control } = this.#options;
    const begin = clock();
    try {
      if (!running.undoes) control?.begin(job);
      const commit = await this.#patiently(running, () => this.#perform(running));
      const completed = await this.#patiently(running, () =>
        this.#end(job, { status: 'COMPLETED', error: null }, commit),
      );
      if (completed) log.info({ job: job.id, operation: job.operation, ms: clock() - begin }, 'job completed');
      else await this.#giveBack(job, false);
    } catch (error) {
      await this.#endWithout(running, error, clock() - begin);
    }
  };

  /** Ends a job that did not come to its end, after so many milliseconds. */
  async #endWithout(running: RunningJob, error: unknown, ms: number): Promise<void> {
    const { job, signal } = running;
    const { stopping, log } = this.#options;
    if (stopping.aborted) return;
    const timedOut = signal.aborted && (signal.reason as Error).name === 'TimeoutError';
    if (error instanceof Interruption || isPassing(error) || (signal.aborted && !timedOut)) {
      // Without the database, or the job itself, nothing could be put back: whoever has it then does so.
      const putBack = !(error instanceof Interruption || isPassing(error));
      if (putBack && signal.reason instanceof EndedFromOutside) await this.#tell(running, error, signal.reason);
      return this.#giveBack(job, putBack);
    }
    if (!timedOut) log.warn({ job: job.id, operation: job.operation, err: error }, 'job failed');
    await this.#fail(running, timedOut ? timeoutMessage(ms, error, signal) : messageFor(error));
  }

  #perform({ job, signal, beforeWrite, undoes }: RunningJob): Promise<Commit> {
    if (!undoes) signal.throwIfAborted();
    const { store, clock, claimer, stopping, perform } = this.#options;
    const checkpoint: PerformContext['checkpoint'] = (commit, { evenIfEnded = false } = {}) =>
      store.write(async (db) => {
        const now = clock();
        const status = (await renew(db, claimer, [job.id], now)).get(job.id);
        if (status !== 'RUNNING' && !(evenIfEnded && status !== undefined)) {
          throw new Interruption('The job was ended, or another worker has it.');
        }
        await commit(db, now);
      });
    const runsAgain = () => stopping.aborted || signal.reason instanceof Interruption;
    return perform(job, { signal, beforeWrite, undoes, runsAgain, checkpoint });
  }

  /** Ends the job, where it still runs and is this worker's, in one transaction with what it changes. */
  async #end(job: Job, outcome: { status: Ended; error: string | null }, commit?: Commit): Promise<boolean> {
    const { store, clock, claimer } = this.#options;
    const ended = await store.write(async (db) => {
      const now = await end(db, job, claimer.worker, outcome, clock());
      if (now !== undefined) await commit?.(db, now);
      return now !== undefined;
    });
    if (ended) this.ended[outcome.status] += 1;
    return ended;
  }

  /** Tries again as long as the database fails in a way that passes: no job fails for that. */
  async #patiently<T>({ job, signal }: RunningJob, work: () => Promise<T>): Promise<T> {
    const { stopping, log } = this.#options;
    for (let failures = 0; ; failures += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error) || signal.aborted || stopping.aborted) throw error;
        log.warn({ job: job.id, err: error }, 'the database failed a job, which is tried again');
        await sleep(pauseAfter(failures), undefined, { signal, ref: false }).catch(() => {
          throw error;
        });
      }
    }
  }

  /** A job that was ended from outside says what it leaves behind, if anything. */
  async #tell({ job, undoes }: RunningJob, error: unknown, reason: EndedFromOutside): Promise<void> {
    const said = messageFor(error);
    if (said === reason.message) return;
    const tells = said.startsWith(`${reason.message} `);
    if (!tells && !undoes) return;
    const message = tells ? said : `${reason.message} What it had changed could not be put back: ${said}`;
    const { store, log, claimer } = this.#options;
    try {
      await store.write((db) => addToEnded(db, job.id, claimer.worker, message));
    } catch (failure) {
      log.error({ job: job.id, err: failure, message }, 'what an ended job leaves behind could not be stored');
    }
  }

  /** `putBack`: whether, if it was ended from outside, nothing is left to put back. */
  async #giveBack(job: Job, putBack: boolean): Promise<void> {
    const { store, log, claimer, doubt } = this.#options;
    log.info({ job: job.id, operation: job.operation }, 'job interrupted, or ended from outside');
    try {
      await store.write((db) => giveBack(db, job, claimer.worker, putBack));
      if (!putBack) doubt();
    } catch (error) {
      log.error({ job: job.id, err: error }, 'a job could not be given back yet');
      doubt();
    }
  }

  async #fail({ job }: RunningJob, error: string): Promise<void> {
    const { log, claimer, doubt } = this.#options;
    try {
      // A job that timed out is asked to stop, and still has time to report its failure.
      const patient = new RunningJob(job, claimer.lease, performance.now());
      const ended = await this.#patiently(patient, () => this.#end(job, { status: 'FAILED', error }));
      // A failed job has already put its changes back.
      if (!ended) await this.#giveBack(job, true);
    } catch (failure) {
      log.error({ job: job.id, err: failure }, 'a failed job could not be stored; it is run again');
      doubt();
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
