import type { JobStatus } from '../../generated/enums.ts';
import { badRequest } from '../exceptions.ts';
import type { Database, Store } from '../store/store.ts';
import type { Change } from './changes.ts';
import { endFromOutside, enqueue, findHeld, findRetried, type JobEnvironment } from './queue.ts';

export interface JobRequest {
  readonly appId: string;
  readonly operation: string;
  /** What an automatic retry of this request, and no other request, has in common with it. */
  readonly retryKey: string | undefined;
}

export interface Plan {
  readonly changes: readonly Change[];
  /** The environments that take no other job until this one has ended. */
  readonly environments: readonly JobEnvironment[];
}

export interface StartedJob {
  readonly jobId: string;
  readonly status: JobStatus;
}

export interface JobsOptions {
  readonly store: Store;
  readonly clock: () => number;
  readonly newId: () => string;
  /** The least time from a job's creation to its end, in ms. */
  readonly jobTime: number;
  /** Told when a job was enqueued. */
  readonly onEnqueued: () => void;
  /** Told when a job was ended from outside. */
  readonly onEnded: (jobId: string) => void;
}

const RETRY_WINDOW = 24 * 60 * 60 * 1000; // ms

export class Jobs {
  readonly #options: JobsOptions;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /**
   * Starts a job for what `plan` finds is to change. The plan reads in the transaction that enqueues the job, so that
   * nothing can come between what it saw and what it asks for. Refuses a second job of an environment; answers the job
   * that it already started where the request is a retry of an earlier one.
   */
  async start(request: JobRequest, plan: (db: Database) => Promise<Plan>): Promise<StartedJob> {
    const { store, clock, newId, jobTime, onEnqueued } = this.#options;
    const { appId, operation, retryKey } = request;
    const started = await store.write(async (transaction): Promise<StartedJob> => {
      const createTime = clock();
      const retried = retryKey && (await findRetried(transaction, retryKey, createTime - RETRY_WINDOW));
      if (retried) return { jobId: retried.id, status: retried.status };
      const { changes, environments } = await plan(transaction);
      const held = await findHeld(
        transaction,
        appId,
        environments.map(({ name }) => name),
      );
      if (held !== undefined) throw pending(appId, held);
      const id = newId();
      await enqueue(transaction, {
        id,
        appId,
        operation,
        createTime,
        changes,
        environments,
        runTime: createTime + jobTime,
        retryKey,
      });
      return { jobId: id, status: 'RUNNING' };
    });
    onEnqueued();
    return started;
  }

  /** Ends a running job at once; the worker that has it is told to stop. */
  async end(jobId: string, status: Exclude<JobStatus, 'RUNNING'>): Promise<void> {
    const { store, clock, onEnded } = this.#options;
    const outcome = status === 'FAILED' ? { status, error: 'Ended by UpdateBackendJob.' } : { status };
    await store.write((transaction) => endFromOutside(transaction, jobId, outcome, clock()));
    onEnded(jobId);
  }
}

/** The sentence is the service's own, since people search and match on it. */
const pending = (appId: string, environment: string) =>
  badRequest(
    `There is already a pending job for the requested appId: ${appId} and backendEnvironmentName: ${environment}, ` +
      'wait for it to complete before creating a new job.',
  );
