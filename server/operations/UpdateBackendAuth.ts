import { mergeConfig } from '../auth/merge.ts';
import { configViolations, providerViolations } from '../auth/rules.ts';
import { refuse } from '../exceptions.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { getAuth } from './lookUp.ts';
import { startJob } from './startJob.ts';

/** Changes the authentication resource of an environment. */
export async function UpdateBackendAuth(
  input: Input<'UpdateBackendAuth'>,
  { jobs, secrets }: Services,
  request?: RequestContext,
): Promise<Output<'UpdateBackendAuth'>> {
  const { appId, backendEnvironmentName: environment, resourceName, resourceConfig } = input;
  return startJob('UpdateBackendAuth', input, jobs, request, async (db) => {
    const auth = await getAuth(db, appId, environment, resourceName);
    const stored = secrets.openConfig(auth.config);
    const merged = mergeConfig(stored, resourceConfig, resourceName);
    refuse([...configViolations(resourceConfig), ...providerViolations(merged, stored)]);
    return [{ kind: 'put-auth', appId, environment, resourceName, config: secrets.sealConfig(merged) }];
  });
}
