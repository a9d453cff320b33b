import type { OperationId } from '../../generated/operations.ts';
import type { Change } from '../changes/change.ts';
import type { StartedJob } from '../jobs/jobs.ts';
import { retryKey } from '../protocol.ts';
import type { Database } from '../store/store.ts';
import type { RequestContext, Services } from './handler.ts';

interface NewJob {
  readonly operation: OperationId;
  /** Names the environment that the job holds until its end. Without one, the job holds the whole app. */
  readonly input: { readonly appId: string; readonly backendEnvironmentName?: string };
  /** Further environments that the job holds. */
  readonly alsoHolds?: readonly string[];
  /** Whether the job may need something outside of this server. @default true */
  readonly outside?: boolean;
}

/** Starts a job that makes the changes which `plan` returns. */
export async function startJob(
  { operation, input, alsoHolds = [], outside = true }: NewJob,
  { jobs }: Services,
  context: RequestContext | undefined,
  plan: (db: Database) => Promise<readonly Change[]>,
): Promise<StartedJob & { readonly operation: string }> {
  const { appId, backendEnvironmentName: environment } = input;
  const request = { appId, environment, alsoHolds, operation, outside, retryKey: retryKey(operation, input, context) };
  return { operation, ...(await jobs.start(request, plan)) };
}
