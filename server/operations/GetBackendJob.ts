import { describeJob, getJob } from './getJob.ts';
import type { Input, Output, Services } from './handler.ts';

/** Reads a job of an environment. */
export async function GetBackendJob(
  input: Input<'GetBackendJob'>,
  { store }: Services,
): Promise<Output<'GetBackendJob'>> {
  return describeJob(await getJob(store.db, input), input.backendEnvironmentName);
}
