import { getEnvironment } from '../auth/lookUp.ts';
import { badRequest } from '../exceptions.ts';
import { hasJobs, listJobs, type Position } from '../jobs/history.ts';
import { describeJob } from './getJob.ts';
import type { Input, Output, Services } from './handler.ts';

const PAGE = 25; // what the contract allows at most

/** Lists the jobs of an environment, gone or not. */
export async function ListBackendJobs(
  input: Input<'ListBackendJobs'>,
  { store }: Services,
): Promise<Output<'ListBackendJobs'>> {
  const { appId, backendEnvironmentName, nextToken, maxResults = PAGE } = input;
  const place = { appId, environment: backendEnvironmentName };
  const position = nextToken === undefined ? undefined : fromToken(nextToken);
  const found = await listJobs(store.db, place, input, position, maxResults + 1);
  if (found.length === 0 && !(await hasJobs(store.db, place))) {
    await getEnvironment(store.db, appId, backendEnvironmentName);
  }
  const jobs = found.slice(0, maxResults);
  const last = jobs.at(-1);
  return {
    jobs: jobs.map((job) => describeJob(job, backendEnvironmentName)),
    ...(found.length > maxResults && last !== undefined && { nextToken: toToken(last) }),
  };
}

const toToken = ({ createTime, id }: Position): string =>
  Buffer.from(JSON.stringify([createTime, id])).toString('base64url');

function fromToken(token: string): Position {
  try {
    const [createTime, id] = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (Number.isSafeInteger(createTime) && typeof id === 'string') return { createTime, id };
  } catch {
    // said below
  }
  throw badRequest('/body/nextToken is not one that this operation has answered');
}
