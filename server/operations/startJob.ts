import { createHash } from 'node:crypto';
import type { OperationId } from '../../generated/operations.ts';
import type { Environments, Jobs, Plan, StartedJob } from '../jobs/jobs.ts';
import type { RequestContext } from './handler.ts';

/** What most operations that change something answer. */
export interface JobAnswer extends StartedJob {
  readonly appId: string;
  readonly backendEnvironmentName: string;
  readonly operation: string;
}

/** Starts a job under the environment of the input, which it holds until it has ended. */
export async function startJob(
  operation: OperationId,
  input: { readonly appId: string; readonly backendEnvironmentName: string },
  jobs: Jobs,
  context: RequestContext | undefined,
  plan: Plan,
): Promise<JobAnswer> {
  const { appId, backendEnvironmentName } = input;
  const environments = async () => [{ name: backendEnvironmentName, listed: true }];
  const place = { appId, backendEnvironmentName };
  return { ...place, operation, ...(await startJobOf(operation, input, place, environments, jobs, context, plan)) };
}

/** Starts a job under environments that are not just the one of the input, and says so in the audit log. */
export async function startJobOf(
  operation: OperationId,
  input: object,
  place: { readonly appId: string; readonly backendEnvironmentName?: string },
  environments: Environments,
  jobs: Jobs,
  context: RequestContext | undefined,
  plan: Plan,
): Promise<StartedJob> {
  const request = { appId: place.appId, operation, retryKey: retryKey(operation, input, context) };
  const started = await jobs.start(request, environments, plan);
  audit(context, operation, place, started);
  return started;
}

/** One line for each mutation: who asked for what, and which job does it. What was asked for may hold secrets. */
function audit(
  context: RequestContext | undefined,
  operation: OperationId,
  place: { readonly appId: string; readonly backendEnvironmentName?: string },
  { jobId }: StartedJob,
): void {
  context?.log.info({ audit: true, caller: callerOf(context), operation, ...place, jobId }, 'job started');
}

/** The access key that signed the request or, where none has to, the one that it names; '' where it names none. */
const callerOf = ({ headers, caller }: RequestContext): string =>
  caller ?? /Credential=([^/,\s]{1,128})/.exec(String(headers.authorization ?? ''))?.[1] ?? '';

/**
 * The AWS SDKs send the same `amz-sdk-invocation-id` with each try of a request. It counts together with who calls and
 * what is asked, so that no one gets another's job by a borrowed id.
 */
function retryKey(operation: OperationId, input: object, request: RequestContext | undefined): string | undefined {
  const invocation = request?.headers['amz-sdk-invocation-id'];
  if (typeof invocation !== 'string' || invocation === '') return undefined;
  const caller = /Credential=([^/,\s]+)/.exec(String(request?.headers.authorization ?? ''))?.[1] ?? '';
  return createHash('sha256')
    .update(JSON.stringify([invocation, caller, operation, input]))
    .digest('base64url');
}
