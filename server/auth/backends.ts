import type { AuthConfig, Resources } from '../provisioners/provisioner.ts';
import { Statement } from '../store/statement.ts';
import type { Database } from '../store/store.ts';

export interface App {
  readonly appId: string;
  readonly appName: string;
}

export interface AuthResource {
  readonly resourceName: string;
  readonly config: AuthConfig;
  readonly resources: Resources;
}

const appById = new Statement((db, { appId }: { appId: string }) =>
  db.selectFrom('app').select('app_name').where('app_id', '=', appId),
);

export async function findApp(db: Database, appId: string): Promise<App | undefined> {
  const row = await appById.first(db, { appId });
  return row && { appId, appName: row.app_name };
}

interface Key {
  readonly appId: string;
  readonly environment: string;
}

const environmentByName = new Statement((db, { appId, environment }: Key) =>
  db.selectFrom('backend_environment').select('name').where('app_id', '=', appId).where('name', '=', environment),
);

export async function hasEnvironment(db: Database, appId: string, environment: string): Promise<boolean> {
  return (await environmentByName.first(db, { appId, environment })) !== undefined;
}

const authOf = new Statement((db, { appId, environment }: Key) =>
  db
    .selectFrom('auth_resource')
    .select(['resource_name', 'config', 'resources'])
    .where('app_id', '=', appId)
    .where('environment', '=', environment),
);

export async function findAuth(db: Database, appId: string, environment: string): Promise<AuthResource | undefined> {
  const row = await authOf.first(db, { appId, environment });
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

interface AuthValues extends Key {
  readonly resourceName: string;
  readonly config: string;
  readonly resources: string;
  readonly now: number;
}

const authStored = new Statement((db, auth: AuthValues) => {
  const values = {
    resource_name: auth.resourceName,
    config: auth.config,
    resources: auth.resources,
    update_time: auth.now,
  };
  return db
    .insertInto('auth_resource')
    .values({ app_id: auth.appId, environment: auth.environment, ...values })
    .onConflict((conflict) => conflict.columns(['app_id', 'environment']).doUpdateSet(values));
});

/** Stores the authentication resource of an environment, whether or not it has one. */
export async function putAuth(
  db: Database,
  { appId, environment }: Key,
  { resourceName, config, resources }: AuthResource,
  now: number,
): Promise<void> {
  await authStored.run(db, {
    appId,
    environment,
    resourceName,
    config: JSON.stringify(config),
    resources: JSON.stringify(resources),
    now,
  });
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
