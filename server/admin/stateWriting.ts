import { resourcesFrom } from '../auth/backends.ts';
import type { AuthConfig } from '../auth/config.ts';
import { mapSecrets } from '../auth/providerSecrets.ts';
import type { Secrets } from '../auth/secrets.ts';
import { holdsOf } from '../jobs/end.ts';
import { WHOLE_APP } from '../jobs/job.ts';
import { LAST_MIGRATION } from '../store/migrate.ts';
import { environmentsSince, type Row, removedBy, rowsOf } from '../store/state.ts';
import type { Database } from '../store/store.ts';
import { Sealing } from './sealing.ts';
import { canonical, FORMAT, mapConfigs, SEALED, type StateFile, type StateJob, VERSION } from './stateFile.ts';

/** The lines that are encrypted in one go. */
const LINES = 200;

/**
 * The state as the text of a file, an item in each line. Without a passphrase the secrets of social providers are left out.
 * Its members are sorted, since the encrypted part is authenticated with all of them, in the order that is canonical.
 */
export async function* stateText(
  db: Database,
  secrets: Secrets,
  passphrase: string | undefined,
  now: number,
): AsyncGenerator<string, void> {
  const sealing = passphrase === undefined ? undefined : await Sealing.begin(passphrase);
  const hidden = new Hidden(secrets, sealing !== undefined);
  const said = (text: string): string => {
    sealing?.beside(text.replace('\n', ''));
    return text;
  };
  async function* list<Item>(items: AsyncIterable<readonly Item[]>): AsyncGenerator<string, void> {
    let before = '\n';
    for await (const some of items) {
      sealing?.beside(before.trim() + some.map(canonical).join());
      yield before + some.map((item) => JSON.stringify(item)).join(',\n');
      before = ',\n';
    }
  }
  yield said('{"apps":[');
  yield* list(appsIn(db));
  yield said('\n],"authResources":[');
  yield* list(authsIn(db, hidden));
  yield said('\n],"environments":[');
  yield* list(environmentsIn(db));
  yield said(`\n],"exportTime":${now},"format":${JSON.stringify(FORMAT)},"formatVersion":${VERSION},"jobs":[`);
  yield* list(jobsIn(db, hidden));
  yield said(`\n],"migration":${JSON.stringify(LAST_MIGRATION)}`);
  if (sealing !== undefined) {
    sealing.beside('}');
    yield `,"secrets":{"salt":"${sealing.salt}","sealed":"`;
    yield* sealing.seal(hidden.text());
    yield '"}';
  }
  yield '}\n';
}

/** Collects the secrets that are left out of the lists, as lines of the file's encrypted part. */
class Hidden {
  readonly #secrets: Secrets;
  readonly #isKept: boolean;
  readonly #providers: string[] = [];
  readonly #notes: string[] = [];

  constructor(secrets: Secrets, isKept: boolean) {
    this.#secrets = secrets;
    this.#isKept = isKept;
  }

  /** Where a configuration has secrets, its providers' whole settings go to the encrypted part, too. */
  readonly withoutSecrets = (config: AuthConfig): AuthConfig => {
    if (config.userPoolConfigs.oAuth?.socialProviderSettings === undefined) return config;
    if (this.#isKept) {
      const { oAuth } = this.#secrets.openConfig(config).userPoolConfigs;
      this.#providers.push(JSON.stringify(oAuth?.socialProviderSettings ?? {}));
    }
    return mapSecrets(config, () => undefined);
  };

  addNotes(sealed: readonly string[]): void {
    if (this.#isKept) this.#notes.push(JSON.stringify(sealed.map((note) => this.#secrets.open(note))));
  }

  *text(): Generator<string, void> {
    yield SEALED.providers;
    yield* inLines(this.#providers);
    yield `\n${SEALED.notes}`;
    yield* inLines(this.#notes);
    yield `\n${SEALED.end}`;
  }
}

function* inLines(values: readonly string[]): Generator<string, void> {
  for (let start = 0; start < values.length; start += LINES) {
    yield `${start === 0 ? '' : ','}\n${values.slice(start, start + LINES).join(',\n')}`;
  }
}

async function* appsIn(db: Database): AsyncGenerator<StateFile['apps'], void> {
  for await (const rows of rowsOf(db, 'app')) {
    yield rows.map((row) => ({ appId: row.app_id, appName: row.app_name, createTime: row.create_time }));
  }
}

async function* environmentsIn(db: Database): AsyncGenerator<StateFile['environments'], void> {
  for await (const rows of rowsOf(db, 'backend_environment')) {
    yield rows.map((row) => ({
      appId: row.app_id,
      backendEnvironmentName: row.name,
      createTime: row.create_time,
    }));
  }
}

async function* authsIn(db: Database, hidden: Hidden): AsyncGenerator<StateFile['authResources'], void> {
  for await (const rows of rowsOf(db, 'auth_resource')) yield rows.map((row) => authOf(row, hidden));
}

/** Without the notes of what is to be put back: they hold secrets throughout, and go to the encrypted part. */
function authOf(row: Row<'auth_resource'>, hidden: Hidden): StateFile['authResources'][number] {
  const { resources, unfinished } = resourcesFrom(row.resources);
  const { withoutSecrets } = hidden;
  if (unfinished !== undefined) hidden.addNotes(unfinished.left);
  return {
    appId: row.app_id,
    backendEnvironmentName: row.environment,
    resourceName: row.resource_name,
    resourceConfig: withoutSecrets(JSON.parse(row.config)),
    resources: { ...resources },
    ...(unfinished && {
      unfinished: {
        intended: withoutSecrets(unfinished.intended),
        attempted: unfinished.attempted.map(withoutSecrets),
      },
    }),
    updateTime: row.update_time,
  };
}

async function* jobsIn(db: Database, hidden: Hidden): AsyncGenerator<readonly StateJob[], void> {
  for await (const rows of rowsOf(db, 'job')) {
    const jobs: StateJob[] = [];
    for (const row of rows) jobs.push(await jobOf(db, row, hidden));
    yield jobs;
  }
}

async function jobOf(db: Database, row: Row<'job'>, { withoutSecrets }: Hidden): Promise<StateJob> {
  return {
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
    environments: await environmentsOf(db, row),
    changes: mapConfigs(JSON.parse(row.work), withoutSecrets),
  };
}

async function environmentsOf(db: Database, row: Row<'job'>): Promise<StateJob['environments']> {
  if (row.environment !== WHOLE_APP) {
    const [own = '', ...others] = holdsOf(row);
    return [{ name: own, listed: true }, ...others.map((name) => ({ name, listed: false }))];
  }
  // It is found under what it has removed, and under what is there still.
  const names = new Set<string>();
  const add = async (found: AsyncIterable<readonly string[]>) => {
    for await (const some of found) for (const name of some) names.add(name);
  };
  await add(removedBy(db, row.id));
  if (row.status !== 'COMPLETED') await add(environmentsSince(db, row.app_id, row.create_time));
  return [...names].map((name) => ({ name, listed: true }));
}
