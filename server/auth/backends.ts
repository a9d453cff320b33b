import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Resources } from '../provisioners/provisioner.ts';
import { Statement } from '../store/statement.ts';
import type { Database } from '../store/store.ts';
import type { AuthConfig } from './config.ts';

export interface App {
  readonly appId: string;
  readonly appName: string;
}

export interface AuthResource {
  readonly resourceName: string;
  readonly config: AuthConfig;
  readonly resources: Resources;
  readonly unfinished?: Unfinished | undefined;
}

/**
 * The state left by an update that failed and could not be undone. The stored configuration is then what is true now. The next
 * update starts from `intended`, and puts back first what was left.
 */
export interface Unfinished {
  readonly intended: AuthConfig;
  /** The configurations those updates aimed for. Anything that can't be put back may match any of them. */
  readonly attempted: readonly AuthConfig[];
  /** The notes of the provisioner for `putBack`, sealed, one for each such update. A saved state has them in its encrypted part. */
  readonly left: readonly string[];
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
  return row && authFrom(row);
}

const authFrom = (row: { resource_name: string; config: string; resources: string }): AuthResource => ({
  resourceName: row.resource_name,
  config: JSON.parse(row.config),
  ...resourcesFrom(row.resources),
});

/** The column `resources`: what is unfinished is a part of it. */
export function resourcesFrom(column: string): Pick<AuthResource, 'resources' | 'unfinished'> {
  const { intended, attempted = [], left = [], ...resources }: Resources & Partial<Unfinished> = JSON.parse(column);
  return { resources, ...(intended && { unfinished: { intended, attempted, left } }) };
}

export const toColumn = ({ resources, unfinished }: Pick<AuthResource, 'resources' | 'unfinished'>): string =>
  JSON.stringify({ ...resources, ...unfinished });

/** An environment by its place in the order of their creation. */
export interface EnvironmentPosition {
  readonly name: string;
  readonly createTime: number;
}

const firstEnvironments = new Statement((db, { appId, limit }: { appId: string; limit: number }) =>
  db
    .selectFrom('backend_environment')
    .select(['name', 'create_time'])
    .where('app_id', '=', appId)
    .orderBy('create_time')
    .orderBy('name')
    .limit(limit),
);

const laterEnvironments = new Statement(
  (db, { appId, limit, time, name }: { appId: string; limit: number; time: number; name: string }) =>
    db
      .selectFrom('backend_environment')
      .select(['name', 'create_time'])
      .where('app_id', '=', appId)
      .where(({ eb, refTuple, tuple }) => eb(refTuple('create_time', 'name'), '>', tuple(time, name)))
      .orderBy('create_time')
      .orderBy('name')
      .limit(limit),
);

/** Up to `limit` of an app's environments after the given one, in the order they were created. */
export async function nextEnvironments(
  db: Database,
  appId: string,
  after: EnvironmentPosition | undefined,
  limit: number,
): Promise<EnvironmentPosition[]> {
  const rows =
    after === undefined
      ? await firstEnvironments.all(db, { appId, limit })
      : await laterEnvironments.all(db, { appId, limit, time: after.createTime, name: after.name });
  return rows.map((row) => ({ name: row.name, createTime: Number(row.create_time) }));
}

const PAGE = 1_000;

/** The names of all of an app's environments, in the order they were created. Others run between one page and the next. */
export async function listEnvironments(db: Database, appId: string): Promise<string[]> {
  const names: string[] = [];
  for (let after: EnvironmentPosition | undefined; ; ) {
    const page = await nextEnvironments(db, appId, after, PAGE);
    for (const { name } of page) names.push(name);
    after = page.at(-1);
    if (page.length < PAGE) return names;
    await nextTurn();
  }
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
  { resourceName, config, ...outside }: AuthResource,
  now: number,
): Promise<void> {
  await authStored.run(db, {
    appId,
    environment,
    resourceName,
    config: JSON.stringify(config),
    resources: toColumn(outside),
    now,
  });
}

const authDeleted = new Statement((db, { appId, environment }: Key) =>
  db.deleteFrom('auth_resource').where('app_id', '=', appId).where('environment', '=', environment),
);

export async function deleteAuth(db: Database, appId: string, environment: string): Promise<void> {
  await authDeleted.run(db, { appId, environment });
}

interface Several {
  readonly appId: string;
  /** A JSON array. */
  readonly names: string;
}

const authsOf = new Statement((db, { appId, names }: Several, { strings }) =>
  db
    .selectFrom('auth_resource')
    .select(['environment', 'resource_name', 'config', 'resources'])
    .where('app_id', '=', appId)
    .where('environment', 'in', strings(names)),
);

/** The authentication resources of those of the environments that have one, by environment. */
export async function findAuths(
  db: Database,
  appId: string,
  environments: readonly string[],
): Promise<ReadonlyMap<string, AuthResource>> {
  const rows = await authsOf.all(db, { appId, names: JSON.stringify(environments) });
  return new Map(rows.map((row) => [row.environment, authFrom(row)]));
}

const authsDeleted = new Statement((db, { appId, names }: Several, { strings }) =>
  db.deleteFrom('auth_resource').where('app_id', '=', appId).where('environment', 'in', strings(names)),
);
const environmentsDeleted = new Statement((db, { appId, names }: Several, { strings }) =>
  db.deleteFrom('backend_environment').where('app_id', '=', appId).where('name', 'in', strings(names)),
);

/** Deletes environments with their authentication resources. */
export async function deleteEnvironments(db: Database, appId: string, environments: readonly string[]): Promise<void> {
  const several = { appId, names: JSON.stringify(environments) };
  await authsDeleted.run(db, several);
  await environmentsDeleted.run(db, several);
}

/** Deletes the app, unless it has got an environment since. */
export async function deleteAppIfEmpty(db: Database, appId: string): Promise<void> {
  if ((await nextEnvironments(db, appId, undefined, 1)).length > 0) return;
  await db.deleteFrom('app').where('app_id', '=', appId).execute();
}
