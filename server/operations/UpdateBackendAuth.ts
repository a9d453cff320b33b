import { mergeConfig } from '../auth/merge.ts';
import { configViolations, providerViolations } from '../auth/rules.ts';
import { refuse } from '../exceptions.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { getAuth } from './lookUp.ts';
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
    const stored = services.secrets.openConfig(auth.config);
    const merged = mergeConfig(stored, resourceConfig, resourceName);
    refuse([...configViolations(resourceConfig), ...providerViolations(merged, stored)]);
    return [{ kind: 'put-auth', appId, environment, resourceName, config: services.secrets.sealConfig(merged) }];
  });
  return { appId, backendEnvironmentName: environment, ...started };
}
