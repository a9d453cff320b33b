import { getEnvironment } from '../auth/lookUp.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { startJob } from './startJob.ts';

/** Deletes an environment with its authentication. */
export async function DeleteBackend(
  input: Input<'DeleteBackend'>,
  services: Services,
  request?: RequestContext,
): Promise<Output<'DeleteBackend'>> {
  const { appId, backendEnvironmentName: environment } = input;
  const started = await startJob({ operation: 'DeleteBackend', input }, services, request, async (db) => {
    await getEnvironment(db, appId, environment);
    return [{ kind: 'remove-environment', appId, environment }];
  });
  return { appId, backendEnvironmentName: environment, ...started };
}
