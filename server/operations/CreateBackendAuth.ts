import { completeConfig } from '../auth/merge.ts';
import { badRequest } from '../exceptions.ts';
import { findAuth } from '../store/backends.ts';
import type { Input, Output, Services } from './handler.ts';
import { getEnvironment } from './lookUp.ts';

/** Creates the authentication resource of an environment that has none. */
export async function CreateBackendAuth(
  input: Input<'CreateBackendAuth'>,
  { jobs }: Services,
): Promise<Output<'CreateBackendAuth'>> {
  const { appId, backendEnvironmentName: environment, resourceName, resourceConfig } = input;
  if (resourceName === '') throw badRequest('/body/resourceName must not be empty');
  return jobs.start({ appId, environment, operation: 'CreateBackendAuth' }, async (db) => {
    await getEnvironment(db, appId, environment);
    const existing = await findAuth(db, appId, environment);
    if (existing !== undefined) {
      throw badRequest(
        `BackendEnvironment ${environment} has an authentication resource already: ${existing.resourceName}. Update that one.`,
      );
    }
    const config = completeConfig(resourceConfig, resourceName);
    return [{ kind: 'put-auth', appId, environment, resourceName, config }];
  });
}
