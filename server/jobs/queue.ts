import type { JobStatus } from '../../generated/enums.ts';
import { HELD, RUNNING } from '../store/schema.ts';
import { literal, Statement } from '../store/statement.ts';
import type { Database, JobRow } from '../store/store.ts';
import type { Change } from './changes.ts';

/** What is told of a job. */
export interface JobRecord {
  readonly id: string;
  readonly appId: string;
  /** The operation that asked for it, such as `UpdateBackendAuth`. */
  readonly operation: string;
  readonly status: JobStatus;
  readonly error: string | undefined;
  /** Milliseconds since 1970-01-01 UTC, as `updateTime`. */
  readonly createTime: number;
  readonly updateTime: number;
}

export interface Job extends JobRecord {
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

/** Who takes a job. */
export interface Claimer {
  /** A name that no other worker has. */
  readonly worker: string;
  readonly now: number;
  /** How long a claim lasts unless it is renewed, in ms. */
  readonly lease: number;
}

const heldOf = new Statement((db, { appId, name }: { appId: string; name: string }) =>
  db
    .selectFrom('job_environment')
    .select('environment')
    .where('app_id', '=', appId)
    .where('environment', '=', name)
    .where('held', '=', HELD),
);

/** The first of the environments that a job keeps others out of, or undefined if all are free. */
export async function findHeld(
  db: Database,
  appId: string,
  environments: readonly JobEnvironment[],
): Promise<string | undefined> {
  for (const { name } of environments) {
    const row = await heldOf.first(db, { appId, name });
    if (row !== undefined) return row.environment;
  }
  return undefined;
}

// More environments of one app than this can't be at work at the same time.
export const MAX_HELD = 1000;

const lastHeld = new Statement((db, { appId }: { appId: string }) =>
  db
    .selectFrom('job_environment')
    .select('environment')
    .where('app_id', '=', appId)
    .where('held', '=', HELD)
    .limit(literal(1))
    .offset(literal(MAX_HELD - 1)),
);

/** Whether jobs hold as many environments of the app as they may. */
export async function hasMaxHeld(db: Database, appId: string): Promise<boolean> {
  return (await lastHeld.first(db, { appId })) !== undefined;
}

const heldNow = new Statement(
  (db, hold: { id: string; appId: string; name: string; createTime: number; listed: number }) =>
    db.insertInto('job_environment').values({
      job_id: hold.id,
      app_id: hold.appId,
      environment: hold.name,
      create_time: hold.createTime,
      listed: hold.listed,
      held: 1,
    }),
);

/**
 * Keeps others out of the environments until the job has ended. Fails with a unique violation where another job does;
 * where one is just ending, waits to see. In the order of their names, so that two jobs never wait for each other.
 */
export async function hold(
  db: Database,
  { id, appId, createTime, environments }: Pick<NewJob, 'id' | 'appId' | 'createTime' | 'environments'>,
): Promise<void> {
  const sorted = environments.length < 2 ? environments : [...environments].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, listed } of sorted) {
    await heldNow.run(db, { id, appId, name, createTime, listed: listed ? 1 : 0 });
  }
}

interface JobValues {
  readonly id: string;
  readonly appId: string;
  readonly operation: string;
  readonly createTime: number;
  readonly changes: string;
  readonly runTime: number;
  readonly claimedBy: string | null;
  readonly leaseUntil: number | null;
  readonly retryKey: string | null;
}

const enqueued = new Statement((db, job: JobValues) =>
  db.insertInto('job').values({
    id: job.id,
    app_id: job.appId,
    operation: job.operation,
    status: 'RUNNING',
    error: null,
    create_time: job.createTime,
    update_time: job.createTime,
    changes: job.changes,
    run_time: job.runTime,
    claimed_by: job.claimedBy,
    lease_until: job.leaseUntil,
    leases_lost: 0,
    retry_key: job.retryKey,
  }),
);

/** Adds a job that waits for a worker, or that `claimer` has from the start. */
export async function enqueue(
  db: Database,
  job: Omit<NewJob, 'environments'>,
  claimer: Claimer | undefined,
): Promise<void> {
  const { id, appId, operation, createTime, runTime, retryKey = null } = job;
  const changes = JSON.stringify(job.changes);
  const claimedBy = claimer?.worker ?? null;
  const leaseUntil = claimer === undefined ? null : claimer.now + claimer.lease;
  await enqueued.run(db, { id, appId, operation, createTime, changes, runTime, claimedBy, leaseUntil, retryKey });
}

const jobByRetryKey = new Statement((db, { retryKey, since }: { retryKey: string; since: number }) =>
  db
    .selectFrom('job')
    .selectAll()
    .where('retry_key', '=', retryKey)
    .where('create_time', '>=', since)
    .orderBy('create_time', 'desc'),
);

/** The newest job that a caller's retry has this key in common with, if it was created at or after `since`. */
export async function findRetried(db: Database, retryKey: string, since: number): Promise<Job | undefined> {
  const row = await jobByRetryKey.first(db, { retryKey, since });
  return row && fromRow(row);
}

const waiting = new Statement((db) =>
  db
    .selectFrom('job')
    .select('run_time')
    .where('status', '=', RUNNING)
    .where('claimed_by', 'is', null)
    .orderBy('run_time')
    .limit(literal(1)),
);

/** When the next job is due that no worker has, or undefined if none waits. */
export async function nextRunTime(db: Database): Promise<number | undefined> {
  const row = await waiting.first(db, {});
  return row && Number(row.run_time);
}

type Ended = Exclude<JobStatus, 'RUNNING'>;

interface Ending {
  readonly id: string;
  readonly worker: string;
  readonly status: Ended;
  readonly error: string | null;
  readonly now: number;
}

const ended = new Statement((db, { id, worker, status, error, now }: Ending) =>
  db
    .updateTable('job')
    .set({ status, error, update_time: now, claimed_by: null })
    .where('id', '=', id)
    .where('claimed_by', '=', worker)
    .where('status', '=', RUNNING),
);

/**
 * Ends a job that this worker has and that still runs; answers whether it did. What the job changes belongs in the same
 * transaction.
 */
export async function end(
  db: Database,
  id: string,
  worker: string,
  { status, error = null }: { readonly status: Ended; readonly error?: string | null },
  now: number,
): Promise<boolean> {
  if ((await ended.run(db, { id, worker, status, error, now })) === 0) return false;
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
    .where('status', '=', RUNNING)
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

const freed = new Statement((db, { id }: { id: string }) =>
  db.updateTable('job_environment').set({ held: 0 }).where('job_id', '=', id).where('held', '=', HELD),
);

/** Lets others into the environments of a job. */
export async function free(db: Database, id: string): Promise<void> {
  await freed.run(db, { id });
}

export const fromRow = (row: JobRow): Job => ({ ...recordOf(row), changes: JSON.parse(row.changes) });

/** The columns of what is told of a job: what it changes takes longer to read than all of them. */
export const RECORD = [
  'job.id',
  'job.app_id',
  'job.operation',
  'job.status',
  'job.error',
  'job.create_time',
  'job.update_time',
] as const;

export function recordOf(
  row: Pick<JobRow, 'id' | 'app_id' | 'operation' | 'status' | 'error' | 'create_time' | 'update_time'>,
): JobRecord {
  return {
    id: row.id,
    appId: row.app_id,
    operation: row.operation,
    status: row.status,
    error: row.error ?? undefined,
    createTime: Number(row.create_time),
    updateTime: Number(row.update_time),
  };
}
