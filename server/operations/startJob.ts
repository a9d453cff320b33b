import { createHash } from 'node:crypto';
import type { OperationId } from '../../generated/operations.ts';
import type { Change } from '../changes/change.ts';
import type { StartedJob } from '../jobs/jobs.ts';
import type { Database } from '../store/store.ts';
import type { RequestContext, Services } from './handler.ts';

interface NewJob {
  readonly operation: OperationId;
  /** Whose environment the job holds until it has ended; where none is named, it holds all of the app. */
  readonly input: { readonly appId: string; readonly backendEnvironmentName?: string };
  /** Further environments that it holds. */
  readonly alsoHolds?: readonly string[];
  /**
   * Whether it may need something outside of this server.
   * @default true
   */
  readonly outside?: boolean;
}

/** Starts a job that makes the changes which `plan` answers, and notes it in the audit log. */
export async function startJob(
  { operation, input, alsoHolds = [], outside = true }: NewJob,
  { jobs }: Services,
  context: RequestContext | undefined,
  plan: (db: Database) => Promise<readonly Change[]>,
): Promise<StartedJob & { readonly operation: string }> {
  const { appId, backendEnvironmentName: environment } = input;
  const request = { appId, environment, alsoHolds, operation, outside, retryKey: retryKey(operation, input, context) };
  const started = await jobs.start(request, plan);
  audit(context, operation, input, started);
  return { operation, ...started };
}

/** One line for each mutation: who asked for what, and which job does it. The rest of the input may hold secrets. */
function audit(
  context: RequestContext | undefined,
  operation: OperationId,
  { appId, backendEnvironmentName }: NewJob['input'],
  { jobId }: StartedJob,
): void {
  const place = { appId, ...(backendEnvironmentName !== undefined && { backendEnvironmentName }) };
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
