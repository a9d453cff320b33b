import { notFound } from '../exceptions.ts';
import { findJob } from '../jobs/queue.ts';
import type { Input, Output, Services } from './handler.ts';
import { getEnvironment } from './lookUp.ts';

/** Reads a job of an environment. */
export async function GetBackendJob(
  input: Input<'GetBackendJob'>,
  { store }: Services,
): Promise<Output<'GetBackendJob'>> {
  const { appId, backendEnvironmentName, jobId } = input;
  const job = await findJob(store.db, jobId);
  if (job === undefined || job.appId !== appId || job.environment !== backendEnvironmentName) {
    await getEnvironment(store.db, appId, backendEnvironmentName);
    throw notFound('Job', jobId);
  }
  return {
    appId,
    backendEnvironmentName,
    jobId,
    operation: job.operation,
    status: job.status,
    createTime: String(job.createTime),
    updateTime: String(job.updateTime),
    ...(job.error !== undefined && { error: job.error }),
  };
}
