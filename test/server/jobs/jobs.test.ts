import { describe, expect, it } from 'vitest';
import type { Provisioner, Work } from '../../../server/provisioners/provisioner.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { applying } from '../../helpers/provisioner.ts';
import {
  authConfig,
  ended,
  readConfig,
  send,
  testServer,
  update,
  withAuth,
  withEnvironment,
} from '../../helpers/server.ts';

/** Does what the test tells it to, as an outside world would. */
function provisioner(): Provisioner & { next: (signal: AbortSignal) => Promise<void>; calls: number } {
  const self = {
    calls: 0,
    next: async (_signal: AbortSignal) => {},
    ...applying(async (_auth, signal) => {
      self.calls++;
      await self.next(signal);
      return {};
    }),
    async remove(_auth: unknown, { signal }: Work) {
      self.calls++;
      await self.next(signal);
    },
  };
  return self;
}

describe('a job', () => {
  it('that fails says why, and leaves the configuration as it was', async () => {
    const outside = provisioner();
    const { url } = await testServer({ provisioner: outside });
    const place = await withAuth(url);
    const before = await readConfig(place);
    outside.next = () => Promise.reject(new Error('The domain is not available.'));
    const job = await ended(url, await send(place.auth, update({ passwordPolicy: { minimumLength: 50 } })));
    expect(job).toMatchObject({
      status: 'FAILED',
      error: 'The domain is not available.',
      operation: 'UpdateBackendAuth',
    });
    expect(await readConfig(place)).toEqual(before);

    outside.next = async () => {};
    const again = await ended(url, await send(place.auth, update({ passwordPolicy: { minimumLength: 50 } })));
    expect(again.status).toBe('COMPLETED');
    expect(again).not.toHaveProperty('error');
    expect((await readConfig(place)).userPoolConfigs.passwordPolicy.minimumLength).toBe(50);
  });

  it('that fails to create leaves nothing behind', async () => {
    const outside = provisioner();
    outside.next = () => Promise.reject(new Error('No.'));
    const { url } = await testServer({ provisioner: outside });
    const place = await withEnvironment(url);
    const body = { backendEnvironmentName: 'staging', resourceName: 'auth', resourceConfig: authConfig };
    const job = await ended(url, await send(`${url}/backend/${place.appId}/auth`, body));
    expect(job.status).toBe('FAILED');
    expect((await send(`${place.auth}/details`, { resourceName: 'auth' })).status).toBe(404);
    outside.next = async () => {};
    expect((await ended(url, await send(`${url}/backend/${place.appId}/auth`, body))).status).toBe('COMPLETED');
  });

  it('keeps others out of its environment until it has ended, while reads go on', async () => {
    const outside = provisioner();
    const { url } = await testServer({ provisioner: outside });
    const [place, other] = [await withAuth(url), await withAuth(url)];
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    outside.next = () => released;
    const first = await send(place.auth, update({ passwordPolicy: { minimumLength: 12 } }));

    const second = await send(place.auth, update({ passwordPolicy: { minimumLength: 13 } }));
    expect(second.status).toBe(400);
    expect(second.body.message).toBe(
      `There is already a pending job for the requested appId: ${place.appId} and backendEnvironmentName: staging, ` +
        'wait for it to complete before creating a new job.',
    );
    expect((await send(other.auth, update({}))).status).toBe(200);
    expect((await readConfig(place)).userPoolConfigs.passwordPolicy.minimumLength).toBe(8);

    release();
    expect((await ended(url, first)).status).toBe('COMPLETED');
    expect((await readConfig(place)).userPoolConfigs.passwordPolicy.minimumLength).toBe(12);
  });

  it('is one at a time also when many are asked for at once', async () => {
    const { url } = await testServer({ jobTime: 200 });
    const place = await withEnvironment(url);
    const body = { backendEnvironmentName: 'staging', resourceName: 'auth', resourceConfig: authConfig };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(`${url}/backend/${place.appId}/auth`, body)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
  });

  it('lasts at least as long as the job time says, by its own times', async () => {
    const { url } = await testServer({ jobTime: 150 });
    const place = await withEnvironment(url);
    const body = { backendEnvironmentName: 'staging', resourceName: 'auth', resourceConfig: authConfig };
    const job = await ended(url, await send(`${url}/backend/${place.appId}/auth`, body));
    expect(job.createTime).toMatch(/^\d{13}$/);
    expect(Number(job.updateTime) - Number(job.createTime)).toBeGreaterThanOrEqual(150);
  });

  it('that the end of the process cut off is run again at the next start, and once', async () => {
    const database = `${temporaryFolder()}/backend.db`;
    const hanging = provisioner();
    const first = await testServer({ database, provisioner: hanging });
    const place = await withAuth(first.url);
    hanging.next = (signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const started = await send(place.auth, update({ passwordPolicy: { minimumLength: 21 } }));
    await first.stop(0);

    const working = provisioner();
    const second = await testServer({ database, provisioner: working });
    const job = await ended(second.url, started);
    expect(job.status).toBe('COMPLETED');
    expect(working.calls).toBe(1);
    const auth = `${second.url}/backend/${place.appId}/auth/staging`;
    expect((await readConfig({ ...place, auth })).userPoolConfigs.passwordPolicy.minimumLength).toBe(21);
  });

  it('that waits for its time is not lost when the process ends', async () => {
    const database = `${temporaryFolder()}/backend.db`;
    const first = await testServer({ database, jobTime: 300 });
    const started = await send(`${first.url}/backend`, { appId: 'd1', appName: 'shop', backendEnvironmentName: 'dev' });
    await first.stop();
    const second = await testServer({ database });
    expect((await ended(second.url, started)).status).toBe('COMPLETED');
  });

  it('keeps the ids that were made for its resource', async () => {
    const { url, services } = await testServer();
    const place = await withAuth(url);
    const resources = async () =>
      (await services.store.db.selectFrom('auth_resource').select('resources').executeTakeFirstOrThrow()).resources;
    const before = await resources();
    expect(JSON.parse(before).userPoolId).toMatch(/^us-east-1_[A-Za-z0-9]{9}$/);
    await ended(url, await send(place.auth, update({ passwordPolicy: { minimumLength: 12 } })));
    expect(await resources()).toBe(before);
  });

  it('waits where the outside world bears no more, new ones and old ones alike, and all of them end', async () => {
    const outside = Object.assign(provisioner(), { concurrency: 2 });
    let running = 0;
    let most = 0;
    outside.next = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
    };
    const { url } = await testServer({ provisioner: outside });
    const places = await Promise.all(Array.from({ length: 8 }, () => withAuth(url)));
    const jobs = await Promise.all(places.map(({ auth }) => send(auth, update({ mfa: { MFAMode: 'OFF' } }))));
    const ends = await Promise.all(jobs.map((job) => ended(url, job)));
    expect(ends.map(({ status }) => status)).toEqual(places.map(() => 'COMPLETED'));
    expect(most).toBe(2);
  });
});
