import { describe, expect, it } from 'vitest';
import { applying, untilStopped } from '../../helpers/provisioner.ts';
import {
  type Answer,
  ended,
  readConfig,
  send,
  sharedServer,
  testServer,
  update,
  withAuth,
} from '../../helpers/server.ts';

const shared = sharedServer();

const listJobs = async (url: string, appId: string, body: object = {}): Promise<Answer> =>
  send(`${url}/backend/${appId}/job/staging`, body);

describe('ListBackendJobs', () => {
  it('pages through the jobs of one environment, the newest first, and repeats none', async () => {
    const { url } = await shared();
    const [place] = [await withAuth(url), await withAuth(url)];
    for (let count = 0; count < 5; count++) await ended(url, await send(place.auth, update({})));
    const pages: string[][] = [];
    let nextToken: string | undefined;
    do {
      const { body } = await listJobs(url, place.appId, { maxResults: 3, ...(nextToken && { nextToken }) });
      pages.push(body.jobs.map(({ jobId }: { jobId: string }) => jobId));
      nextToken = body.nextToken;
    } while (nextToken !== undefined);
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(new Set(pages.flat()).size).toBe(7);
    const { body } = await listJobs(url, place.appId);
    expect(body.jobs.map(({ jobId }: { jobId: string }) => jobId)).toEqual(pages.flat());
    const times = body.jobs.map(({ createTime }: { createTime: string }) => Number(createTime));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(body).not.toHaveProperty('nextToken');
  });

  it('has no token on a last page that is full', async () => {
    const { url } = await shared();
    const { appId } = await withAuth(url);
    expect((await listJobs(url, appId, { maxResults: 2 })).body).not.toHaveProperty('nextToken');
  });

  it('lists what fits all that is given', async () => {
    const { url } = await shared();
    const { appId, auth } = await withAuth(url);
    const started = await send(auth, update({}));
    await ended(url, started);
    const ids = async (filter: object) =>
      (await listJobs(url, appId, filter)).body.jobs.map(({ operation }: { operation: string }) => operation);
    expect(await ids({ operation: 'CreateBackend' })).toEqual(['CreateBackend']);
    expect(await ids({ jobId: started.body.jobId })).toEqual(['UpdateBackendAuth']);
    expect(await ids({ status: 'COMPLETED' })).toHaveLength(3);
    expect(await ids({ status: 'FAILED' })).toEqual([]);
    expect(await ids({ operation: 'CreateBackend', jobId: started.body.jobId })).toEqual([]);
    expect(await ids({ status: 'of no such kind' })).toEqual([]);
  });

  it.each([0, 26, 1.5, '3', -1])('refuses maxResults %j', async (maxResults) => {
    const { url } = await shared();
    const { appId } = await withAuth(url);
    const answer = await listJobs(url, appId, { maxResults });
    expect([answer.status, answer.body.message.split(' ')[0]]).toEqual([400, '/body/maxResults']);
  });

  it.each(['', 'x', 'bnVsbA', 'W10', 'WzEsMl0', 'eyJhIjoxfQ'])(
    'refuses a token that is none: %j',
    async (nextToken) => {
      const { url } = await shared();
      const { appId } = await withAuth(url);
      expect((await listJobs(url, appId, { nextToken })).status).toBe(400);
    },
  );

  it('gets a 404 for an environment that never was', async () => {
    const { url } = await shared();
    expect((await listJobs(url, 'none')).body.resourceType).toBe('App');
  });
});

/** Waits until it is told to stop, as a job that is stuck would. */
function stuck() {
  const self = { stopped: 0, let: (_go: boolean) => {}, wait: true };
  const provisioner = applying(async (_target, signal) => {
    if (self.wait) await untilStopped(signal, () => self.stopped++);
    return { userPoolId: 'us-east-1_abc' };
  });
  return { self, provisioner };
}

describe('UpdateBackendJob', () => {
  const end = (url: string, { body }: Answer, change: object): Promise<Answer> =>
    send(`${url}/backend/${body.appId}/job/${body.backendEnvironmentName}/${body.jobId}`, change);

  it.each(['FAILED', 'COMPLETED'])(
    'ends a stuck job as %s at once, stops its work and frees its environment',
    async (status) => {
      const { self, provisioner } = stuck();
      self.wait = false;
      const { url } = await testServer({ provisioner });
      const place = await withAuth(url);
      const before = await readConfig(place);
      self.wait = true;
      const started = await send(place.auth, update({ passwordPolicy: { minimumLength: 40 } }));
      const answer = await end(url, started, { operation: 'UpdateBackendAuth', status });
      expect(answer).toMatchObject({ status: 200, body: { status, jobId: started.body.jobId } });
      expect('error' in answer.body).toBe(status === 'FAILED');
      expect(await ended(url, started)).toEqual(answer.body);
      await expect.poll(() => self.stopped).toBe(1);

      self.wait = false;
      await expect.poll(async () => (await send(place.auth, update({}))).status).toBe(200);
      expect((await readConfig(place)).userPoolConfigs.passwordPolicy).toEqual(before.userPoolConfigs.passwordPolicy);
      expect(await ended(url, started)).toMatchObject({ status });
    },
  );

  it('frees the environment at once where no worker has the job yet', async () => {
    const { url } = await testServer({ jobTime: 60_000 });
    const body = { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' };
    const waiting = await send(`${url}/backend`, body);
    expect((await end(url, waiting, { status: 'FAILED' })).status).toBe(200);
    expect((await send(`${url}/backend`, body)).status).toBe(200);
  });

  it('changes nothing of a job that has ended, nor without a status', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const started = await send(place.auth, update({}));
    const done = await ended(url, started);
    expect((await end(url, started, {})).body).toEqual(done);
    expect((await end(url, started, { status: 'COMPLETED' })).body).toEqual(done);
    for (const status of ['FAILED', 'RUNNING', 'PAUSED'])
      expect((await end(url, started, { status })).status).toBe(400);
    expect((await end(url, started, { operation: 'CreateBackend', status: 'COMPLETED' })).status).toBe(400);
    expect(await ended(url, started)).toEqual(done);
  });
});

describe("an automatic retry by an AWS SDK, known by its 'amz-sdk-invocation-id'", () => {
  const signed = (key: string) => `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/amplifybackend/aws4_request`;
  const headers = { 'amz-sdk-invocation-id': '5d3e', authorization: signed('AKIDONE') };

  it('gets the job that was already started, whether it still runs or not', async () => {
    const { url } = await testServer({ jobTime: 100 });
    const place = await withAuth(url);
    const body = update({ passwordPolicy: { minimumLength: 12 } });
    const first = await send(place.auth, body, { headers });
    const retried = await send(place.auth, body, { headers: { ...headers, 'amz-sdk-request': 'attempt=2; max=3' } });
    expect(retried).toMatchObject({ status: 200, body: first.body });
    await ended(url, first);
    const late = await send(place.auth, body, { headers });
    expect(late.body).toEqual({ ...first.body, status: 'COMPLETED' });
  });

  it('is a new request with another body, path, caller or id', async () => {
    const { url } = await shared();
    const [place, other] = [await withAuth(url), await withAuth(url)];
    const body = update({ passwordPolicy: { minimumLength: 12 } });
    const ids = new Set<string>();
    const start = async (auth: string, sent: object, more: Record<string, string> = {}) => {
      const answer = await send(auth, sent, { headers: { ...headers, ...more } });
      await ended(url, answer);
      ids.add(answer.body.jobId);
    };
    await start(place.auth, body);
    await start(place.auth, update({ passwordPolicy: { minimumLength: 13 } }));
    await start(other.auth, body);
    await start(place.auth, body, { authorization: signed('AKIDTWO') });
    await start(place.auth, body, { 'amz-sdk-invocation-id': '6e4f' });
    expect(ids.size).toBe(5);
  });

  it('is a new request after 24 hours', async () => {
    let now = Date.now();
    const { url } = await testServer({ clock: () => now });
    const place = await withAuth(url);
    const first = await send(place.auth, update({}), { headers });
    await ended(url, first);
    now += 24 * 60 * 60 * 1000 + 1;
    expect((await send(place.auth, update({}), { headers })).body.jobId).not.toBe(first.body.jobId);
  });

  it('makes one job also when its tries arrive at the same time', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const tries = await Promise.all(Array.from({ length: 10 }, () => send(place.auth, update({}), { headers })));
    expect(new Set(tries.map(({ body }) => body.jobId)).size).toBe(1);
  });
});

describe('a mutation', () => {
  it('leaves a line in the log that says who asked for what and which job does it, and nothing of the body', async () => {
    const { url, logged } = await shared();
    const place = await withAuth(url);
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIDONE/20260101/us-east-1/amplifybackend/aws4_request';
    const message = { verificationMessage: { deliveryMethod: 'EMAIL', emailSettings: { emailSubject: 'hush' } } };
    const { body } = await send(place.auth, update(message), { headers: { authorization } });
    const lines = logged.filter((line) => line.includes('"audit":true')).map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({
      caller: 'AKIDONE',
      operation: 'UpdateBackendAuth',
      appId: place.appId,
      backendEnvironmentName: 'staging',
      jobId: body.jobId,
      requestId: expect.any(String),
    });
    expect(logged.join('')).not.toContain('hush');
  });

  it('is refused with the documented 429 while 1,000 jobs of its app are at work', async () => {
    const { url, services } = await shared();
    const rows = Array.from({ length: 1000 }, (_, index) => ({
      app_id: 'd1',
      environment: `env${index}`,
      job_id: 'x',
    }));
    for (const row of rows) await services.store.db.insertInto('hold').values(row).execute();
    const backend = { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' };
    const refused = await send(`${url}/backend`, backend);
    expect([refused.status, refused.body.__type, refused.body.limitType]).toEqual([
      429,
      'TooManyRequestsException',
      'RunningJobs',
    ]);
    expect((await send(`${url}/backend`, { ...backend, appId: 'd2' })).status).toBe(200);
  });
});
