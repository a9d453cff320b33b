import type { JobStatus } from '../../generated/enums.ts';
import type { Database, JobRow } from '../store/store.ts';
import type { Change } from './changes.ts';

export interface Job {
  readonly id: string;
  readonly appId: string;
  /** The operation that asked for it, such as `UpdateBackendAuth`. */
  readonly operation: string;
  readonly status: JobStatus;
  readonly error: string | undefined;
  /** Milliseconds since 1970-01-01 UTC, as `updateTime`. */
  readonly createTime: number;
  readonly updateTime: number;
  readonly changes: readonly Change[];
}

export interface JobEnvironment {
  readonly name: string;
  /** Whether the job is found under it. */
  readonly listed: boolean;
}

export type NewJob = Pick<Job, 'id' | 'appId' | 'operation' | 'createTime' | 'changes'> & {
  /** The environments that take no other job until this one has ended. */
  readonly environments: readonly JobEnvironment[];
  /** The earliest time to run it, in milliseconds since 1970-01-01 UTC. */
  readonly runTime: number;
  readonly retryKey: string | undefined;
};

/** The first of the environments that a job keeps others out of, or undefined if all are free. */
export async function findHeld(
  db: Database,
  appId: string,
  environments: readonly string[],
): Promise<string | undefined> {
  if (environments.length === 0) return undefined;
  const row = await db
    .selectFrom('job_environment')
    .select('environment')
    .where('app_id', '=', appId)
    .where('environment', 'in', environments)
    .where('held', '=', 1)
    .executeTakeFirst();
  return row?.environment;
}

/** Whether jobs hold at least `count` environments of the app. */
export async function hasWaiting(db: Database, appId: string, count: number): Promise<boolean> {
  const row = await db
    .selectFrom('job_environment')
    .select('job_id')
    .where('app_id', '=', appId)
    .where('held', '=', 1)
    .limit(1)
    .offset(count - 1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Keeps others out of the environments until the job has ended. Fails with a unique violation where another job does;
 * where one is just ending, waits to see. In the order of their names, so that two jobs never wait for each other.
 */
export async function hold(
  db: Database,
  job: Pick<NewJob, 'id' | 'appId' | 'createTime' | 'environments'>,
): Promise<void> {
  if (job.environments.length === 0) return;
  const sorted = [...job.environments].sort((a, b) => (a.name < b.name ? -1 : 1));
  await db
    .insertInto('job_environment')
    .values(
      sorted.map(({ name, listed }) => ({
        job_id: job.id,
        app_id: job.appId,
        environment: name,
        create_time: job.createTime,
        listed: listed ? 1 : 0,
        held: 1,
      })),
    )
    .execute();
}

export async function enqueue(db: Database, job: Omit<NewJob, 'environments'>): Promise<void> {
  await db
    .insertInto('job')
    .values({
      id: job.id,
      app_id: job.appId,
      operation: job.operation,
      status: 'RUNNING',
      error: null,
      create_time: job.createTime,
      update_time: job.createTime,
      changes: JSON.stringify(job.changes),
      run_time: job.runTime,
      claimed_by: null,
      lease_until: null,
      leases_lost: 0,
      retry_key: job.retryKey ?? null,
    })
    .execute();
}

/** The newest job that a caller's retry has this key in common with, if it was created at or after `since`. */
export async function findRetried(db: Database, retryKey: string, since: number): Promise<Job | undefined> {
  const row = await db
    .selectFrom('job')
    .selectAll()
    .where('retry_key', '=', retryKey)
    .where('create_time', '>=', since)
    .orderBy('create_time', 'desc')
    .executeTakeFirst();
  return row && fromRow(row);
}

/** When the next job is due that no worker has, or undefined if none waits. */
export async function nextRunTime(db: Database): Promise<number | undefined> {
  const row = await db
    .selectFrom('job')
    .select('run_time')
    .where('status', '=', 'RUNNING')
    .where('claimed_by', 'is', null)
    .orderBy('run_time')
    .limit(1)
    .executeTakeFirst();
  return row && Number(row.run_time);
}

type Ended = Exclude<JobStatus, 'RUNNING'>;

/**
 * Ends a job that this worker has and that still runs; answers whether it did. What the job changes belongs in the same
 * transaction.
 */
export async function end(
  db: Database,
  id: string,
  worker: string,
  outcome: { readonly status: Ended; readonly error?: string },
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('job')
    .set({ status: outcome.status, error: outcome.error ?? null, update_time: now, claimed_by: null })
    .where('id', '=', id)
    .where('claimed_by', '=', worker)
    .where('status', '=', 'RUNNING')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await free(db, id);
  return true;
}

/** Says that a running job has ended, whoever has it. Its environments are free at once only if no worker has it. */
export async function endFromOutside(
  db: Database,
  id: string,
  outcome: { readonly status: Ended; readonly error?: string },
  now: number,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('job')
    .set({ status: outcome.status, error: outcome.error ?? null, update_time: now })
    .where('id', '=', id)
    .where('status', '=', 'RUNNING')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  const claimed = await db.selectFrom('job').select('claimed_by').where('id', '=', id).executeTakeFirst();
  if (claimed?.claimed_by === null) await free(db, id);
}

/** Lets go of a job that was ended from outside while this worker had it. */
export async function letGo(db: Database, id: string, worker: string): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('job')
    .set({ claimed_by: null })
    .where('id', '=', id)
    .where('claimed_by', '=', worker)
    .where('status', '!=', 'RUNNING')
    .executeTakeFirst();
  if (numUpdatedRows > 0n) await free(db, id);
}

/** Lets others into the environments of a job. */
export async function free(db: Database, id: string): Promise<void> {
  await db.updateTable('job_environment').set({ held: 0 }).where('job_id', '=', id).where('held', '=', 1).execute();
}

export function fromRow(row: JobRow): Job {
  return {
    id: row.id,
    appId: row.app_id,
    operation: row.operation,
    status: row.status,
    error: row.error ?? undefined,
    createTime: Number(row.create_time),
    updateTime: Number(row.update_time),
    changes: JSON.parse(row.changes),
  };
}
