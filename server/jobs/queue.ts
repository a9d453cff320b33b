import type { JobStatus } from '../../generated/enums.ts';
import type { Database, JobRow, Store } from '../store/store.ts';
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

export async function enqueue(db: Database, job: NewJob): Promise<void> {
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
      retry_key: job.retryKey ?? null,
    })
    .execute();
  if (job.environments.length === 0) return;
  await db
    .insertInto('job_environment')
    .values(
      job.environments.map(({ name, listed }) => ({
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

/** Takes up to `limit` jobs that are due and that no worker has, the oldest first. */
export async function claim(db: Database, worker: string, now: number, limit: number): Promise<Job[]> {
  const rows = await db
    .updateTable('job')
    .set({ claimed_by: worker })
    .where('id', 'in', (query) =>
      query
        .selectFrom('job')
        .select('id')
        .where('status', '=', 'RUNNING')
        .where('claimed_by', 'is', null)
        .where('run_time', '<=', now)
        .orderBy('run_time')
        .limit(limit),
    )
    .returningAll()
    .execute();
  return rows.map(fromRow);
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

async function free(db: Database, id: string): Promise<void> {
  await db.updateTable('job_environment').set({ held: 0 }).where('job_id', '=', id).where('held', '=', 1).execute();
}

/** Gives back what a worker did not finish, so that it is run again. Without a worker: what any process left behind. */
export async function release(store: Store, worker?: string): Promise<number> {
  return store.write(async (transaction) => {
    const rows = await transaction
      .updateTable('job')
      .set({ claimed_by: null })
      .where('claimed_by', 'is not', null)
      .$if(worker !== undefined, (query) => query.where('claimed_by', '=', worker ?? ''))
      .returning(['id', 'status'])
      .execute();
    for (const { id, status } of rows) if (status !== 'RUNNING') await free(transaction, id);
    return rows.filter(({ status }) => status === 'RUNNING').length;
  });
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
