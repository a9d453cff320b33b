import { getAuth } from '../auth/lookUp.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { startJob } from './startJob.ts';

/** Deletes the authentication resource of an environment. */
export async function DeleteBackendAuth(
  input: Input<'DeleteBackendAuth'>,
  services: Services,
  request?: RequestContext,
): Promise<Output<'DeleteBackendAuth'>> {
  const { appId, backendEnvironmentName: environment, resourceName } = input;
  const started = await startJob({ operation: 'DeleteBackendAuth', input }, services, request, async (db) => {
    await getAuth(db, appId, environment, resourceName);
    return [{ kind: 'remove-auth', appId, environment }];
  });
  return { appId, backendEnvironmentName: environment, ...started };
}
