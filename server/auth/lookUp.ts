import { badRequest, notFound } from '../exceptions.ts';
import type { Database } from '../store/store.ts';
import { type App, type AuthResource, findApp, findAuth, hasEnvironment } from './backends.ts';

export async function getApp(db: Database, appId: string): Promise<App> {
  const app = await findApp(db, appId);
  if (app === undefined) throw notFound('App', appId);
  return app;
}

/** Throws a 404 that names what is missing: the app, or its environment. */
export async function getEnvironment(db: Database, appId: string, environment: string): Promise<void> {
  if (await hasEnvironment(db, appId, environment)) return;
  await getApp(db, appId);
  throw notFound('BackendEnvironment', environment);
}

/** The authentication resource of this name, or a 404 that names what is missing. */
export async function getAuth(
  db: Database,
  appId: string,
  environment: string,
  resourceName: string,
): Promise<AuthResource> {
  const auth = await findAuth(db, appId, environment);
  if (auth?.resourceName === resourceName) return auth;
  await getEnvironment(db, appId, environment);
  throw notFound('Auth', resourceName);
}

/** Refuses an environment that has an authentication resource: it can have only one. */
export async function getEnvironmentWithoutAuth(db: Database, appId: string, environment: string): Promise<void> {
  await getEnvironment(db, appId, environment);
  const existing = await findAuth(db, appId, environment);
  if (existing === undefined) return;
  throw badRequest(
    `BackendEnvironment ${environment} has an authentication resource already: ${existing.resourceName}. ` +
      'Update or delete that one.',
  );
}
