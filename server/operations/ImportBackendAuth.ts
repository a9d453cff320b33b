import { createHash } from 'node:crypto';
import { getEnvironmentWithoutAuth } from '../auth/lookUp.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { startJob } from './startJob.ts';

/** Takes over an existing user pool as the authentication resource of an environment that has none. */
export async function ImportBackendAuth(
  input: Input<'ImportBackendAuth'>,
  services: Services,
  request?: RequestContext,
): Promise<Output<'ImportBackendAuth'>> {
  const { appId, backendEnvironmentName: environment, userPoolId, webClientId, nativeClientId, identityPoolId } = input;
  const ids = { userPoolId, webClientId, nativeClientId, ...(identityPoolId !== undefined && { identityPoolId }) };
  const started = await startJob({ operation: 'ImportBackendAuth', input }, services, request, async (db) => {
    await getEnvironmentWithoutAuth(db, appId, environment);
    return [{ kind: 'adopt-auth', appId, environment, resourceName: nameOf(userPoolId), ids }];
  });
  return { appId, backendEnvironmentName: environment, ...started };
}

/** The request has no name for the resource; the same pool always gets the same one. */
const nameOf = (userPoolId: string): string =>
  `auth${createHash('sha256').update(userPoolId).digest('hex').slice(0, 8)}`;
