import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../server/store/store.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { silent } from '../../helpers/log.ts';
import { hasPostgres, postgresDatabase } from '../../helpers/postgres.ts';
import { postgresProxy } from '../../helpers/postgresProxy.ts';
import { ready, server } from '../../helpers/process.ts';
import { applying, untilStopped } from '../../helpers/provisioner.ts';
import { ended, readConfig, send, testServer, update, withAuth, withEnvironment } from '../../helpers/server.ts';

const secretsKey = 'the same key for every instance of a test';
const readiness = async (url: string) => (await send(`${url}/readyz`, undefined, { method: 'GET' })).status;

describe('a SQLite file', () => {
  it.skipIf(process.platform === 'win32')('is for its owner alone, as are the logs beside it', async () => {
    const database = join(temporaryFolder(), 'backend.db');
    writeFileSync(database, '', { mode: 0o644 });
    chmodSync(database, 0o644);
    const { url } = await testServer({ database });
    await withEnvironment(url);
    for (const file of [database, `${database}-wal`, `${database}.key`]) {
      expect((statSync(file).mode & 0o777).toString(8), file).toBe('600');
    }
  });

  it.skipIf(process.platform === 'win32')(
    'that is gone takes no write: changes get the documented 504, /readyz 503, until it is back',
    async () => {
      const database = join(temporaryFolder(), 'backend.db');
      const { url } = await testServer({ database });
      const place = await withAuth(url);
      expect(await readiness(url)).toBe(200);
      renameSync(database, `${database}.elsewhere`);
      const refused = await send(place.auth, update({ passwordPolicy: { minimumLength: 12 } }));
      expect([refused.status, refused.body.__type]).toEqual([504, 'GatewayTimeoutException']);
      expect(await readiness(url)).toBe(503);

      renameSync(`${database}.elsewhere`, database);
      expect(await readiness(url)).toBe(200);
      const answer = await send(place.auth, update({ passwordPolicy: { minimumLength: 12 } }));
      expect((await ended(url, answer)).status).toBe('COMPLETED');
    },
  );

  it('that is found damaged is said by /readyz for as long as it is open', async () => {
    const database = join(temporaryFolder(), 'backend.db');
    const first = await testServer({ database });
    await withEnvironment(first.url);
    await first.stop();
    damage(database, 'hold');

    const { url } = await testServer({ database });
    expect(await readiness(url)).toBe(200);
    const answer = await send(`${url}/backend`, { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' });
    expect([answer.status, answer.body.__type]).toEqual([504, 'GatewayTimeoutException']);
    expect(await readiness(url)).toBe(503);
  });
});

/** Overwrites the first page of a table. */
function damage(file: string, table: string): void {
  const database = new DatabaseSync(file);
  const row = database.prepare('select rootpage from sqlite_master where name = ?').get(table);
  database.close();
  const bytes = readFileSync(file);
  const size = bytes.readUInt16BE(16);
  const page = Number(row?.rootpage);
  bytes.fill(0xa5, (page - 1) * size, page * size);
  writeFileSync(file, bytes);
}

const dialects = ['SQLite', ...(hasPostgres ? ['PostgreSQL'] : [])];

describe.each(dialects)('on %s', (dialect) => {
  const database = async () => (dialect === 'SQLite' ? ':memory:' : postgresDatabase());

  it.each([
    ['NUL', 'a\0b'],
    ['half of a surrogate pair', 'a\ud800b'],
  ])('text with %s is refused by the store, and not stored as something else', async (_, text) => {
    const store = await openStore(await database(), silent);
    onTestFinished(() => store.close());
    const app = { app_id: text, app_name: 'shop', create_time: 1 };
    const written = store.write((db) => db.insertInto('app').values(app).execute());
    await expect(written).rejects.toThrow('Text to store must be well-formed Unicode without NUL.');
    expect(await store.db.selectFrom('app').selectAll().execute()).toEqual([]);
  });

  it('an app with thousands of environments is removed in batches, while others are served', async () => {
    const { url, services } = await testServer({ database: await database(), secretsKey });
    const place = await withAuth(url);
    const names = Array.from({ length: 3_000 }, (_, index) => `env${String(index).padStart(5, '0')}`);
    for (let start = 0; start < names.length; start += 500) {
      const rows = names
        .slice(start, start + 500)
        .map((name, index) => ({ app_id: 'many', name, create_time: start + index }));
      await services.store.write(async (db) => {
        await db
          .insertInto('app')
          .values({ app_id: 'many', app_name: 'shop', create_time: 1 })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await db.insertInto('backend_environment').values(rows).execute();
      });
    }
    const { body } = await send(`${url}/backend/many/details`, {});
    expect(body.backendEnvironmentList).toEqual(names);

    const started = await send(`${url}/backend/many/remove`, { cleanAmplifyApp: true });
    const refused = await send(`${url}/backend`, { appId: 'many', appName: 'shop', backendEnvironmentName: 'new' });
    expect(refused.body.message).toContain('already a pending job');
    const at = (name = '') => `${url}/backend/many/job/${name}/${started.body.jobId}`;
    let served = 0;
    for (;;) {
      // It is found under each environment all the time, those that are gone and those that are there still.
      const [first, last] = await Promise.all(
        [names[0], names.at(-1)].map((name) => send(at(name), undefined, { method: 'GET' })),
      );
      expect([first?.status, last?.status]).toEqual([200, 200]);
      await readConfig(place);
      served += 1;
      if (first?.body.status !== 'RUNNING') break;
    }
    expect(served).toBeGreaterThan(1);
    expect((await send(at(names[1500]), undefined, { method: 'GET' })).body.status).toBe('COMPLETED');
    expect((await send(`${url}/backend/many/details`, {})).status).toBe(404);
    expect((await send(at('never'), undefined, { method: 'GET' })).status).toBe(404);
  });

  it('jobs that hang on the outside keep no other app waiting, nor what needs nothing outside', async () => {
    let hanging = 0;
    const provisioner = {
      ...applying(async ({ appId }, signal) => {
        if (appId === 'greedy') {
          hanging += 1;
          await untilStopped(signal);
        }
        return { userPoolId: 'us-east-1_abc' };
      }),
      concurrency: 8,
    };
    const { url } = await testServer({ database: await database(), secretsKey, provisioner });
    const names = Array.from({ length: 12 }, (_, index) => `env${index}`);
    for (const backendEnvironmentName of names) {
      const body = { appId: 'greedy', appName: 'shop', backendEnvironmentName };
      await ended(url, await send(`${url}/backend`, body));
    }
    const { resourceConfig } = update({
      requiredSignUpAttributes: ['EMAIL'],
      signInMethod: 'EMAIL',
      userPoolName: 'u',
    });
    for (const backendEnvironmentName of names) {
      const body = { backendEnvironmentName, resourceName: 'auth', resourceConfig };
      expect((await send(`${url}/backend/greedy/auth`, body)).status).toBe(200);
    }
    await expect.poll(() => hanging).toBe(2);
    const other = await withAuth(url);
    expect((await readConfig(other)).authResources).toBe('USER_POOL_ONLY');
    expect(hanging).toBe(2);
  });
});

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  it('a database that can only be read is said by /readyz', async () => {
    const database = await postgresDatabase();
    const { url } = await testServer({ database, secretsKey });
    expect(await readiness(url)).toBe(200);
    const client = new Client({ connectionString: database });
    await client.connect();
    const name = new URL(database).pathname.slice(1);
    await client.query(`alter database ${name} set default_transaction_read_only = on`);
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await client.end();
    await expect.poll(() => readiness(url)).toBe(503);
  });

  it('a job ended from outside as its worker loses the connection frees its environment, and no process ends', async () => {
    const database = await postgresDatabase();
    const proxy = await postgresProxy(database);
    let hangs = false;
    const provisioner = applying(async (_target, signal) => {
      if (hangs) await untilStopped(signal);
      return { userPoolId: 'us-east-1_abc' };
    });
    const { url } = await testServer({ database: proxy.url, secretsKey, provisioner, lease: 1_000 });
    const place = await withAuth(url);
    hangs = true;
    const { body } = await send(place.auth, update({}));
    let cuts = 0;
    proxy.onMessage = ({ to, text }) => {
      if (to !== 'server' || !text.includes('delete from "hold"') || cuts > 2) return 'pass';
      cuts += 1;
      return 'reset';
    };
    await send(`${url}/backend/${place.appId}/job/staging/${body.jobId}`, { status: 'FAILED' });
    hangs = false;
    await expect.poll(async () => (await send(place.auth, update({}))).status, { timeout: 10_000 }).toBe(200);
    expect(cuts).toBe(3);
  });

  it('a job goes on once the database is back, and says nothing of what the driver said', async () => {
    const proxy = await postgresProxy(await postgresDatabase());
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let holds = false;
    const provisioner = applying(async () => {
      if (holds) await released;
      return { userPoolId: 'us-east-1_abc' };
    });
    const { url, logged } = await testServer({ database: proxy.url, secretsKey, provisioner, lease: 1_000 });
    const place = await withAuth(url);
    holds = true;
    const started = await send(place.auth, update({ passwordPolicy: { minimumLength: 12 } }));
    proxy.cut();
    release();
    await expect.poll(() => logged.some((line) => line.includes('the database failed a job'))).toBe(true);
    proxy.mend();
    await expect
      .poll(async () => (await send(`${url}/backend/${place.appId}/job/staging`, {})).body.jobs?.[0]?.status, {
        timeout: 10_000,
      })
      .toBe('COMPLETED');
    const job = await ended(url, started);
    expect(job).not.toHaveProperty('error');
  });

  it('instances whose clocks are a minute apart leave each other their jobs', async () => {
    const database = await postgresDatabase();
    let calls = 0;
    const provisioner = applying(async () => {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      return { userPoolId: 'us-east-1_abc' };
    });
    const options = { database, secretsKey, provisioner, lease: 1_000 };
    const first = await testServer(options);
    await testServer({ ...options, clock: () => Date.now() + 60_000 });
    await testServer({ ...options, clock: () => Date.now() - 60_000 });
    const place = await withAuth(first.url);
    expect(calls).toBe(1);
    const job = await ended(first.url, await send(place.auth, update({})));
    expect([job.status, calls]).toEqual(['COMPLETED', 2]);
  });

  it('a silent connection is replaced, and those that were idle beside it', async () => {
    const proxy = await postgresProxy(await postgresDatabase());
    const { url } = await testServer({ database: proxy.url, secretsKey, lease: 1_000 });
    const place = await withAuth(url);
    await Promise.all(Array.from({ length: 20 }, () => readConfig(place)));
    proxy.silence('open');
    const read = async () => (await send(`${place.auth}/details`, { resourceName: 'auth' })).status;
    await expect.poll(read, { timeout: 10_000 }).toBe(200);
    expect(await Promise.all(Array.from({ length: 20 }, read))).toEqual(Array.from({ length: 20 }, () => 200));
  });

  it.each(['cut', 'silence'] as const)(
    'SIGTERM ends the process with 0 while the database is away (%s)',
    async (how) => {
      const proxy = await postgresProxy(await postgresDatabase());
      const args = ['--port', '0', '--database', proxy.url, '--drain-timeout', '3000', '--log-level', 'silent'];
      const process = server(args, { SECRETS_KEY: secretsKey });
      const url = await ready(process);
      await withEnvironment(url);
      if (how === 'cut') proxy.cut();
      else proxy.silence('all');
      const answer = send(`${url}/backend`, { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' }).catch(
        () => undefined,
      );
      process.child.kill('SIGTERM');
      expect(await process.ended).toBe(0);
      await answer;
      expect(process.output().stderr).toBe('');
    },
  );
});

it('an opened file that was not there before is made', async () => {
  const database = join(temporaryFolder(), 'new', 'backend.db');
  const store = await openStore(database, silent);
  await store.close();
  expect(existsSync(database)).toBe(true);
});
