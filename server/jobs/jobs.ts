import { badRequest } from '../exceptions.ts';
import type { Database, Store } from '../store/store.ts';
import type { Change } from './changes.ts';
import { enqueue, hasRunningJob } from './queue.ts';

export interface JobRequest {
  readonly appId: string;
  readonly environment: string;
  readonly operation: string;
}

/** What every operation that changes something answers. */
export interface StartedJob {
  readonly appId: string;
  readonly backendEnvironmentName: string;
  readonly jobId: string;
  readonly operation: string;
  readonly status: 'RUNNING';
}

export interface JobsOptions {
  readonly store: Store;
  readonly clock: () => number;
  readonly newId: () => string;
  /** The least time from a job's creation to its end, in ms. */
  readonly jobTime: number;
  /** Told when a job was enqueued. */
  readonly onEnqueued: () => void;
}

export class Jobs {
  readonly #options: JobsOptions;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /**
   * Starts a job for what `plan` finds is to change. The plan reads in the transaction that enqueues the job, so that
   * nothing can come between what it saw and what it asks for. Refuses a second job of an environment.
   */
  async start(request: JobRequest, plan: (db: Database) => Promise<readonly Change[]>): Promise<StartedJob> {
    const { store, clock, newId, jobTime, onEnqueued } = this.#options;
    const { appId, environment, operation } = request;
    const id = newId();
    await store.write(async (transaction) => {
      const changes = await plan(transaction);
      if (await hasRunningJob(transaction, appId, environment)) throw pending(appId, environment);
      const createTime = clock();
      await enqueue(transaction, { ...request, id, createTime, changes, runTime: createTime + jobTime });
    });
    onEnqueued();
    return { appId, backendEnvironmentName: environment, jobId: id, operation, status: 'RUNNING' };
  }
}

/** The sentence is the service's own, since people search and match on it. */
const pending = (appId: string, environment: string) =>
  badRequest(
    `There is already a pending job for the requested appId: ${appId} and backendEnvironmentName: ${environment}, ` +
      'wait for it to complete before creating a new job.',
  );
