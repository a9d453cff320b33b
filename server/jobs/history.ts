import { Statement } from '../store/statement.ts';
import type { Database } from '../store/store.ts';
import { type JobRecord, RECORD, recordOf } from './queue.ts';

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

const jobOf = new Statement((db, { appId, environment, id }: Environment & { readonly id: string }) =>
  listed(db, appId, environment).where('job.id', '=', id),
);

/** A job that is found under the environment. */
export async function findJob(
  db: Database,
  { appId, environment }: Environment,
  id: string,
): Promise<JobRecord | undefined> {
  const row = await jobOf.first(db, { appId, environment, id });
  return row && recordOf(row);
}

/** Whether the environment, gone or not, ever had a job. */
export async function hasJobs(db: Database, { appId, environment }: Environment): Promise<boolean> {
  return (await listed(db, appId, environment).limit(1).executeTakeFirst()) !== undefined;
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
  const rows = await listed(db, appId, environment)
    .$if(jobId !== undefined, (query) => query.where('job.id', '=', jobId ?? ''))
    .$if(operation !== undefined, (query) => query.where('job.operation', '=', operation ?? ''))
    .$if(status !== undefined, (query) => query.where('job.status', '=', (status ?? '') as JobRecord['status']))
    .$if(position !== undefined, (query) =>
      query.where(({ eb, or, and }) => {
        const { createTime, id } = position ?? { createTime: 0, id: '' };
        return or([
          eb('job_environment.create_time', '<', createTime),
          and([eb('job_environment.create_time', '=', createTime), eb('job.id', '<', id)]),
        ]);
      }),
    )
    .orderBy('job_environment.create_time', 'desc')
    .orderBy('job_environment.job_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(recordOf);
}

const listed = (db: Database, appId: string, environment: string) =>
  db
    .selectFrom('job_environment')
    .innerJoin('job', 'job.id', 'job_environment.job_id')
    .select(RECORD)
    .where('job_environment.app_id', '=', appId)
    .where('job_environment.environment', '=', environment)
    .where('job_environment.listed', '=', 1);
