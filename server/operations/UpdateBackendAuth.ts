import { mergeConfig } from '../auth/merge.ts';
import type { Input, Output, Services } from './handler.ts';
import { getAuth } from './lookUp.ts';

/** Changes the authentication resource of an environment. */
export async function UpdateBackendAuth(
  input: Input<'UpdateBackendAuth'>,
  { jobs }: Services,
): Promise<Output<'UpdateBackendAuth'>> {
  const { appId, backendEnvironmentName: environment, resourceName, resourceConfig } = input;
  return jobs.start({ appId, environment, operation: 'UpdateBackendAuth' }, async (db) => {
    const stored = await getAuth(db, appId, environment, resourceName);
    const config = mergeConfig(stored.config, resourceConfig, resourceName);
    return [{ kind: 'put-auth', appId, environment, resourceName, config }];
  });
}
