import { toColumn } from '../auth/backends.ts';
import type { AuthConfig } from '../auth/config.ts';
import type { Secrets } from '../auth/secrets.ts';
import type { Change } from '../changes/change.ts';
import { badRequest } from '../exceptions.ts';
import { WHOLE_APP } from '../jobs/job.ts';
import type { Resources } from '../provisioners/provisioner.ts';
import { isKnownMigration } from '../store/migrate.ts';
import { typedResources } from '../store/migrations/003-resources.ts';
import { type Insert, type Row, thereSince } from '../store/state.ts';
import type { Database } from '../store/store.ts';
import { SealedPart } from './sealedPart.ts';
import { Opening } from './sealing.ts';
import { canonical, LISTS, mapConfigs, type StateFile, type StateJob, VERSIONS } from './stateFile.ts';

/** A file as it was sent: its lists can be read several times, some items at a time. */
export interface SentState {
  /** The file with its lists empty. */
  readonly head: StateFile;
  readonly items: <List extends (typeof LISTS)[number]>(list: List) => AsyncIterable<StateFile[List]>;
}

/** Writes the rows of a file, its secrets sealed as this server's are. Answers how many jobs there are. */
export type Fill = (insert: Insert, db: Database) => Promise<number>;

/** Prepares the rows of a file. Throws a `BadRequestException` that says what is wrong, before anything is written. */
export async function rowsFrom(file: SentState, secrets: Secrets, passphrase: string | undefined): Promise<Fill> {
  const { formatVersion, migration } = file.head;
  if (!VERSIONS.includes(formatVersion)) {
    const known = VERSIONS.join(' and ');
    throw badRequest(`The state has version ${formatVersion} of the form; this server reads ${known}.`);
  }
  if (!isKnownMigration(migration)) {
    throw badRequest(`The state was saved by a newer version of the server (its migration is not known here).`);
  }
  const sealed = await openSealed(file, passphrase);
  return (insert, db) => fill(file, new Revealed(secrets, sealed && new SealedPart(sealed)), insert, db);
}

async function fill({ items }: SentState, revealed: Revealed, insert: Insert, db: Database): Promise<number> {
  for await (const apps of items('apps')) {
    await insert(
      'app',
      apps.map((app) => ({ app_id: app.appId, app_name: app.appName, create_time: app.createTime })),
    );
  }
  for await (const environments of items('environments')) {
    await insert(
      'backend_environment',
      environments.map(({ appId, backendEnvironmentName, createTime }) => ({
        app_id: appId,
        name: backendEnvironmentName,
        create_time: createTime,
      })),
    );
  }
  for await (const auths of items('authResources')) {
    await insert(
      'auth_resource',
      auths.map((auth) => authRow(auth, revealed)),
    );
  }
  let count = 0;
  for await (const jobs of items('jobs')) {
    count += jobs.length;
    await insert(
      'job',
      jobs.map((job) => jobRow(job, mapConfigs(job.changes, revealed.withSecrets))),
    );
    await insert('hold', jobs.filter(({ status }) => status === 'RUNNING').flatMap(holdRows));
    for (const job of jobs.filter(isOfWholeApp)) await insert('job_listing', await listingRows(db, job));
  }
  return count;
}

/** Puts back what the encrypted part has, in the order in which it was taken out. */
class Revealed {
  readonly #secrets: Secrets;
  readonly #sealed: SealedPart | undefined;

  constructor(secrets: Secrets, sealed: SealedPart | undefined) {
    this.#secrets = secrets;
    this.#sealed = sealed;
  }

  readonly withSecrets = (config: AuthConfig): AuthConfig => {
    const { oAuth } = config.userPoolConfigs;
    if (oAuth?.socialProviderSettings === undefined) return config;
    const socialProviderSettings = this.#sealed?.nextProviders() ?? oAuth.socialProviderSettings;
    const whole = {
      ...config,
      userPoolConfigs: { ...config.userPoolConfigs, oAuth: { ...oAuth, socialProviderSettings } },
    };
    return this.#secrets.sealConfig(whole);
  };

  notes(): string[] {
    return this.#sealed?.nextNotes()?.map((note) => this.#secrets.seal(note)) ?? [];
  }
}

function authRow(auth: StateFile['authResources'][number], revealed: Revealed): Row<'auth_resource'> {
  const { withSecrets } = revealed;
  const config = JSON.stringify(withSecrets(auth.resourceConfig));
  const { unfinished } = auth;
  return {
    app_id: auth.appId,
    environment: auth.backendEnvironmentName,
    resource_name: auth.resourceName,
    config,
    resources: toColumn({
      resources: typedResources(auth.resources) as unknown as Resources,
      unfinished: unfinished && {
        intended: withSecrets(unfinished.intended),
        attempted: unfinished.attempted.map(withSecrets),
        left: revealed.notes(),
      },
    }),
    update_time: auth.updateTime,
  };
}

const isOfWholeApp = ({ environments, changes }: StateJob): boolean =>
  environments.filter(({ listed }) => listed).length !== 1 ||
  changes.some(({ kind }) => kind === 'remove-environments');

/** The names of what it holds, its own environment first. */
const heldBy = (job: StateJob): string[] =>
  isOfWholeApp(job)
    ? [WHOLE_APP]
    : job.environments.toSorted((one, other) => Number(other.listed) - Number(one.listed)).map(({ name }) => name);

const holdRows = (job: StateJob): Row<'hold'>[] =>
  heldBy(job).map((environment) => ({ app_id: job.appId, environment, job_id: job.jobId }));

/** It is found under what it has removed by these, and under what is there still because that is there. */
async function listingRows(db: Database, job: StateJob): Promise<Row<'job_listing'>[]> {
  const names = job.environments.map(({ name }) => name);
  const left = await thereSince(db, job.appId, job.createTime, names);
  return names.filter((name) => !left.has(name)).map((environment) => ({ job_id: job.jobId, environment }));
}

function jobRow(job: StateJob, changes: readonly Change[]): Row<'job'> {
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

async function openSealed({ head, items }: SentState, passphrase: string | undefined): Promise<Buffer | undefined> {
  const { secrets, ...rest } = head;
  if (secrets === undefined) return undefined;
  if (passphrase === undefined) throw badRequest('The state has encrypted secrets: it needs its passphrase.');
  const opening = await Opening.begin(passphrase, secrets);
  if (opening !== undefined) {
    let before = '{';
    for (const [name, value] of Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))) {
      opening.beside(`${before}${JSON.stringify(name)}:`);
      before = ',';
      const list = LISTS.find((one) => one === name);
      if (list === undefined) opening.beside(canonical(value));
      else await besides(opening, items(list));
    }
    opening.beside('}');
  }
  const text = opening?.open();
  if (text === undefined) {
    throw badRequest('The passphrase is not the one of this state, or the state was changed since it was saved.');
  }
  return text;
}

async function besides(opening: Opening, items: AsyncIterable<readonly unknown[]>): Promise<void> {
  let before = '[';
  for await (const some of items) {
    opening.beside(before + some.map(canonical).join(','));
    before = ',';
  }
  opening.beside(before === '[' ? '[]' : ']');
}
