import type { Input, Output, RequestContext, Services } from './handler.ts';
import { getAuth } from './lookUp.ts';
import { startJob } from './startJob.ts';

/** Deletes the authentication resource of an environment. */
export async function DeleteBackendAuth(
  input: Input<'DeleteBackendAuth'>,
  { jobs }: Services,
  request?: RequestContext,
): Promise<Output<'DeleteBackendAuth'>> {
  const { appId, backendEnvironmentName: environment, resourceName } = input;
  return startJob('DeleteBackendAuth', input, jobs, request, async (db) => {
    await getAuth(db, appId, environment, resourceName);
    return [{ kind: 'remove-auth', appId, environment }];
  });
}
