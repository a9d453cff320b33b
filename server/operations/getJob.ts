import type { components } from '../../generated/schema.ts';
import { getEnvironment } from '../auth/lookUp.ts';
import { notFound } from '../exceptions.ts';
import { findJob } from '../jobs/history.ts';
import type { JobRecord } from '../jobs/job.ts';
import type { Database } from '../store/store.ts';

interface JobPath {
  readonly appId: string;
  readonly backendEnvironmentName: string;
  readonly jobId: string;
}

/** The job that is found under an environment, gone or not, or a 404 that names what is missing. */
export async function getJob(db: Database, { appId, backendEnvironmentName, jobId }: JobPath): Promise<JobRecord> {
  const job = await findJob(db, { appId, environment: backendEnvironmentName }, jobId);
  if (job !== undefined) return job;
  await getEnvironment(db, appId, backendEnvironmentName);
  throw notFound('Job', jobId);
}

export function describeJob(
  job: JobRecord,
  backendEnvironmentName: string,
): components['schemas']['BackendJobRespObj'] {
  return {
    appId: job.appId,
    backendEnvironmentName,
    jobId: job.id,
    operation: job.operation,
    status: job.status,
    createTime: String(job.createTime),
    updateTime: String(job.updateTime),
    ...(job.error !== undefined && { error: job.error }),
  };
}
