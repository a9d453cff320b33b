import { notFound } from '../exceptions.ts';
import { type AuthResource, findApp, findAuth, hasEnvironment } from '../store/backends.ts';
import type { Database } from '../store/store.ts';

/** Throws a 404 that names what is missing: the app, or its environment. */
export async function getEnvironment(db: Database, appId: string, environment: string): Promise<void> {
  if (await hasEnvironment(db, appId, environment)) return;
  if ((await findApp(db, appId)) === undefined) throw notFound('App', appId);
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
