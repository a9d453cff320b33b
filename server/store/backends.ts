import type { components } from '../../generated/schema.ts';
import type { Database } from './schema.ts';

export type AuthConfig = components['schemas']['CreateBackendAuthResourceConfig'];

/** What a provisioner made for an authentication resource: ids by name. */
export type Resources = Readonly<Record<string, string>>;

export interface App {
  readonly appId: string;
  readonly appName: string;
}

export interface AuthResource {
  readonly resourceName: string;
  readonly config: AuthConfig;
  readonly resources: Resources;
}

export async function findApp(db: Database, appId: string): Promise<App | undefined> {
  const row = await db.selectFrom('app').select('app_name').where('app_id', '=', appId).executeTakeFirst();
  return row && { appId, appName: row.app_name };
}

export async function hasEnvironment(db: Database, appId: string, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('backend_environment')
    .select('name')
    .where('app_id', '=', appId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row !== undefined;
}

export async function findAuth(db: Database, appId: string, environment: string): Promise<AuthResource | undefined> {
  const row = await db
    .selectFrom('auth_resource')
    .select(['resource_name', 'config', 'resources'])
    .where('app_id', '=', appId)
    .where('environment', '=', environment)
    .executeTakeFirst();
  return (
    row && { resourceName: row.resource_name, config: JSON.parse(row.config), resources: JSON.parse(row.resources) }
  );
}

/** The names of an app's environments, in the order they were created. */
export async function listEnvironments(db: Database, appId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('backend_environment')
    .select('name')
    .where('app_id', '=', appId)
    .orderBy('create_time')
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}

/** Adds the app and the environment where they are missing. */
export async function putEnvironment(db: Database, app: App, name: string, now: number): Promise<void> {
  await db
    .insertInto('app')
    .values({ app_id: app.appId, app_name: app.appName, create_time: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await db
    .insertInto('backend_environment')
    .values({ app_id: app.appId, name, create_time: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Stores the authentication resource of an environment, whether or not it has one. */
export async function putAuth(
  db: Database,
  place: { readonly appId: string; readonly environment: string },
  auth: AuthResource,
  now: number,
): Promise<void> {
  const values = {
    resource_name: auth.resourceName,
    config: JSON.stringify(auth.config),
    resources: JSON.stringify(auth.resources),
    update_time: now,
  };
  await db
    .insertInto('auth_resource')
    .values({ app_id: place.appId, environment: place.environment, ...values })
    .onConflict((conflict) => conflict.columns(['app_id', 'environment']).doUpdateSet(values))
    .execute();
}

export async function deleteAuth(db: Database, appId: string, environment: string): Promise<void> {
  await db.deleteFrom('auth_resource').where('app_id', '=', appId).where('environment', '=', environment).execute();
}

/** Deletes the environment with its authentication resource. */
export async function deleteEnvironment(db: Database, appId: string, name: string): Promise<void> {
  await deleteAuth(db, appId, name);
  await db.deleteFrom('backend_environment').where('app_id', '=', appId).where('name', '=', name).execute();
}

/** Deletes the app, unless it has got an environment since. */
export async function deleteAppIfEmpty(db: Database, appId: string): Promise<void> {
  if ((await listEnvironments(db, appId)).length > 0) return;
  await db.deleteFrom('app').where('app_id', '=', appId).execute();
}
