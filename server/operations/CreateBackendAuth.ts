import { getEnvironmentWithoutAuth } from '../auth/lookUp.ts';
import { completeConfig } from '../auth/merge.ts';
import { configViolations, providerViolations, resourceNameViolations } from '../auth/rules.ts';
import { refuse } from '../exceptions.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { startJob } from './startJob.ts';

/** Creates the authentication resource of an environment that has none. */
export async function CreateBackendAuth(
  input: Input<'CreateBackendAuth'>,
  services: Services,
  request?: RequestContext,
): Promise<Output<'CreateBackendAuth'>> {
  const { appId, backendEnvironmentName: environment, resourceName, resourceConfig } = input;
  const started = await startJob({ operation: 'CreateBackendAuth', input }, services, request, async (db) => {
    await getEnvironmentWithoutAuth(db, appId, environment);
    refuse([
      ...resourceNameViolations(resourceName),
      ...configViolations(resourceConfig),
      ...providerViolations(resourceConfig, undefined),
    ]);
    const config = services.secrets.sealConfig(completeConfig(resourceConfig, resourceName));
    return [{ kind: 'put-auth', appId, environment, resourceName, config }];
  });
  return { appId, backendEnvironmentName: environment, ...started };
}
