import type { JobStatus } from '../../generated/enums.ts';
import type { Database, JobRow, Store } from '../store/store.ts';
import type { Change } from './changes.ts';

export interface Job {
  readonly id: string;
  readonly appId: string;
  readonly environment: string;
  /** The operation that asked for it, such as `UpdateBackendAuth`. */
  readonly operation: string;
  readonly status: JobStatus;
  readonly error: string | undefined;
  /** Milliseconds since 1970-01-01 UTC, as `updateTime`. */
  readonly createTime: number;
  readonly updateTime: number;
  readonly changes: readonly Change[];
}

export type NewJob = Pick<Job, 'id' | 'appId' | 'environment' | 'operation' | 'createTime' | 'changes'> & {
  /** The earliest time to run it, in milliseconds since 1970-01-01 UTC. */
  readonly runTime: number;
};

export async function hasRunningJob(db: Database, appId: string, environment: string): Promise<boolean> {
  const row = await db
    .selectFrom('job')
    .select('id')
    .where('app_id', '=', appId)
    .where('environment', '=', environment)
    .where('status', '=', 'RUNNING')
    .executeTakeFirst();
  return row !== undefined;
}

export async function enqueue(db: Database, job: NewJob): Promise<void> {
  await db
    .insertInto('job')
    .values({
      id: job.id,
      app_id: job.appId,
      environment: job.environment,
      operation: job.operation,
      status: 'RUNNING',
      create_time: job.createTime,
      update_time: job.createTime,
      changes: JSON.stringify(job.changes),
      run_time: job.runTime,
    })
    .execute();
}

export async function findJob(db: Database, id: string): Promise<Job | undefined> {
  const row = await db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst();
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

/** Ends a job, if this worker still has it; answers whether it had. What the job changes belongs in the same transaction. */
export async function end(
  db: Database,
  id: string,
  worker: string,
  outcome: { readonly status: Exclude<JobStatus, 'RUNNING'>; readonly error?: string },
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('job')
    .set({ status: outcome.status, error: outcome.error ?? null, update_time: now, claimed_by: null })
    .where('id', '=', id)
    .where('claimed_by', '=', worker)
    .where('status', '=', 'RUNNING')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Gives back what a worker did not finish, so that it is run again. Without a worker: what any process left behind. */
export async function release(store: Store, worker?: string): Promise<number> {
  return store.write(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('job')
      .set({ claimed_by: null })
      .where('status', '=', 'RUNNING')
      .where('claimed_by', 'is not', null)
      .$if(worker !== undefined, (query) => query.where('claimed_by', '=', worker ?? ''))
      .executeTakeFirst();
    return Number(numUpdatedRows);
  });
}

function fromRow(row: JobRow): Job {
  return {
    id: row.id,
    appId: row.app_id,
    environment: row.environment,
    operation: row.operation,
    status: row.status,
    error: row.error ?? undefined,
    createTime: Number(row.create_time),
    updateTime: Number(row.update_time),
    changes: JSON.parse(row.changes),
  };
}
