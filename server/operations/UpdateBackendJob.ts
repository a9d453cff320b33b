import { JobStatus } from '../../generated/enums.ts';
import { badRequest } from '../exceptions.ts';
import { describeJob, getJob } from './getJob.ts';
import type { Input, Output, Services } from './handler.ts';

/** Ends a running job. */
export async function UpdateBackendJob(
  input: Input<'UpdateBackendJob'>,
  { store, jobs }: Services,
): Promise<Output<'UpdateBackendJob'>> {
  const { backendEnvironmentName, jobId, operation, status } = input;
  const job = await getJob(store.db, input);
  if (operation !== undefined && operation !== job.operation) {
    throw badRequest(`Job ${jobId} is one of ${job.operation}, not of ${operation}.`);
  }
  if (status === undefined || status === job.status) return describeJob(job, backendEnvironmentName);
  if (!isStatus(status) || status === 'RUNNING') {
    const ends = JobStatus.filter((known) => known !== 'RUNNING').join(' or ');
    throw badRequest(`/body/status must be ${ends}: a job can be ended, and nothing else.`);
  }
  if (job.status === 'RUNNING') await jobs.end(jobId, status);
  const now = await getJob(store.db, input);
  // It may have ended by itself in between.
  if (now.status !== status) throw badRequest(`Job ${jobId} has ended already: it is ${now.status}.`);
  return describeJob(now, backendEnvironmentName);
}

const isStatus = (status: string): status is JobStatus => (JobStatus as readonly string[]).includes(status);
