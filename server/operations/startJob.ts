import type { OperationId } from '../../generated/operations.ts';
import type { Change } from '../changes/change.ts';
import type { StartedJob } from '../jobs/jobs.ts';
import { callerOf, retryKey } from '../protocol.ts';
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
