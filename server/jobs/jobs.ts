import { badRequest, ServiceException } from '../exceptions.ts';
import type { Database, Store } from '../store/store.ts';
import { endFromOutside } from './end.ts';
import { type Claimer, enqueue, findAnyHeld, findLimits, findRetried, hold, lockApp, MAX_HELD } from './enqueue.ts';
import { type Ended, type JobRequest, type JobStatus, WHOLE_APP } from './job.ts';
import { ENDED } from './running.ts';
import type { Worker } from './worker.ts';

/** Answers what the job has to do. It reads once others are kept out, so that nothing can come in between. */
export type Plan = (db: Database) => Promise<unknown>;

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
  /** The worker of this process, if it has one. */
  readonly worker: Pick<Worker, 'reserve' | 'wake' | 'cancel'> | undefined;
}

/** Takes back what was written for a request that an earlier try has answered already. */
class AlreadyStarted extends Error {
  readonly started: StartedJob;

  constructor(started: StartedJob) {
    super('An earlier try of the request has started a job.');
    this.started = started;
  }
}

export class Jobs {
  readonly #options: JobsOptions;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /**
   * Starts a job for what `plan` finds there is to do. Refuses a second job of an environment; where the request is a
   * retry of an earlier one, answers the job that this one started.
   */
  async start(request: JobRequest, plan: Plan): Promise<StartedJob> {
    const { store, worker, jobTime, newId } = this.#options;
    const id = newId();
    // A worker of this process that has a place for the job gets it at once, instead of looking for it.
    const place = jobTime === 0 ? worker?.reserve(id, request) : undefined;
    let work: unknown;
    try {
      work = await store.write((transaction) => this.#start(transaction, id, request, plan, place?.claimer));
    } catch (error) {
      place?.leave(error);
      if (error instanceof AlreadyStarted) return error.started;
      throw error;
    }
    if (place === undefined) worker?.wake();
    else place.take(work);
    return { jobId: id, status: 'RUNNING' };
  }

  async #start(db: Database, id: string, request: JobRequest, plan: Plan, claimer: Claimer | undefined) {
    const { store, clock, jobTime } = this.#options;
    const { appId, environment = WHOLE_APP, alsoHolds = [], operation, outside, retryKey } = request;
    if (store.shared) await lockApp(db, appId, environment === WHOLE_APP);
    let inUse = await this.#holdAll(db, id, appId, [environment, ...alsoHolds]);
    // Only now: another instance may have started and ended the job of an earlier try until the environment was free.
    const retried = retryKey === undefined ? undefined : await findRetried(db, retryKey, clock());
    if (retried !== undefined) throw new AlreadyStarted({ jobId: retried.id, status: retried.status });
    if (environment === WHOLE_APP) inUse ??= await findAnyHeld(db, appId);
    else {
      const { isWholeHeld, isOver } = await findLimits(db, appId);
      if (isOver) throw tooMany(appId);
      if (isWholeHeld) inUse ??= environment;
    }
    // A request that is wrong learns so even while another job is in its way.
    const work = await plan(db);
    if (inUse !== undefined) throw pending(appId, inUse);
    const job = { id, appId, environment, alsoHolds, operation, outside, work, delay: jobTime, retryKey };
    if (!(await enqueue(db, job, claimer, clock()))) throw pending(appId, environment);
    return work;
  }

  /** Answers the first of the environments that another job holds. By name, so that two jobs never wait for each other. */
  async #holdAll(
    db: Database,
    id: string,
    appId: string,
    environments: readonly string[],
  ): Promise<string | undefined> {
    const sorted = environments.length === 1 ? environments : [...environments].sort();
    for (const environment of sorted) if (!(await hold(db, appId, environment, id))) return environment;
    return undefined;
  }

  /** Ends a running job at once; the worker that has it is told to stop. */
  async end(jobId: string, status: Ended): Promise<void> {
    const { store, clock, worker } = this.#options;
    const error = status === 'FAILED' ? ENDED : null;
    await store.write((transaction) => endFromOutside(transaction, jobId, { status, error }, clock()));
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
