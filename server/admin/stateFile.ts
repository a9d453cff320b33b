import type { components } from '../../generated/admin/schema.ts';
import { resourcesFrom, toColumn, type Unfinished } from '../auth/backends.ts';
import type { AuthConfig } from '../auth/config.ts';
import { mapSecrets } from '../auth/providerSecrets.ts';
import type { Secrets } from '../auth/secrets.ts';
import type { Change } from '../changes/change.ts';
import { badRequest } from '../exceptions.ts';
import { holdsOf } from '../jobs/end.ts';
import { WHOLE_APP } from '../jobs/job.ts';
import type { Resources } from '../provisioners/provisioner.ts';
import { isKnownMigration, LAST_MIGRATION } from '../store/migrate.ts';
import { typedResources } from '../store/migrations/003-resources.ts';
import type { State } from '../store/state.ts';
import { openWith, sealWith } from './sealing.ts';

export type StateFile = components['schemas']['StateFile'];
type Providers = NonNullable<NonNullable<AuthConfig['userPoolConfigs']['oAuth']>['socialProviderSettings']>;

const FORMAT = 'amplify-backend-auth-state';
const VERSION = 2;
/** Those that can be read. The first has no notes. */
const VERSIONS = [1, VERSION];

/** The encrypted part, in the order of the configurations, or resources, that have any of it. */
interface Sealed {
  readonly providers: Providers[];
  /** For each resource with an unfinished update, the provisioner's notes of what is to be put back. */
  readonly notes: string[][];
}

/** The state as a file. Without a passphrase the secrets of social providers are left out of it. */
export async function toFile(
  state: State,
  secrets: Secrets,
  passphrase: string | undefined,
  now: number,
): Promise<StateFile> {
  // Where a configuration has secrets, its providers' whole settings go to the encrypted part too, in their order here.
  const providers: Providers[] = [];
  const notes = state.auth_resource.flatMap(({ resources }) => {
    const { unfinished } = resourcesFrom(resources);
    return unfinished === undefined ? [] : [unfinished.left.map((note) => secrets.open(note))];
  });
  const withoutSecrets = (config: AuthConfig): AuthConfig => {
    const settings = config.userPoolConfigs.oAuth?.socialProviderSettings;
    if (settings === undefined) return config;
    if (passphrase !== undefined) {
      providers.push(secrets.openConfig(config).userPoolConfigs.oAuth?.socialProviderSettings ?? {});
    }
    return mapSecrets(config, () => undefined);
  };
  const file: StateFile = {
    format: FORMAT,
    formatVersion: VERSION,
    migration: LAST_MIGRATION,
    exportTime: now,
    apps: state.app.map((row) => ({ appId: row.app_id, appName: row.app_name, createTime: row.create_time })),
    environments: state.backend_environment.map((row) => ({
      appId: row.app_id,
      backendEnvironmentName: row.name,
      createTime: row.create_time,
    })),
    authResources: state.auth_resource.map((row) => authOf(row, withoutSecrets)),
    jobs: jobsOf(state, withoutSecrets),
  };
  if (passphrase === undefined) return file;
  return {
    ...file,
    secrets: await sealWith(passphrase, JSON.stringify({ providers, notes } satisfies Sealed), canonical(file)),
  };
}

type MapConfig = (config: AuthConfig) => AuthConfig;

/** Without the notes of what is to be put back: they hold secrets throughout, and go to the encrypted part. */
function authOf(row: State['auth_resource'][number], map: MapConfig): StateFile['authResources'][number] {
  const { resources, unfinished } = resourcesFrom(row.resources);
  return {
    appId: row.app_id,
    backendEnvironmentName: row.environment,
    resourceName: row.resource_name,
    resourceConfig: map(JSON.parse(row.config)),
    resources: { ...resources },
    ...(unfinished && { unfinished: mapUnfinished(unfinished, map) }),
    updateTime: row.update_time,
  };
}

const mapUnfinished = (
  { intended, attempted }: Pick<Unfinished, 'intended' | 'attempted'>,
  map: MapConfig,
): Pick<Unfinished, 'intended'> & { attempted: AuthConfig[] } => ({
  intended: map(intended),
  attempted: attempted.map(map),
});

function authRow(
  auth: StateFile['authResources'][number],
  map: MapConfig,
  notes: () => string[],
): State['auth_resource'][number] {
  const config = JSON.stringify(map(auth.resourceConfig));
  const { unfinished } = auth;
  return {
    app_id: auth.appId,
    environment: auth.backendEnvironmentName,
    resource_name: auth.resourceName,
    config,
    resources: toColumn({
      resources: typedResources(auth.resources) as unknown as Resources,
      unfinished: unfinished && { ...mapUnfinished(unfinished, map), left: notes() },
    }),
    update_time: auth.updateTime,
  };
}

function jobsOf(state: State, withoutSecrets: MapConfig): StateFile['jobs'] {
  const listed = Map.groupBy(state.job_listing, ({ job_id }) => job_id);
  const existing = Map.groupBy(state.backend_environment, ({ app_id }) => app_id);
  const environmentsOf = (row: State['job'][number]) => {
    if (row.environment !== WHOLE_APP) {
      const [own = '', ...others] = holdsOf(row);
      return [{ name: own, listed: true }, ...others.map((name) => ({ name, listed: false }))];
    }
    // It is found under what it has removed, and under what is there still.
    const left = (existing.get(row.app_id) ?? []).filter(({ create_time }) => create_time <= row.create_time);
    const names = [
      ...(listed.get(row.id) ?? []).map(({ environment }) => environment),
      ...(row.status === 'COMPLETED' ? [] : left.map(({ name }) => name)),
    ];
    return [...new Set(names)].map((name) => ({ name, listed: true }));
  };
  return state.job.map((row) => ({
    jobId: row.id,
    appId: row.app_id,
    operation: row.operation,
    status: row.status,
    ...(row.error !== null && { error: row.error }),
    createTime: row.create_time,
    updateTime: row.update_time,
    runTime: row.run_time,
    leasesLost: row.leases_lost,
    ...(row.retry_key !== null && { retryKey: row.retry_key }),
    environments: environmentsOf(row),
    changes: mapConfigs(JSON.parse(row.work), withoutSecrets),
  }));
}

/** The rows of a file, its secrets sealed as this server's are. Throws a `BadRequestException` that says what is wrong. */
export async function fromFile(file: StateFile, secrets: Secrets, passphrase: string | undefined): Promise<State> {
  if (!VERSIONS.includes(file.formatVersion)) {
    const known = VERSIONS.join(' and ');
    throw badRequest(`The state has version ${file.formatVersion} of the form; this server reads ${known}.`);
  }
  if (!isKnownMigration(file.migration)) {
    throw badRequest(`The state was saved by a newer version of the server (its migration is not known here).`);
  }
  const sealed = await openSealed(file, passphrase);
  const notes = () => sealed?.notes.shift()?.map((note) => secrets.seal(note)) ?? [];
  const withSecrets = (config: AuthConfig): AuthConfig => {
    const { oAuth } = config.userPoolConfigs;
    if (oAuth?.socialProviderSettings === undefined) return config;
    const socialProviderSettings = sealed?.providers.shift() ?? oAuth.socialProviderSettings;
    const whole = {
      ...config,
      userPoolConfigs: { ...config.userPoolConfigs, oAuth: { ...oAuth, socialProviderSettings } },
    };
    return secrets.sealConfig(whole);
  };
  return {
    app: file.apps.map((app) => ({ app_id: app.appId, app_name: app.appName, create_time: app.createTime })),
    backend_environment: file.environments.map((environment) => ({
      app_id: environment.appId,
      name: environment.backendEnvironmentName,
      create_time: environment.createTime,
    })),
    auth_resource: file.authResources.map((auth) => authRow(auth, withSecrets, notes)),
    job: file.jobs.map((job) => jobRow(job, mapConfigs(job.changes, withSecrets))),
    hold: file.jobs.filter(({ status }) => status === 'RUNNING').flatMap(holdRows),
    job_listing: file.jobs.filter(isOfWholeApp).flatMap((job) => listingRows(job, file.environments)),
  };
}

type StateJob = StateFile['jobs'][number];

const isOfWholeApp = ({ environments, changes }: StateJob): boolean =>
  environments.filter(({ listed }) => listed).length !== 1 ||
  changes.some(({ kind }) => kind === 'remove-environments');

/** The names of what it holds, its own environment first. */
const heldBy = (job: StateJob): string[] =>
  isOfWholeApp(job)
    ? [WHOLE_APP]
    : job.environments.toSorted((one, other) => Number(other.listed) - Number(one.listed)).map(({ name }) => name);

const holdRows = (job: StateJob): State['hold'] =>
  heldBy(job).map((environment) => ({ app_id: job.appId, environment, job_id: job.jobId }));

/** It is found under what it has removed by these, and under what is there still because that is there. */
function listingRows(job: StateJob, existing: StateFile['environments']): State['job_listing'] {
  const left = existing.filter(({ appId, createTime }) => appId === job.appId && createTime <= job.createTime);
  const names = new Set(left.map(({ backendEnvironmentName }) => backendEnvironmentName));
  return job.environments
    .filter(({ name }) => !names.has(name))
    .map(({ name }) => ({ job_id: job.jobId, environment: name }));
}

function jobRow(job: StateJob, changes: readonly Change[]): State['job'][number] {
  const [environment = WHOLE_APP, ...others] = heldBy(job);
  return {
    id: job.jobId,
    app_id: job.appId,
    environment,
    operation: job.operation,
    status: job.status,
    error: job.error ?? null,
    create_time: job.createTime,
    update_time: job.updateTime,
    work: JSON.stringify(job.status === 'RUNNING' ? changes : []),
    also_holds: others.length === 0 ? null : JSON.stringify(others),
    outside: job.operation === 'CreateBackend' ? 0 : 1,
    run_time: job.runTime,
    // No worker has it: one that had it may not come back, and would find it taken over.
    claimed_by: null,
    lease_until: null,
    leases_lost: job.leasesLost,
    retry_key: job.retryKey ?? null,
  };
}

async function openSealed(file: StateFile, passphrase: string | undefined): Promise<Sealed | undefined> {
  const { secrets, ...rest } = file;
  if (secrets === undefined) return undefined;
  if (passphrase === undefined) throw badRequest('The state has encrypted secrets: it needs its passphrase.');
  const text = await openWith(passphrase, secrets, canonical(rest));
  if (text === undefined) {
    throw badRequest('The passphrase is not the one of this state, or the state was changed since it was saved.');
  }
  const sealed: Sealed | Providers[] = JSON.parse(text);
  return Array.isArray(sealed) ? { providers: sealed, notes: [] } : sealed;
}

const mapConfigs = (changes: readonly Change[], map: MapConfig): Change[] =>
  changes.map((change) => (change.kind === 'put-auth' ? { ...change, config: map(change.config) } : change));

/** JSON that is the same for the same content: tools that sort members or indent change nothing that counts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
