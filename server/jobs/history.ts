import { literal, Statement } from '../store/statement.ts';
import type { Database, JobRow } from '../store/store.ts';
import { type JobRecord, WHOLE_APP } from './job.ts';

interface Environment {
  readonly appId: string;
  readonly environment: string;
}

/** Where a page of jobs ends, and the next one starts. */
export interface Position {
  readonly createTime: number;
  readonly id: string;
}

export interface JobFilter {
  readonly jobId?: string | undefined;
  readonly operation?: string | undefined;
  readonly status?: string | undefined;
}

const RECORD = [
  'job.id',
  'job.app_id',
  'job.operation',
  'job.status',
  'job.error',
  'job.create_time',
  'job.update_time',
] as const;

const recordOf = (
  row: Pick<JobRow, 'id' | 'app_id' | 'operation' | 'status' | 'error' | 'create_time' | 'update_time'>,
): JobRecord => ({
  id: row.id,
  appId: row.app_id,
  operation: row.operation,
  status: row.status,
  error: row.error ?? undefined,
  createTime: Number(row.create_time),
  updateTime: Number(row.update_time),
});

/**
 * The jobs of a whole app that are found under an environment: those that removed it, and those that are about to, or
 * failed before they could.
 */
const ofWholeApp = (db: Database, appId: string, environment: string) =>
  db
    .selectFrom('job')
    .select(RECORD)
    .where('job.app_id', '=', appId)
    .where('job.environment', '=', literal(WHOLE_APP))
    .where(({ exists, or, selectFrom }) =>
      or([
        exists(
          selectFrom('job_listing')
            .select('job_id')
            .whereRef('job_listing.job_id', '=', 'job.id')
            .where('job_listing.environment', '=', environment),
        ),
        exists(
          selectFrom('backend_environment')
            .select('name')
            .where('backend_environment.app_id', '=', appId)
            .where('backend_environment.name', '=', environment)
            .whereRef('backend_environment.create_time', '<=', 'job.create_time'),
        ),
      ]),
    );

const ofEnvironment = (db: Database, appId: string, environment: string) =>
  db.selectFrom('job').select(RECORD).where('job.app_id', '=', appId).where('job.environment', '=', environment);

type JobKey = Environment & { readonly id: string };

const own = new Statement((db, { appId, environment, id }: JobKey) =>
  ofEnvironment(db, appId, environment).where('job.id', '=', id),
);
const shared = new Statement((db, { appId, environment, id }: JobKey) =>
  ofWholeApp(db, appId, environment).where('job.id', '=', id),
);

/** A job that is found under the environment. */
export async function findJob(
  db: Database,
  { appId, environment }: Environment,
  id: string,
): Promise<JobRecord | undefined> {
  const key = { appId, environment, id };
  const row = (await own.first(db, key)) ?? (await shared.first(db, key));
  return row && recordOf(row);
}

/** Whether the environment, gone or not, ever had a job. */
export async function hasJobs(db: Database, { appId, environment }: Environment): Promise<boolean> {
  for (const jobs of [ofEnvironment, ofWholeApp]) {
    if ((await jobs(db, appId, environment).limit(1).executeTakeFirst()) !== undefined) return true;
  }
  return false;
}

/** Whether there ever was a job. */
export async function hasAnyJob(db: Database): Promise<boolean> {
  return (await db.selectFrom('job').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Up to `limit` jobs that fit, the newest first, after `position`. */
export async function listJobs(
  db: Database,
  { appId, environment }: Environment,
  { jobId, operation, status }: JobFilter,
  position: Position | undefined,
  limit: number,
): Promise<JobRecord[]> {
  const page = async (jobs: ReturnType<typeof ofEnvironment>) =>
    jobs
      .$if(jobId !== undefined, (query) => query.where('job.id', '=', jobId ?? ''))
      .$if(operation !== undefined, (query) => query.where('job.operation', '=', operation ?? ''))
      .$if(status !== undefined, (query) => query.where('job.status', '=', (status ?? '') as JobRecord['status']))
      .$if(position !== undefined, (query) =>
        query.where(({ eb, or, and }) => {
          const { createTime, id } = position ?? { createTime: 0, id: '' };
          return or([
            eb('job.create_time', '<', createTime),
            and([eb('job.create_time', '=', createTime), eb('job.id', '<', id)]),
          ]);
        }),
      )
      .orderBy('job.create_time', 'desc')
      .orderBy('job.id', 'desc')
      .limit(limit)
      .execute();
  const rows = [
    ...(await page(ofEnvironment(db, appId, environment))),
    ...(await page(ofWholeApp(db, appId, environment))),
  ].map(recordOf);
  return rows.sort(newestFirst).slice(0, limit);
}

const newestFirst = (one: JobRecord, other: JobRecord): number =>
  other.createTime - one.createTime || (one.id < other.id ? 1 : -1);

/** Has a job of a whole app found under environments that are about to be gone. */
export async function listUnder(db: Database, jobId: string, environments: readonly string[]): Promise<void> {
  if (environments.length === 0) return;
  const rows = environments.map((environment) => ({ job_id: jobId, environment }));
  await db
    .insertInto('job_listing')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
