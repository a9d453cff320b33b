import type { Seeding } from '../admin/seeding.ts';
import { performChanges } from '../changes/perform.ts';
import { release } from '../jobs/claims.ts';
import type { JobControl } from '../jobs/job.ts';
import { Jobs } from '../jobs/jobs.ts';
import { startPruning } from '../jobs/prune.ts';
import { Worker } from '../jobs/worker.ts';
import { local } from '../provisioners/local.ts';
import type { Provisioner } from '../provisioners/provisioner.ts';
import { JOB_DEFAULTS, type Role } from './defaults.ts';
import type { Stored } from './store.ts';
import type { World } from './world.ts';

/** Which jobs that have ended are kept; the others are deleted. */
export interface KeepJobs {
  /** How long a job is kept after its end. */
  readonly days: number;
  /** How many of the newest jobs of each environment are kept. */
  readonly perEnvironment: number;
}

export interface JobsOptions {
  /** Whether to answer requests (`api`), run jobs (`worker`), or do both. @default `all` */
  readonly role?: Role | undefined;
  /** Creates what a job configures. @default a provisioner that invents ids and touches nothing */
  readonly provisioner?: Provisioner | undefined;
  /** The shortest duration of a job, in ms. @default 0 */
  readonly jobTime?: number | undefined;
  /** The longest duration of a job, in ms. @default 15 min */
  readonly jobTimeout?: number | undefined;
  /** How long a worker keeps a job without renewing its claim, in ms. @default 30 s */
  readonly lease?: number | undefined;
  /** @default 90 days, and 10,000 of each environment */
  readonly keepJobs?: KeepJobs | undefined;
}

export interface JobsPart {
  readonly provisioner: Provisioner;
  readonly jobs: Jobs;
  /** Runs jobs in this process, unless its role is `api`. */
  readonly worker: Worker | undefined;
  /** Makes the worker look for jobs. */
  readonly wake: () => void;
  /** Stops the worker, and what deletes old jobs. Waits up to `timeout` ms for jobs that run. */
  readonly stop: (timeout: number) => Promise<void>;
}

const DAY = 24 * 60 * 60 * 1000; // ms

/** `control` holds jobs back and makes them fail, where the admin surface is on. */
export async function jobsOf(
  { store, secrets }: Stored,
  { log, newId }: World,
  seeding: Seeding,
  control: JobControl | undefined,
  options: JobsOptions,
): Promise<JobsPart> {
  // In a shared database other processes hold claims too. Those of a process that died expire by themselves.
  const left = store.shared ? 0 : await release(store);
  if (left > 0) log.info({ jobs: left }, 'unfinished jobs will run again');

  const { role = JOB_DEFAULTS.role, provisioner = local(seeding.idsOf('resource')) } = options;
  const { jobTime = JOB_DEFAULTS.jobTime, jobTimeout = JOB_DEFAULTS.jobTimeout, lease = JOB_DEFAULTS.lease } = options;
  const { days, perEnvironment } = options.keepJobs ?? JOB_DEFAULTS.keepJobs;
  const { clock } = seeding;
  const perform = performChanges({ store, provisioner, secrets });
  const limits = { concurrency: provisioner.concurrency, lease, jobTimeout, ...(control && { control }) };
  const worker = role === 'api' ? undefined : new Worker({ store, perform, clock, log, name: newId(), ...limits });
  const jobs = new Jobs({ store, clock, newId: seeding.idsOf('job'), jobTime, worker });
  const stopPruning = worker && startPruning(store, { age: days * DAY, perEnvironment }, clock, log);
  const stop = async (timeout: number): Promise<void> => {
    stopPruning?.();
    await worker?.stop(timeout);
  };
  return { jobs, worker, provisioner, wake: () => worker?.wake(), stop };
}
