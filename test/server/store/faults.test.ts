import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../server/store/store.ts';
import { silent } from '../../helpers/log.ts';
import { hasPostgres, postgresDatabase } from '../../helpers/postgres.ts';
import { applying, untilStopped } from '../../helpers/provisioner.ts';
import { ended, readConfig, send, testServer, update, withAuth } from '../../helpers/server.ts';

const secretsKey = 'the same key for every instance of a test';

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

  it.each<[string, string | Uint8Array]>([
    ['NUL', '"a\\u0000b"'],
    ['half of a surrogate pair', '"a\\ud800b"'],
    ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
  ])('a request with text of %s gets a 400, and starts no job', async (_, text) => {
    const { url, services } = await testServer({ database: await database(), secretsKey });
    const parts = ['{"appId":"d1","backendEnvironmentName":"staging","appName":', text, '}'];
    const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const { status, body: answer } = await send(`${url}/backend`, new Uint8Array(body));
    expect([status, answer.__type]).toEqual([400, 'BadRequestException']);
    expect(await services.store.db.selectFrom('job').selectAll().execute()).toEqual([]);
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
