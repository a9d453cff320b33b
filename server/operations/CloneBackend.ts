import { findAuth, hasEnvironment } from '../auth/backends.ts';
import type { AuthConfig } from '../auth/config.ts';
import { getApp, getEnvironment } from '../auth/lookUp.ts';
import { checkName } from '../auth/names.ts';
import type { Change } from '../changes/change.ts';
import { badRequest } from '../exceptions.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { startJob } from './startJob.ts';

/** Copies an environment with its authentication; what is made for the copy is its own. */
export async function CloneBackend(
  input: Input<'CloneBackend'>,
  services: Services,
  request?: RequestContext,
): Promise<Output<'CloneBackend'>> {
  const { appId, backendEnvironmentName: source, targetEnvironmentName: target } = input;
  checkName('/body/targetEnvironmentName', target);
  if (target === source) throw badRequest(`/body/targetEnvironmentName must not be ${source}, which is to be copied`);
  const started = await startJob(
    { operation: 'CloneBackend', input, alsoHolds: [target] },
    services,
    request,
    async (db) => {
      await getEnvironment(db, appId, source);
      if (await hasEnvironment(db, appId, target)) {
        throw badRequest(`BackendEnvironment ${target} of App ${appId} exists already.`);
      }
      const changes: Change[] = [{ kind: 'put-environment', app: await getApp(db, appId), environment: target }];
      const auth = await findAuth(db, appId, source);
      if (auth !== undefined) {
        const { resourceName } = auth;
        const config = withOwnDomain(auth.config, target);
        changes.push({ kind: 'put-auth', appId, environment: target, resourceName, config });
      }
      return changes;
    },
  );
  return { appId, backendEnvironmentName: source, ...started };
}

const MAX_DOMAIN = 63;

/** A domain can't be had twice: as the Amplify CLI does it, the copy's has the name of its environment. */
function withOwnDomain(config: AuthConfig, environment: string): AuthConfig {
  const { oAuth } = config.userPoolConfigs;
  if (oAuth?.domainPrefix === undefined) return config;
  const suffix = environment
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 20);
  const domainPrefix = `${oAuth.domainPrefix.slice(0, MAX_DOMAIN - suffix.length - 1)}-${suffix || 'copy'}`;
  return { ...config, userPoolConfigs: { ...config.userPoolConfigs, oAuth: { ...oAuth, domainPrefix } } };
}
