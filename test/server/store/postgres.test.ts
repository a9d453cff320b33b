import { describe, expect, it } from 'vitest';
import { MAX_LEASES_LOST } from '../../../server/jobs/claims.ts';
import { hasPostgres, postgresDatabase } from '../../helpers/postgres.ts';
import { postgresProxy } from '../../helpers/postgresProxy.ts';
import { applying } from '../../helpers/provisioner.ts';
import {
  type Answer,
  authConfig,
  ended,
  readConfig,
  send,
  testServer,
  update,
  withAuth,
  withEnvironment,
} from '../../helpers/server.ts';

const secretsKey = 'the same key for every instance of a test';

/** Counts who works on what at the same time. */
function counting(work: (signal: AbortSignal) => Promise<void> = async () => {}) {
  const places = new Map<string, number>();
  const self = { most: 0, calls: 0 };
  const provisioner = applying(async ({ appId, environment }, signal) => {
    const place = `${appId}/${environment}`;
    self.calls++;
    places.set(place, (places.get(place) ?? 0) + 1);
    self.most = Math.max(self.most, places.get(place) ?? 0);
    try {
      await work(signal);
    } finally {
      places.set(place, (places.get(place) ?? 1) - 1);
    }
    return {};
  });
  return { self, provisioner };
}

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  it('several instances that start together run the migrations once', async () => {
    const database = await postgresDatabase();
    const servers = await Promise.all(Array.from({ length: 4 }, () => testServer({ database, secretsKey })));
    const place = await withAuth(servers[0]?.url ?? '');
    for (const { url } of servers) {
      const auth = `${url}/backend/${place.appId}/auth/staging`;
      expect((await readConfig({ ...place, auth })).authResources).toBe('USER_POOL_ONLY');
    }
  });

  it('what one instance enqueues, another one runs', async () => {
    const database = await postgresDatabase();
    const api = await testServer({ database, secretsKey, role: 'api' });
    await testServer({ database, secretsKey, role: 'worker' });
    const place = await withAuth(api.url);
    const job = await ended(api.url, await send(place.auth, update({ passwordPolicy: { minimumLength: 12 } })));
    expect(job.status).toBe('COMPLETED');
  });

  it('an environment has one job at a time, whichever instances are asked', async () => {
    const database = await postgresDatabase();
    const { self, provisioner } = counting(() => new Promise((resolve) => setTimeout(resolve, 5)));
    const servers = await Promise.all(
      Array.from({ length: 3 }, () => testServer({ database, secretsKey, provisioner, jobTime: 5 })),
    );
    const place = await withAuth(servers[0]?.url ?? '');
    const answers: Answer[] = [];
    for (let round = 0; round < 10; round++) {
      const sent = servers.flatMap(({ url }) =>
        [1, 2].map(() =>
          send(`${url}/backend/${place.appId}/auth/staging`, update({ passwordPolicy: { minimumLength: 10 + round } })),
        ),
      );
      const all = await Promise.all(sent);
      const started = all.filter(({ status }) => status === 200);
      expect(started.length).toBeGreaterThanOrEqual(1);
      for (const refused of all.filter(({ status }) => status !== 200)) {
        expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining('already a pending job')]);
      }
      answers.push(...started);
      for (const answer of started) await ended(servers[1]?.url ?? '', answer);
    }
    expect(self).toEqual({ most: 1, calls: answers.length + 1 });
  });

  it('no update is lost between what a plan read and what a job wrote', async () => {
    const database = await postgresDatabase();
    const servers = await Promise.all([1, 2].map(() => testServer({ database, secretsKey })));
    const place = await withAuth(servers[0]?.url ?? '');
    // Each changes another member: the last state must have what every answered one set.
    const changes = [
      { passwordPolicy: { minimumLength: 20 } },
      { mfa: { MFAMode: 'ON', settings: { mfaTypes: ['TOTP'] } } },
      { verificationMessage: { deliveryMethod: 'SMS' } },
      { forgotPassword: { deliveryMethod: 'SMS' } },
    ];
    const done = changes.map(async (change, index) => {
      const { url } = servers[index % 2] as { url: string };
      for (;;) {
        const answer = await send(`${url}/backend/${place.appId}/auth/staging`, update(change));
        if (answer.status === 200) return ended(url, answer);
      }
    });
    await Promise.all(done);
    expect((await readConfig(place)).userPoolConfigs).toMatchObject({
      passwordPolicy: { minimumLength: 20 },
      mfa: { MFAMode: 'ON' },
      verificationMessage: { deliveryMethod: 'SMS' },
      forgotPassword: { deliveryMethod: 'SMS' },
    });
  });

  it("an SDK's tries make one job, also when different instances get them at the same time", async () => {
    const database = await postgresDatabase();
    const servers = await Promise.all([1, 2, 3].map(() => testServer({ database, secretsKey })));
    const place = await withAuth(servers[0]?.url ?? '');
    const headers = { 'amz-sdk-invocation-id': '5d3e' };
    const tries = await Promise.all(
      servers.map(({ url }) => send(`${url}/backend/${place.appId}/auth/staging`, update({}), { headers })),
    );
    expect(tries.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(tries.map(({ body }) => body.jobId)).size).toBe(1);
  });

  it('a worker that no longer says it has a job loses it to another one, and can change nothing of it', async () => {
    const database = await postgresDatabase();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const slow = counting(() => released);
    const link = await postgresProxy(database);
    const first = await testServer({ database: link.url, secretsKey, provisioner: slow.provisioner, lease: 1000 });
    const place = await withEnvironment(first.url);
    const body = { backendEnvironmentName: 'staging', resourceName: 'auth', resourceConfig: authConfig };
    const started = await send(`${first.url}/backend/${place.appId}/auth`, body);
    await expect.poll(() => slow.self.calls).toBe(1);
    link.cut();

    const second = await testServer({ database, secretsKey, lease: 1000 });
    const job = await ended(second.url, started);
    expect(job.status).toBe('COMPLETED');
    const stored = () => second.services.store.db.selectFrom('auth_resource').selectAll().execute();
    const before = await stored();
    link.mend();
    release();
    await expect.poll(() => first.logged.some((line) => line.includes('ended from outside'))).toBe(true);
    expect(await stored()).toEqual(before);
    expect(await ended(second.url, started)).toEqual(job);
  });

  it(`a job that ${MAX_LEASES_LOST} workers in turn were lost with is given up, and says so`, async () => {
    const database = await postgresDatabase();
    const { url, services } = await testServer({ database, secretsKey, role: 'api' });
    const started = await send(`${url}/backend`, { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' });
    await services.store.db
      .updateTable('job')
      .set({ claimed_by: 'a worker that is gone', lease_until: 1, leases_lost: MAX_LEASES_LOST - 1 })
      .execute();
    const worker = await testServer({ database, secretsKey });
    expect(await ended(worker.url, started)).toMatchObject({
      status: 'FAILED',
      error: expect.stringContaining('Given up'),
    });
    expect(
      (await send(`${url}/backend`, { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' })).status,
    ).toBe(200);
  });

  it('a job that was ended at one instance is told to stop at another', async () => {
    const database = await postgresDatabase();
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
    const hanging = counting(async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      stop();
      throw signal.reason;
    });
    const api = await testServer({ database, secretsKey, role: 'api' });
    await testServer({ database, secretsKey, role: 'worker', provisioner: hanging.provisioner, lease: 300 });
    const place = await withEnvironment(api.url);
    const body = { backendEnvironmentName: 'staging', resourceName: 'auth', resourceConfig: authConfig };
    const started = await send(`${api.url}/backend/${place.appId}/auth`, body);
    await expect.poll(() => hanging.self.calls).toBeGreaterThan(0);
    const job = `${api.url}/backend/${place.appId}/job/staging/${started.body.jobId}`;
    expect((await send(job, { status: 'FAILED' })).body.status).toBe('FAILED');
    await stopped;
    await expect
      .poll(async () => (await send(`${api.url}/backend/${place.appId}/environments/staging/remove`)).status)
      .toBe(200);
  });

  it('a wrong SECRETS_KEY is refused at the start', async () => {
    const database = await postgresDatabase();
    await testServer({ database, secretsKey });
    await expect(testServer({ database, secretsKey: 'x'.repeat(40) })).rejects.toThrow(/encrypted with another key/);
  });

  it('a database that cannot be reached is one sentence, without its password', async () => {
    const wrong = testServer({ database: 'postgres://user:hush@127.0.0.1:1/none', secretsKey });
    await expect(wrong).rejects.toThrow(/^The database none on 127\.0\.0\.1:1 can't be used: .*Check that it runs/);
    await expect(wrong).rejects.not.toThrow(/hush/);
  });

  it('instances whose clocks are a minute apart leave each other their jobs', async () => {
    const database = await postgresDatabase();
    let calls = 0;
    const provisioner = applying(async () => {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      return { userPoolId: 'us-east-1_abc' };
    });
    // Shorter than the clocks differ by, and longer than this process may be kept from renewing it.
    const options = { database, secretsKey, provisioner, lease: 30_000 };
    const first = await testServer(options);
    await testServer({ ...options, clock: () => Date.now() + 60_000 });
    await testServer({ ...options, clock: () => Date.now() - 60_000 });
    const place = await withAuth(first.url);
    expect(calls).toBe(1);
    const job = await ended(first.url, await send(place.auth, update({})));
    expect([job.status, calls]).toEqual(['COMPLETED', 2]);
  });
});
