import { checkName } from '../auth/names.ts';
import { badRequest } from '../exceptions.ts';
import { findApp, hasEnvironment } from '../store/backends.ts';
import type { Input, Output, Services } from './handler.ts';

/** Creates a backend environment, and its app where that is new. */
export async function CreateBackend(
  input: Input<'CreateBackend'>,
  { jobs }: Services,
): Promise<Output<'CreateBackend'>> {
  const { appId, appName, backendEnvironmentName: environment } = input;
  checkName('/body/appId', appId);
  checkName('/body/backendEnvironmentName', environment);
  return jobs.start({ appId, environment, operation: 'CreateBackend' }, async (db) => {
    if (await hasEnvironment(db, appId, environment)) {
      throw badRequest(`BackendEnvironment ${environment} of App ${appId} exists already.`);
    }
    const app = (await findApp(db, appId)) ?? { appId, appName };
    return [{ kind: 'put-environment', app, environment }];
  });
}
