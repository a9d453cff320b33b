import type { JobStatus } from '../../generated/enums.ts';
import { badRequest, ServiceException } from '../exceptions.ts';
import { type Database, isUniqueViolation, type Store } from '../store/store.ts';
import type { Change } from './changes.ts';
import {
  type Claimer,
  endFromOutside,
  enqueue,
  findHeld,
  findRetried,
  hasMaxHeld,
  hold,
  type Job,
  type JobEnvironment,
  MAX_HELD,
} from './queue.ts';
import type { Worker } from './worker.ts';

export interface JobRequest {
  readonly appId: string;
  readonly operation: string;
  /** What an automatic retry of this request, and no other request, has in common with it. */
  readonly retryKey: string | undefined;
}

/** The environments that take no other job until this one has ended. */
export type Environments = (db: Database) => Promise<readonly JobEnvironment[]>;

/** What the job is to bring about; read once others are kept out. */
export type Plan = (db: Database) => Promise<readonly Change[]>;

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
  /** What runs the jobs in this process, if anything does. */
  readonly worker: Pick<Worker, 'reserve' | 'wake' | 'cancel'> | undefined;
}

const RETRY_WINDOW = 24 * 60 * 60 * 1000; // ms

export class Jobs {
  readonly #options: JobsOptions;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /**
   * Starts a job for what `plan` finds is to change. The plan reads in the transaction that enqueues the job, and after
   * others are kept out, so that nothing can come between what it saw and what it asks for. Refuses a second job of an
   * environment; answers the job that it already started where the request is a retry of an earlier one.
   */
  async start(request: JobRequest, environments: Environments, plan: Plan): Promise<StartedJob> {
    const { store, worker, jobTime } = this.#options;
    // A worker of this process that has a place for it gets the job at once, instead of looking for it.
    const place = jobTime === 0 ? worker?.reserve() : undefined;
    let started: Job | StartedJob;
    try {
      started = await store.write((transaction) =>
        this.#start(transaction, request, environments, plan, place?.claimer),
      );
    } catch (error) {
      place?.take(undefined);
      if (!isUniqueViolation(error)) throw error;
      // Another process was faster by a moment: with another try of this request, or with another request.
      return store.write(async (transaction) => {
        const retried = await this.#findRetried(transaction, request);
        if (retried !== undefined) return retried;
        const wanted = await environments(transaction);
        const held = await findHeld(transaction, request.appId, wanted);
        throw pending(request.appId, held ?? wanted[0]?.name ?? '');
      });
    }
    const job = 'id' in started ? started : undefined;
    if (place === undefined) worker?.wake();
    else place.take(job);
    return job === undefined ? (started as StartedJob) : { jobId: job.id, status: job.status };
  }

  /** Answers the job, or what is told of the one that is there already. */
  async #start(
    db: Database,
    request: JobRequest,
    environments: Environments,
    plan: Plan,
    claimer: Claimer | undefined,
  ): Promise<Job | StartedJob> {
    const { clock, newId, jobTime } = this.#options;
    const retried = await this.#findRetried(db, request);
    if (retried !== undefined) return retried;
    const createTime = clock();
    const id = newId();
    if (await hasMaxHeld(db, request.appId)) throw tooMany(request.appId);
    const held = await environments(db);
    const inUse = await findHeld(db, request.appId, held);
    if (inUse === undefined) await hold(db, { id, appId: request.appId, createTime, environments: held });
    // What is wrong with the request is told before that it comes at a wrong time.
    const changes = await plan(db);
    if (inUse !== undefined) {
      // What is in its way may be an earlier try of the same request, started since by another process.
      const meanwhile = await this.#findRetried(db, request);
      if (meanwhile !== undefined) return meanwhile;
      throw pending(request.appId, inUse);
    }
    const { appId, operation, retryKey } = request;
    await enqueue(db, { id, appId, operation, createTime, changes, runTime: createTime + jobTime, retryKey }, claimer);
    return { id, appId, operation, status: 'RUNNING', error: undefined, createTime, updateTime: createTime, changes };
  }

  async #findRetried(db: Database, { retryKey }: JobRequest): Promise<StartedJob | undefined> {
    if (retryKey === undefined) return undefined;
    const job = await findRetried(db, retryKey, this.#options.clock() - RETRY_WINDOW);
    return job && { jobId: job.id, status: job.status };
  }

  /** Ends a running job at once; the worker that has it is told to stop. */
  async end(jobId: string, status: Exclude<JobStatus, 'RUNNING'>): Promise<void> {
    const { store, clock, worker } = this.#options;
    const outcome = status === 'FAILED' ? { status, error: 'Ended by UpdateBackendJob.' } : { status };
    await store.write((transaction) => endFromOutside(transaction, jobId, outcome, clock()));
    worker?.cancel(jobId);
  }
}

/** The sentence is the service's own, since people search and match on it. */
const pending = (appId: string, environment: string) =>
  badRequest(
    `There is already a pending job for the requested appId: ${appId} and backendEnvironmentName: ${environment}, ` +
      'wait for it to complete before creating a new job.',
  );

const tooMany = (appId: string) =>
  new ServiceException('LimitExceededException', `App ${appId} has ${MAX_HELD} jobs at work; wait for some to end.`, {
    limitType: 'RunningJobs',
  });
