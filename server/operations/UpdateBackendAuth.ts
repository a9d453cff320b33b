import { getAuth } from '../auth/lookUp.ts';
import { mergeUpdate } from '../auth/mergeUpdate.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { startJob } from './startJob.ts';

/** Changes the authentication resource of an environment. */
export async function UpdateBackendAuth(
  input: Input<'UpdateBackendAuth'>,
  services: Services,
  request?: RequestContext,
): Promise<Output<'UpdateBackendAuth'>> {
  const { appId, backendEnvironmentName: environment, resourceName, resourceConfig } = input;
  const started = await startJob({ operation: 'UpdateBackendAuth', input }, services, request, async (db) => {
    const auth = await getAuth(db, appId, environment, resourceName);
    const { config, named } = mergeUpdate(auth, resourceConfig, services.secrets);
    const sealed = services.secrets.sealConfig(config);
    return [{ kind: 'put-auth', appId, environment, resourceName, config: sealed, named }];
  });
  return { appId, backendEnvironmentName: environment, ...started };
}
