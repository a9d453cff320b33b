import { findApp, hasEnvironment } from '../auth/backends.ts';
import { checkName } from '../auth/names.ts';
import { badRequest } from '../exceptions.ts';
import type { Input, Output, RequestContext, Services } from './handler.ts';
import { startJob } from './startJob.ts';

/** Creates a backend environment, and its app where that is new. */
export async function CreateBackend(
  input: Input<'CreateBackend'>,
  services: Services,
  request?: RequestContext,
): Promise<Output<'CreateBackend'>> {
  const { appId, appName, backendEnvironmentName: environment } = input;
  checkName('/body/appId', appId);
  checkName('/body/backendEnvironmentName', environment);
  const started = await startJob(
    { operation: 'CreateBackend', input, outside: false },
    services,
    request,
    async (db) => {
      if (await hasEnvironment(db, appId, environment)) {
        throw badRequest(`BackendEnvironment ${environment} of App ${appId} exists already.`);
      }
      const app = (await findApp(db, appId)) ?? { appId, appName };
      return [{ kind: 'put-environment', app, environment }];
    },
  );
  return { appId, backendEnvironmentName: environment, ...started };
}
