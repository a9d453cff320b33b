import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { hasPostgres, postgresDatabase } from '../helpers/postgres.ts';
import { postgresProxy } from '../helpers/postgresProxy.ts';
import { applying, untilStopped } from '../helpers/provisioner.ts';
import { ended, readConfig, readiness, send, testServer, update, withAuth } from '../helpers/server.ts';

const secretsKey = 'the same key for every instance of a test';

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
});
