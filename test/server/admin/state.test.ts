import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClient as createAdmin } from '../../../client/admin.ts';
import { createClient } from '../../../client/index.ts';
import type { components } from '../../../generated/admin/schema.ts';
import { Sealing } from '../../../server/admin/sealing.ts';
import { Seeding } from '../../../server/admin/seeding.ts';
import { StateKeeper } from '../../../server/admin/stateKeeper.ts';
import { type AuthUpdate, type Provisioner, UnfinishedUpdate } from '../../../server/provisioners/provisioner.ts';
import { parseCredentials } from '../../../server/signing/credentials.ts';
import { answering } from '../../helpers/answering.ts';
import { command } from '../../helpers/command.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { hasPostgres, postgresDatabase } from '../../helpers/postgres.ts';
import { applying, untilStopped } from '../../helpers/provisioner.ts';
import {
  authConfig,
  ended,
  readConfig,
  send,
  sharedServer,
  type TestServer,
  testServer,
  update,
  withAuth,
  withEnvironment,
} from '../../helpers/server.ts';
import { readState } from '../../helpers/state.ts';

type StateFile = components['schemas']['StateFile'];
const PASSPHRASE = 'correct horse battery staple';
const NOTHING = { apps: 0, environments: 0, authResources: 0, jobs: 0 };
const HUSH = 'hush/this+is/secret=';
const secretsKey = 'the same key for every instance of a test';
const providers = {
  Google: { client_id: 'id', client_secret: HUSH },
  SignInWithApple: {
    client_id: 'id',
    key_id: 'k',
    team_id: 't',
    private_key: `-----BEGIN PRIVATE KEY-----\n${HUSH}\n-----END PRIVATE KEY-----`,
  },
  Other: { api_secret: HUSH, nested: { password: HUSH }, known: 'yes' },
};
const oAuth = {
  oAuthGrantType: 'CODE',
  oAuthScopes: ['OPENID'],
  redirectSignInURIs: ['https://shop.example/'],
  redirectSignOutURIs: ['https://shop.example/'],
  socialProviderSettings: providers,
};

const shared = sharedServer({ admin: true });

/** A server that is empty: the one of this file, or one with options of its own. */
async function start(options?: Parameters<typeof testServer>[0]): Promise<TestServer> {
  if (options !== undefined) return testServer({ admin: true, ...options });
  const server = await shared();
  await server.reset();
  return server;
}

const adminOf = ({ url }: TestServer) => createAdmin({ baseUrl: url });

/** Two apps, one with secrets, a failed job and one that runs no more. */
async function withMuch(server: TestServer) {
  const { url } = server;
  const place = await withAuth(url);
  expect(await ended(url, await send(place.auth, update({ oAuth })))).toMatchObject({ status: 'COMPLETED' });
  await adminOf(server).failNextJob({ operation: 'UpdateBackendAuth', error: 'No luck.' });
  expect(await ended(url, await send(place.auth, update({ oAuth })))).toMatchObject({ status: 'FAILED' });
  await withEnvironment(url);
  return place;
}

/** Every row of every table, what is sealed in it opened: it is sealed anew wherever it goes. */
async function stateOf({ services: { store, secrets } }: TestServer) {
  const state = await readState(store);
  const openAll = (changes: { kind: string; config: never }[]) =>
    changes.map((change) =>
      change.kind === 'put-auth' ? { ...change, config: secrets.openConfig(change.config) } : change,
    );
  return {
    ...state,
    auth_resource: state.auth_resource.map((row) => ({ ...row, config: secrets.openConfig(JSON.parse(row.config)) })),
    // Which worker had a job, and until when, is the database's own.
    job: state.job.map((row) => ({ ...row, work: openAll(JSON.parse(row.work)), lease_until: null })),
  };
}

/** An encrypted part as the first versions of the server wrote it. */
async function sealWith(text: string, beside: string) {
  const sealing = await Sealing.begin(PASSPHRASE);
  sealing.beside(beside);
  return { salt: sealing.salt, sealed: [...sealing.seal([text])].join('') };
}

async function allOf(server: TestServer, passphrase: string | undefined): Promise<StateFile> {
  return adminOf(server).exportState(
    passphrase === undefined ? { secrets: 'OMIT' } : { secrets: 'ENCRYPT', passphrase },
  );
}

describe('export, reset and import', () => {
  it('give the same state, secrets included', async () => {
    const server = await start();
    await withMuch(server);
    const before = await stateOf(server);
    expect(JSON.stringify(before)).toContain(HUSH);
    const state = await allOf(server, PASSPHRASE);
    expect(await adminOf(server).resetState()).toEqual(NOTHING);
    const summary = await adminOf(server).importState({ state, passphrase: PASSPHRASE });
    expect(summary).toEqual({ apps: 2, environments: 2, authResources: 1, jobs: 5 });
    expect(await stateOf(server)).toEqual(before);
  });

  it('give the same state without secrets where they are left out by choice', async () => {
    const server = await start();
    await withMuch(server);
    const before = await stateOf(server);
    const state = await allOf(server, undefined);
    await adminOf(server).resetState();
    await adminOf(server).importState({ state });
    const without = JSON.parse(
      JSON.stringify(before, (name, value) => (/secret|private_key|^password$/.test(name) ? undefined : value)),
    );
    expect(await stateOf(server)).toEqual(without);
  });

  it('take a state from one SQLite file to another, which has a key of its own', async () => {
    const [from, to] = await Promise.all(
      ['from.db', 'to.db'].map((name) => start({ database: join(temporaryFolder(), name) })),
    );
    if (from === undefined || to === undefined) throw new Error('There are two.');
    const place = await withMuch(from);
    await withAuth(to.url); // what was there is gone
    await adminOf(to).importState({ state: await allOf(from, PASSPHRASE), passphrase: PASSPHRASE });
    expect(await stateOf(to)).toEqual(await stateOf(from));
    // It works on: an update that repeats no secret keeps them.
    const { Google } = { Google: { client_id: 'other' } };
    const auth = place.auth.replace(from.url, to.url);
    const change = update({ oAuth: { ...oAuth, socialProviderSettings: { Google } } });
    expect(await ended(to.url, await send(auth, change))).toMatchObject({ status: 'COMPLETED' });
    expect(JSON.stringify((await stateOf(to)).auth_resource)).toContain(HUSH);
  });

  it.skipIf(!hasPostgres)('take a state from SQLite to PostgreSQL and back', async () => {
    const sqlite = await start();
    const postgres = await start({ database: await postgresDatabase(), secretsKey });
    await withMuch(sqlite);
    const before = await stateOf(sqlite);
    await withAuth(postgres.url);
    await adminOf(postgres).importState({ state: await allOf(sqlite, PASSPHRASE), passphrase: PASSPHRASE });
    expect(await stateOf(postgres)).toEqual(before);
    await adminOf(sqlite).resetState();
    await adminOf(sqlite).importState({ state: await allOf(postgres, PASSPHRASE), passphrase: PASSPHRASE });
    expect(await stateOf(sqlite)).toEqual(before);
    expect(await adminOf(postgres).resetState()).toEqual(NOTHING);
  });

  it('keep jobs of every kind, held back before they end', async () => {
    const server = await start();
    const client = createClient({ baseUrl: server.url });
    const adopted = await withEnvironment(server.url);
    const some = () => Promise.all([withAuth(server.url), withAuth(server.url)]);
    const [[removed, gone], [updated, deleted]] = [await some(), await some()];
    await adminOf(server).holdJobs();
    const place = ({ appId, environment }: typeof gone) => ({ appId, backendEnvironmentName: environment });
    const ids = { nativeClientId: 'native', userPoolId: 'us-east-1_abc', webClientId: 'web', identityPoolId: 'pool' };
    await client.importBackendAuth({ ...place(adopted), ...ids });
    await client.deleteBackendAuth({ ...place(removed), resourceName: 'auth' });
    await client.removeAllBackends({ appId: gone.appId, cleanAmplifyApp: true });
    await send(updated.auth, update({ passwordPolicy: { minimumLength: 20 } }));
    await client.createBackend({ ...place(updated), backendEnvironmentName: 'new', appName: 'shop' });
    await client.deleteBackend(place(deleted));
    const before = await stateOf(server);
    const kinds = before.job.flatMap(({ work }) => work.map(({ kind }) => kind));
    expect([...new Set(kinds)].sort()).toEqual([
      'adopt-auth',
      'put-auth',
      'put-environment',
      'remove-app',
      'remove-auth',
      'remove-environment',
      'remove-environments',
    ]);
    const state = await allOf(server, undefined);
    await adminOf(server).resetState();
    await adminOf(server).holdJobs();
    await adminOf(server).importState({ state });
    expect(await stateOf(server)).toEqual(before);
  });

  it('run a job again that had not ended, and let no late write of its first run in', async () => {
    let runs = 0;
    const provisioner = applying(async ({ resourceName }, signal) => {
      runs += 1;
      if (runs === 1) await untilStopped(signal);
      return { userPoolId: `${resourceName}-${runs}` };
    });
    const server = await start({ provisioner });
    const { url } = server;
    const { appId, environment, auth } = await withEnvironment(url);
    const body = { backendEnvironmentName: environment, resourceName: 'auth', resourceConfig: authConfig };
    const started = await send(`${url}/backend/${appId}/auth`, body);
    while (runs === 0) await new Promise((resolve) => setImmediate(resolve));
    const state = await allOf(server, undefined);
    expect(state.jobs.map(({ status }) => status)).toContain('RUNNING');
    await adminOf(server).importState({ state });
    expect(await ended(url, started)).toMatchObject({ status: 'COMPLETED' });
    expect(runs).toBe(2);
    expect((await stateOf(server)).auth_resource).toMatchObject([
      { resources: expect.stringContaining('"userPoolId":"auth-2"') },
    ]);
    expect((await send(auth, update({ passwordPolicy: { minimumLength: 9 } }))).status).toBe(200);
  });

  it('forget what a job had noted of the world outside before it wrote there', async () => {
    const journals: (string | undefined)[] = [];
    const provisioner: Provisioner = {
      ...applying(async () => ({})),
      async update({ resources }, { journal, signal }) {
        journals.push(await journal.read());
        if (journals.length > 1) return resources;
        await journal.write('as it was');
        return untilStopped(signal);
      },
    };
    const server = await start({ provisioner });
    const { auth } = await withAuth(server.url);
    const started = await send(auth, update({ passwordPolicy: { minimumLength: 9 } }));
    const journal = () => server.services.store.db.selectFrom('job_journal').selectAll().execute();
    while ((await journal()).length === 0) await new Promise((resolve) => setImmediate(resolve));
    await adminOf(server).importState({ state: await allOf(server, undefined) });
    expect(await ended(server.url, started)).toMatchObject({ status: 'COMPLETED' });
    expect(journals).toEqual([undefined, undefined]);
  });

  it.each([PASSPHRASE, undefined])('keep what an update that could not be undone has left (%s)', async (passphrase) => {
    const updates: AuthUpdate[] = [];
    const putBack: string[] = [];
    const live = { userPoolConfigs: { passwordPolicy: { minimumLength: 30 } } } as AuthUpdate['config'];
    const provisioner: Provisioner = {
      ...applying(async () => ({})),
      async update(auth) {
        updates.push(auth);
        if (updates.length > 1) return auth.resources;
        throw new UnfinishedUpdate('Not put back.', live, auth.resources, HUSH);
      },
      async putBack({ resources, left }) {
        putBack.push(left);
        return { resources, left: undefined };
      },
    };
    const server = await start({ provisioner });
    const place = await withAuth(server.url, {
      ...authConfig,
      userPoolConfigs: { ...authConfig.userPoolConfigs, oAuth },
    });
    const run = async (config: object) => ended(server.url, await send(place.auth, update(config)));
    expect(await run({ passwordPolicy: { minimumLength: 20 } })).toMatchObject({ error: 'Not put back.' });
    expect(await readConfig(place)).toMatchObject({ userPoolConfigs: { passwordPolicy: { minimumLength: 30 } } });

    const state = await allOf(server, passphrase);
    expect(JSON.stringify(state)).not.toContain(HUSH);
    await adminOf(server).resetState();
    await adminOf(server).importState({ state, ...(passphrase !== undefined && { passphrase }) });
    expect(await run({})).toMatchObject({ status: 'COMPLETED' });
    expect(await readConfig(place)).toMatchObject({ userPoolConfigs: { passwordPolicy: { minimumLength: 8 } } });
    // Without its notes, which hold secrets, the update itself takes back what differs from the configuration.
    expect(putBack).toEqual(passphrase === undefined ? [] : [HUSH]);
    expect(updates[1]?.plan).toEqual(passphrase === undefined ? { passwordPolicy: { minimumLength: { to: 8 } } } : {});
    const { Google } = updates[1]?.before.userPoolConfigs.oAuth?.socialProviderSettings ?? {};
    expect(Google).toEqual(passphrase === undefined ? { client_id: 'id' } : providers.Google);
  });

  it('take a state of the first form, whose encrypted part is of providers alone', async () => {
    const server = await start();
    await withMuch(server);
    const before = await stateOf(server);
    const { secrets: _, ...rest } = await allOf(server, PASSPHRASE);
    const first = { ...rest, formatVersion: 1 };
    const sorted = (_name: string, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value;
    const shown = { ...providers, SignInWithApple: { ...providers.SignInWithApple, private_key: HUSH } };
    const sealed = await sealWith(JSON.stringify([shown]), JSON.stringify(first, sorted));
    await server.reset();
    await adminOf(server).importState({ state: { ...first, secrets: sealed } as StateFile, passphrase: PASSPHRASE });
    expect(await stateOf(server)).toEqual(before);
  });

  it('keep others out of the environment of a job that had not ended', async () => {
    const server = await start();
    const { url } = server;
    const place = await withAuth(url);
    await adminOf(server).holdJobs();
    const started = await send(place.auth, update({ passwordPolicy: { minimumLength: 9 } }));
    const state = await allOf(server, undefined);
    await adminOf(server).resetState();
    await adminOf(server).holdJobs();
    await adminOf(server).importState({ state });
    const second = () => send(place.auth, update({ passwordPolicy: { minimumLength: 10 } }));
    expect(await second()).toMatchObject({ status: 400, body: { message: expect.stringContaining('pending job') } });
    await adminOf(server).releaseJobs();
    expect(await ended(url, started)).toMatchObject({ status: 'COMPLETED' });
    expect((await second()).status).toBe(200);
  });

  it('go well while others start jobs, each of which is there whole or not at all', async () => {
    const server = await start();
    const { url } = server;
    const create = (appId: string) =>
      send(`${url}/backend`, { appId, appName: 'shop', backendEnvironmentName: 'staging' });
    await ended(url, await create('kept'));
    const state = await allOf(server, undefined);
    let over = false;
    const caller = async (name: number) => {
      for (let count = 0; !over; count++) expect((await create(`d${name}-${count}`)).status).toBe(200);
    };
    const callers = Promise.all(Array.from({ length: 8 }, (_, name) => caller(name)));
    for (let round = 0; round < 10; round++) {
      await adminOf(server).resetState();
      await adminOf(server).importState({ state });
    }
    over = true;
    await callers;
    const rows = async () => readState(server.services.store);
    while ((await rows()).job.some(({ status }) => status === 'RUNNING')) await new Promise(setImmediate);
    const { job, app, backend_environment, hold } = await rows();
    expect(job.every(({ status }) => status === 'COMPLETED')).toBe(true);
    expect(job.map(({ app_id }) => app_id)).toContain('kept');
    const ids = job.map(({ app_id }) => app_id).sort();
    for (const table of [app, backend_environment]) {
      expect(table.map(({ app_id }) => app_id).sort()).toEqual(ids);
    }
    expect(hold).toEqual([]);
  });

  it.skipIf(!hasPostgres)('are refused while another instance has a job at work', async () => {
    const database = await postgresDatabase();
    const provisioner = applying((_target, signal) => untilStopped(signal));
    const api = await start({ database, secretsKey, role: 'api' });
    await start({ database, secretsKey, role: 'worker', provisioner });
    const { appId, environment } = await withEnvironment(api.url);
    const body = { backendEnvironmentName: environment, resourceName: 'auth', resourceConfig: authConfig };
    const { status } = await send(`${api.url}/backend/${appId}/auth`, body);
    expect(status).toBe(200);
    const { store } = api.services;
    while ((await readState(store)).job.every(({ claimed_by }) => claimed_by === null));
    await expect(adminOf(api).resetState()).rejects.toThrow(/is at work\. Another instance of the server has it/);
    expect((await readState(store)).app).toHaveLength(1);
    await expect(adminOf(api).setSeed({ seed: 'a' })).rejects.toThrow('there can be no seed');
  });
});

describe('a saved state', () => {
  it('holds no secret in clear, nor what they are sealed with here, nor the passphrase', async () => {
    const server = await start();
    await withMuch(server);
    const { auth_resource } = await readState(server.services.store);
    const sealedHere = /v1\.[\w-]{20,}/.exec(auth_resource[0]?.config ?? '')?.[0] ?? 'none';
    for (const passphrase of [PASSPHRASE, undefined]) {
      const text = JSON.stringify(await allOf(server, passphrase));
      for (const secret of [HUSH, PASSPHRASE, sealedHere]) expect(text).not.toContain(secret);
    }
    expect(server.logged.join()).not.toContain(PASSPHRASE);
    expect(JSON.stringify(await adminOf(server).listRequests({ limit: 1000 }))).not.toContain(PASSPHRASE);
  });

  it('opens by its passphrase alone, and only as it was saved', async () => {
    const server = await start();
    await withMuch(server);
    const state = await allOf(server, PASSPHRASE);
    const before = await stateOf(server);
    const take = (changed: StateFile, passphrase?: string) =>
      adminOf(server).importState({ state: changed, ...(passphrase !== undefined && { passphrase }) });
    await expect(take(state)).rejects.toThrow('it needs its passphrase');
    await expect(take(state, 'another passphrase')).rejects.toThrow(
      'is not the one of this state, or the state was changed',
    );
    const [first, ...apps] = state.apps;
    if (first === undefined) throw new Error('There are apps.');
    const changed = { ...state, apps: [{ ...first, appName: 'mine' }, ...apps] };
    await expect(take(changed, PASSPHRASE)).rejects.toThrow('or the state was changed');
    expect(await stateOf(server)).toEqual(before);
    // Another order of members is no change.
    const sorted = Object.fromEntries(Object.entries(state).sort().reverse()) as unknown as StateFile;
    await take(sorted, PASSPHRASE);
    expect(await stateOf(server)).toEqual(before);
  });

  const broken: [string, (state: StateFile) => unknown, string][] = [
    ['another form', (state) => ({ ...state, format: 'else' }), '/body/state/format must be equal to constant'],
    ['a newer form', (state) => ({ ...state, formatVersion: 3 }), 'this server reads 1 and 2'],
    ['a newer database', (state) => ({ ...state, migration: '999-new' }), 'saved by a newer version'],
    ['an app twice', (state) => ({ ...state, apps: [...state.apps, ...state.apps] }), 'contradicts itself'],
    ['an environment of no app', (state) => ({ ...state, apps: [] }), 'contradicts itself'],
    ['no apps', ({ apps: _, ...state }) => state, '/body/state/apps is required'],
    ['an unknown member', (state) => ({ ...state, more: 1 }), 'must NOT have additional properties'],
    [
      'a configuration that is none',
      (state) => ({ ...state, authResources: state.authResources.map((auth) => ({ ...auth, resourceConfig: {} })) }),
      'resourceConfig/userPoolConfigs is required',
    ],
    [
      'a change that is none',
      (state) => ({ ...state, jobs: state.jobs.map((job) => ({ ...job, changes: [{ kind: 'explode' }] })) }),
      'changes',
    ],
  ];
  it('is refused in a sentence where it is not right, and leaves what there was', async () => {
    const server = await start();
    await withMuch(server);
    const before = await stateOf(server);
    const state = await allOf(server, undefined);
    for (const [_what, breaking, sentence] of broken) {
      await expect(adminOf(server).importState({ state: breaking(state) as StateFile })).rejects.toMatchObject({
        status: 400,
        message: expect.stringContaining(sentence),
      });
    }
    expect(await stateOf(server)).toEqual(before);
  });

  it('is refused with the place of the item that is wrong, however many come before it', async () => {
    const server = await start();
    await withMuch(server);
    const before = await stateOf(server);
    const state = await allOf(server, undefined);
    const apps = Array.from({ length: 5_000 }, (_, index) => ({ appId: `d${index}`, appName: 'shop', createTime: 1 }));
    const broken = { ...state, apps: [...apps, { appId: 'last', appName: 'shop', createTime: -1 }] };
    await expect(adminOf(server).importState({ state: broken })).rejects.toThrow(
      '/body/state/apps/5000/createTime must be >= 0',
    );
    expect(await stateOf(server)).toEqual(before);
  });

  it('leaves what there was where its upload breaks off, or its caller goes away before all of it is there', async () => {
    const server = await start();
    await withMuch(server);
    const before = await stateOf(server);
    const state = await allOf(server, undefined);
    const text = JSON.stringify({ state: { ...state, jobs: [] } });
    const { port, hostname } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const head = `Host: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}`;
    socket.write(`POST /admin/state/import HTTP/1.1\r\n${head}\r\n\r\n${text.slice(0, -100)}`);
    socket.end();
    await once(socket.resume(), 'close');

    const gone = new AbortController();
    async function* items(list: keyof StateFile) {
      if (list === 'jobs') gone.abort();
      yield state[list] as never;
    }
    const { store, secrets } = server.services;
    const seeding = new Seeding(Date.now, () => 'id');
    const keeper = new StateKeeper({
      store,
      secrets,
      seeding,
      worker: undefined,
      wake() {},
      afterReset: async () => {},
    });
    const sent = { head: { ...state, apps: [] }, items };
    await expect(keeper.restore(sent, undefined, gone.signal)).rejects.toThrow(
      'The caller has gone. Nothing was changed.',
    );
    expect(await stateOf(server)).toEqual(before);
  });

  it.each(['sqlite', 'postgres'].filter((kind) => kind === 'sqlite' || hasPostgres))(
    'is of one moment, and others write while it is read (%s)',
    async (kind) => {
      const folder = temporaryFolder();
      const database = kind === 'sqlite' ? join(folder, 'backend.db') : await postgresDatabase();
      const server = await start({ database, secretsKey });
      const { store } = server.services;
      const names = Array.from({ length: 2_000 }, (_, index) => `env${index}`);
      await store.write(async (db) => {
        await db.insertInto('app').values({ app_id: 'many', app_name: 'shop', create_time: 1 }).execute();
        const rows = names.map((name) => ({ app_id: 'many', name, create_time: 1 }));
        await db.insertInto('backend_environment').values(rows).execute();
      });
      const reading = (await adminOf(server).exportState({ secrets: 'OMIT' }, { as: 'stream' })).getReader();
      const { value: first } = await reading.read();
      await withAuth(server.url);
      let text = new TextDecoder().decode(first);
      for (let read = await reading.read(); !read.done; read = await reading.read()) {
        text += new TextDecoder().decode(read.value);
      }
      const { apps, environments, jobs } = JSON.parse(text) as StateFile;
      expect({ apps: apps.length, environments: environments.length, jobs }).toEqual({
        apps: 1,
        environments: 2_000,
        jobs: [],
      });
      expect(readdirSync(folder).filter((name) => name.includes('copy'))).toEqual([]);
    },
  );

  it('holds together, however much is written while it is copied', async () => {
    const server = await start({ database: join(temporaryFolder(), 'backend.db') });
    let over = false;
    const caller = async (name: number) => {
      for (let count = 0; !over; count++) {
        const body = { appId: `d${name}-${count}`, appName: 'shop', backendEnvironmentName: 'staging' };
        expect((await send(`${server.url}/backend`, body)).status).toBe(200);
      }
    };
    const callers = Promise.all(Array.from({ length: 8 }, (_, name) => caller(name)));
    for (let round = 0; round < 10; round++) {
      const { apps, environments, jobs } = await allOf(server, undefined);
      const there = apps.map(({ appId }) => appId).sort();
      expect(environments.map(({ appId }) => appId).sort()).toEqual(there);
      const made = jobs.filter(({ status }) => status === 'COMPLETED').map(({ appId }) => appId);
      expect(made.sort()).toEqual(there);
    }
    over = true;
    await callers;
  });

  it('needs a passphrase of some length where secrets are to be encrypted', async () => {
    const admin = adminOf(await start());
    await expect(admin.exportState({ secrets: 'ENCRYPT' })).rejects.toThrow('/body/passphrase is required');
    const error = await admin.exportState({ secrets: 'ENCRYPT', passphrase: 'short' }).catch((thrown) => thrown);
    expect(error.message).toBe('/body/passphrase must NOT have fewer than 12 characters');
  });
});

describe('state', () => {
  it('exports, resets and imports by the command, secrets encrypted', async () => {
    const server = await start();
    await withMuch(server);
    const before = await stateOf(server);
    const file = join(temporaryFolder(), 'state.json');
    const env = { BACKEND_AUTH_PASSPHRASE: PASSPHRASE, BACKEND_AUTH_URL: server.url };
    const saved = await command(['state', 'export', '--output', file], env);
    expect(saved).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(HUSH);

    const reset = await command(['state', 'reset', '--yes'], env);
    expect(reset).toMatchObject({ code: 0, stdout: expect.stringMatching(/^apps +0$/m) });
    const passphraseFile = join(temporaryFolder(), 'passphrase');
    writeFileSync(passphraseFile, `${PASSPHRASE}\n`);
    const args = ['state', 'import', file, '--yes', '--url', `${server.url}/prod`, '--passphrase-file', passphraseFile];
    expect(await command(args)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^jobs +5$/m) });
    expect(await stateOf(server)).toEqual(before);
  });

  it('prints a state without secrets where there is no passphrase, and says so', async () => {
    const server = await start();
    await withEnvironment(server.url);
    const { code, stdout, stderr } = await command(['state', 'export', '--url', server.url]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 2, apps: [{}] });
    // One line for each thing, so that two states can be compared by line.
    expect(stdout).toMatch(/^\{"appId":.*\}$/m);
    expect(stderr).toMatch(/^Secrets were left out\. /);
  });

  it('signs its requests where there is a key, which may not be limited to certain apps', async () => {
    const secret = 'secretsecretsecretsecretsecretsecretsecr';
    const profile = (name: string, more = '') =>
      `[${name}]\naws_access_key_id = AKID${name}\naws_secret_access_key = ${secret}\n${more}\n`;
    const { credentials } = parseCredentials(profile('all') + profile('one', 'app_ids = d1'), 'keys');
    const { url } = await start({ credentials });
    const exported = (env: Record<string, string>) => command(['state', 'export', '--url', url], env);
    const key = (id: string) => ({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret });
    expect(await exported(key('AKIDall'))).toMatchObject({ code: 0 });
    expect(await exported(key('AKIDone'))).toMatchObject({ code: 1, stderr: expect.stringMatching(/^AccessDenied/) });
    expect(await exported({})).toMatchObject({ code: 1, stderr: expect.stringMatching(/^MissingAuthentication/) });
  });

  it('asks before it deletes, and without a terminal needs --yes', async () => {
    const server = await start();
    await withEnvironment(server.url);
    const file = join(temporaryFolder(), 'state.json');
    await command(['state', 'export', '--url', server.url, '--output', file]);
    for (const args of [['reset'], ['import', file]]) {
      const ran = await command(['state', ...args, '--url', server.url]);
      expect(ran).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/Add --yes to agree\.\nNothing was done\.\n$/),
      });
    }
    expect((await stateOf(server)).app).toHaveLength(1);
  });

  it('leaves the file as it was where the server breaks off', async () => {
    const url = await answering((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"apps":[');
      setTimeout(() => response.destroy());
    });
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'state.json'), 'as it was');
    const ran = await command(['state', 'export', '--url', url, '--output', join(folder, 'state.json')]);
    expect(ran.code).toBe(3);
    expect(readFileSync(join(folder, 'state.json'), 'utf8')).toBe('as it was');
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  it('tells what is wrong: no /admin, no server, a file that is none, a wrong passphrase, a host that is far', async () => {
    const plain = await testServer();
    const server = await start();
    await withMuch(server);
    const folder = temporaryFolder();
    const file = join(folder, 'state.json');
    const env = { BACKEND_AUTH_PASSPHRASE: PASSPHRASE };
    await command(['state', 'export', '--url', server.url, '--output', file], env);
    writeFileSync(join(folder, 'broken.json'), '{"a":');
    const cases: [args: string[], code: number, sentence: string, env?: Record<string, string>][] = [
      [['reset', '--yes', '--url', plain.url], 1, 'has no /admin. Start it with --admin.'],
      [['reset', '--yes', '--url', 'http://127.0.0.1:9'], 3, 'No answer from http://127.0.0.1:9'],
      [['import', join(folder, 'none.json'), '--yes', '--url', server.url], 2, 'none.json does not exist.'],
      [['import', join(folder, 'broken.json'), '--yes', '--url', server.url], 2, 'broken.json is not valid JSON'],
      [['import', '--yes', '--url', server.url], 2, "Missing required argument 'file'"],
      [['import', file, '--yes', '--url', server.url], 1, 'it needs its passphrase'],
      [
        ['import', file, '--yes', '--url', server.url],
        1,
        'The passphrase is not the one of this state',
        { BACKEND_AUTH_PASSPHRASE: 'another passphrase' },
      ],
      [['export', '--url', 'http://192.0.2.1'], 2, 'sent only to this machine or over https', env],
      [['export', '--url', server.url, '--output', folder], 2, "can't be written"],
      [['export', '--url', server.url, '--passphrase-file', '/dev/null'], 2, 'must be the passphrase'],
    ];
    for (const [args, code, sentence, variables] of cases) {
      const ran = await command(['state', ...args], variables);
      expect(ran).toMatchObject({ code, stderr: expect.stringContaining(sentence) });
      expect(ran.stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
    }
  });
});
