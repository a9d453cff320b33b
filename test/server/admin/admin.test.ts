import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createClient as createAdmin } from '../../../client/admin.ts';
import { createClient, waitForJob } from '../../../client/index.ts';
import { createClient as createSigned, signing } from '../../../client/sigv4.ts';
import { parseCredentials } from '../../../server/signing/credentials.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { applying, untilStopped } from '../../helpers/provisioner.ts';
import {
  authConfig,
  ended,
  headOf,
  send,
  sharedServer,
  testServer,
  update,
  withAuth,
  withEnvironment,
} from '../../helpers/server.ts';

const NOTHING = { apps: 0, environments: 0, authResources: 0, jobs: 0 };
const backend = { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' };

const shared = sharedServer({ admin: true });

/** A server that is empty: the one of this file, or one with options of its own. */
async function withAdmin(options?: Parameters<typeof testServer>[0]) {
  const server = await (options === undefined ? shared() : testServer({ admin: true, ...options }));
  if (options === undefined) await server.reset();
  const { url } = server;
  return { ...server, admin: createAdmin({ baseUrl: url }), client: createClient({ baseUrl: url }) };
}

describe('/admin', () => {
  it('is not there unless it was asked for', async () => {
    const { url } = await testServer();
    for (const path of ['/admin/state/reset', '/admin/state/export', '/admin/docs', '/admin/openapi.json']) {
      expect((await send(`${url}${path}`, {})).status).toBe(404);
    }
  });

  it('shows its document, without the API’s, and its reference page', async () => {
    const { url } = await withAdmin();
    const { body } = await send(`${url}/admin/openapi.json`, undefined, { method: 'GET' });
    expect(Object.keys(body.paths).every((path) => path.startsWith('/admin/'))).toBe(true);
    expect((await headOf(`${url}/admin/docs`)).statusCode).toBe(200);
    const api = await send(`${url}/openapi.json`, undefined, { method: 'GET' });
    expect(Object.keys(api.body.paths).some((path) => path.startsWith('/admin'))).toBe(false);
  });

  it('is validated as the API is', async () => {
    const { url } = await withAdmin();
    expect(await send(`${url}/admin/faults`, { operation: 1, times: 0 })).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^\/body\/operation must be string\n.*times must be >= 1/) },
    });
    expect(
      (await send(`${url}/admin/faults`, 'operation=x', { headers: { 'content-type': 'text/plain' } })).status,
    ).toBe(400);
    expect((await send(`${url}/admin/state/reset`, undefined, { method: 'PUT' })).status).toBe(405);
  });
});

describe('a page of another site, or what came through a proxy,', () => {
  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { host: 'evil.example' },
    { 'x-forwarded-for': '203.0.113.7' },
    { via: '1.1 proxy' },
    { host: 'evil.example', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' },
  ])('can not empty the state with %j', async (headers) => {
    const { url, admin } = await withAdmin();
    await withEnvironment(url);
    // fetch sets Host and the like itself.
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(`${url}/admin/state/reset`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject).end();
    });
    expect(status).toBe(403);
    expect((await admin.exportState({ secrets: 'OMIT' })).apps).toHaveLength(1);
  });

  it('is told by no header that it may call, while the server’s own may', async () => {
    const { url } = await withAdmin();
    const { status, headers } = await send(`${url}/admin/faults`, undefined, {
      method: 'GET',
      headers: { origin: url, 'sec-fetch-site': 'same-origin' },
    });
    expect(status).toBe(200);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('with credentials, /admin', () => {
  const secretAccessKey = 'secretsecretsecretsecretsecretsecretsecr';
  const profile = (name: string, more = '') =>
    `[${name}]\naws_access_key_id = AKID${name}\naws_secret_access_key = ${secretAccessKey}\n${more}\n`;
  const { credentials } = parseCredentials(profile('all') + profile('one', 'app_ids = d1'), 'keys');
  const signedBy = (url: string, accessKeyId: string) =>
    createAdmin({
      baseUrl: url,
      fetch: signing(fetch, { region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } }),
    });

  it('takes a key that may touch all apps, and no other', async () => {
    const { url, admin } = await withAdmin({ credentials });
    await expect(admin.resetState()).rejects.toMatchObject({
      status: 403,
      type: 'MissingAuthenticationTokenException',
    });
    await expect(signedBy(url, 'AKIDone').resetState()).rejects.toMatchObject({
      status: 403,
      type: 'AccessDeniedException',
    });
    expect(await signedBy(url, 'AKIDall').resetState()).toEqual(NOTHING);
  });

  it('records who signed a request', async () => {
    const { url } = await withAdmin({ credentials });
    const client = createSigned({
      baseUrl: url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDone', secretAccessKey },
    });
    await client.createBackend(backend);
    expect((await signedBy(url, 'AKIDall').listRequests()).requests).toMatchObject([
      { operation: 'CreateBackend', caller: 'AKIDone', status: 200 },
    ]);
  });
});

describe('jobs', () => {
  it('stay RUNNING while they are held, and run once they are released', async () => {
    const { admin, client } = await withAdmin();
    expect(await admin.holdJobs()).toEqual({ holding: true, failures: [] });
    const job = await client.createBackend(backend);
    const other = await client.createBackend({ ...backend, appId: 'd2' });
    // Another request after it has gone all the way, and the worker was woken twice.
    expect(await client.getBackendJob(job as never)).toMatchObject({ status: 'RUNNING' });
    await expect(client.createBackend(backend)).rejects.toThrow('already a pending job');
    expect(await admin.releaseJobs()).toEqual({ holding: false, failures: [] });
    for (const started of [job, other])
      expect(await waitForJob(client, started)).toMatchObject({ status: 'COMPLETED' });
  });

  it('fail as often as they were asked to, those of the operation alone, and change nothing', async () => {
    const { url, admin } = await withAdmin();
    const place = await withAuth(url);
    await admin.failNextJob({ operation: 'UpdateBackendAuth', error: 'No luck.', times: 2 });
    const { failures } = await admin.failNextJob({ operation: 'CloneBackend' });
    expect(failures).toMatchObject([
      { operation: 'UpdateBackendAuth', times: 2 },
      { operation: 'CloneBackend', times: 1 },
    ]);
    await withEnvironment(url);
    const change = () => send(place.auth, update({ passwordPolicy: { minimumLength: 20 } }));
    for (let round = 0; round < 2; round++) {
      expect(await ended(url, await change())).toMatchObject({ status: 'FAILED', error: 'No luck.' });
    }
    expect(await ended(url, await change())).toMatchObject({ status: 'COMPLETED' });
  });

  it('of an operation that is not there can not be asked to fail', async () => {
    const { admin } = await withAdmin();
    await expect(admin.failNextJob({ operation: 'UpdateBackendAut' })).rejects.toThrow(
      'Did you mean UpdateBackendAuth?',
    );
  });
});

describe('a fault', () => {
  it('is met by the next calls of its operation as the error of the contract, and by no more', async () => {
    const { url, admin } = await withAdmin();
    // Each attempt of a client that retries would meet a fault.
    const client = createClient({ baseUrl: url, retry: { attempts: 1 } });
    const { appId } = await withEnvironment(url);
    await admin.addFault({ operation: 'GetBackend', status: 429, times: 2 });
    for (let round = 0; round < 2; round++) {
      await expect(client.getBackend({ appId })).rejects.toMatchObject({
        name: 'LimitExceededException',
        status: 429,
        type: 'TooManyRequestsException',
      });
    }
    expect(await client.getBackend({ appId })).toMatchObject({ appId });
    expect(await admin.listFaults()).toEqual({ faults: [] });
  });

  it('can have a call wait, which is served at once when faults are taken back', async () => {
    const { url, admin, client } = await withAdmin();
    const { appId } = await withEnvironment(url);
    await admin.addFault({ operation: 'GetBackend', latencyMs: 60_000 });
    const answer = client.getBackend({ appId });
    for (;;) if ((await admin.listFaults()).faults.length === 0) break; // it has been met
    let served = false;
    void answer.then(() => {
      served = true;
    });
    await admin.listFaults();
    expect(served).toBe(false);
    await admin.clearFaults();
    expect(await answer).toMatchObject({ appId });
  });

  it('does not keep the server from stopping', async () => {
    const { url, admin, client, stop } = await withAdmin({});
    const { appId } = await withEnvironment(url);
    await admin.addFault({ operation: 'GetBackend', latencyMs: 60_000 });
    const answer = client.getBackend({ appId });
    for (;;) if ((await admin.listFaults()).faults.length === 0) break;
    const [got] = await Promise.all([answer, stop()]);
    expect(got).toMatchObject({ appId });
  });

  it.each([
    [{ operation: 'GetBackend', status: 418 }, 'one of the errors of GetBackend: 400, 404, 429, 504'],
    [{ operation: 'GetBacken', status: 404 }, 'Did you mean GetBackend?'],
    [{ operation: 'GetBackend' }, 'needs a status, a latencyMs, or both'],
  ])('%j is refused', async (fault, sentence) => {
    const { admin } = await withAdmin();
    await expect(admin.addFault(fault)).rejects.toThrow(sentence);
  });
});

describe('a seed', () => {
  const story = async (seed: string) => {
    const { url, admin, client } = await withAdmin({});
    await admin.setSeed({ seed, time: Date.UTC(2030, 0, 1) });
    await waitForJob(client, await client.createBackend(backend));
    const { resourceName, ...rest } = { appId: 'd1', backendEnvironmentName: 'staging', resourceName: 'auth' };
    const job = await client.createBackendAuth({ ...rest, resourceName, resourceConfig: authConfig as never });
    await waitForJob(client, job);
    const told = { jobs: await client.listBackendJobs(rest), backend: await client.getBackend(rest) };
    return { told, url, admin, client };
  };

  it('gives the same ids and times each time, and another one gives others', async () => {
    const [one, again, other] = await Promise.all(['a', 'a', 'b'].map(story));
    expect(one?.told).toEqual(again?.told);
    expect(one?.told).not.toEqual(other?.told);
    const [newest, oldest] = one?.told.jobs.jobs ?? [];
    expect([newest?.operation, oldest?.operation]).toEqual(['CreateBackendAuth', 'CreateBackend']);
    expect(newest).toMatchObject({
      createTime: String(Date.UTC(2030, 0, 1)),
      updateTime: String(Date.UTC(2030, 0, 1)),
    });
  });

  it('begins anew with a reset', async () => {
    const { told, admin, client } = await story('a');
    await admin.resetState();
    await waitForJob(client, await client.createBackend(backend));
    const { jobs } = await client.listBackendJobs({ appId: 'd1', backendEnvironmentName: 'staging' });
    expect(jobs?.[0]).toEqual(told.jobs.jobs?.[1]);
  });

  it('gives no id again that a state has which was put in place', async () => {
    const { admin, client } = await story('a');
    const state = await admin.exportState({ secrets: 'OMIT' });
    await admin.resetState();
    await admin.importState({ state });
    const { jobId } = await client.createBackend({ ...backend, appId: 'd2' });
    expect(state.jobs.map((job) => job.jobId)).not.toContain(jobId);
  });

  it('stops the clock until it is advanced: then what is due runs', async () => {
    const { admin, client } = await withAdmin({ jobTime: 86_400_000, seed: 'a' });
    const job = await client.createBackend(backend);
    expect(await client.getBackendJob(job as never)).toMatchObject({ status: 'RUNNING' });
    expect(await admin.advanceClock({ ms: 86_400_000 })).toEqual({ time: Date.UTC(2026, 0, 2) });
    expect(await waitForJob(client, job)).toMatchObject({ updateTime: String(Date.UTC(2026, 0, 2)) });
  });

  it('is refused once there are jobs, and a clock that goes by itself can not be advanced', async () => {
    const { url, admin } = await withAdmin();
    await expect(admin.advanceClock({ ms: 1 })).rejects.toThrow('The clock is the real one');
    await withEnvironment(url);
    await expect(admin.setSeed({ seed: 'a' })).rejects.toThrow('reset the state before the seed');
  });
});

describe('the record of requests', () => {
  it('has the last ones, the newest first, without secrets and what the contract does not name', async () => {
    const { url, admin, client } = await withAdmin();
    const place = await withAuth(url);
    const google = { client_id: 'its-id', client_secret: 'hush-hush' };
    const oAuth = {
      oAuthGrantType: 'CODE',
      oAuthScopes: ['OPENID'],
      redirectSignInURIs: ['https://shop.example/'],
      redirectSignOutURIs: ['https://shop.example/'],
      socialProviderSettings: { Google: google, Unknown: { token: 'hush-hush' } },
    };
    const body = { ...update({ oAuth }), password: 'hush-hush' };
    expect((await send(`${place.auth}?a=hush-hush`, body)).status).toBe(400);
    expect((await send(place.auth, body)).status).toBe(200);
    await expect(client.getBackend({ appId: 'nowhere' })).rejects.toThrow();

    const { requests } = await admin.listRequests({ limit: 3 });
    expect(requests.map(({ operation, status }) => [operation, status])).toEqual([
      ['GetBackend', 404],
      ['UpdateBackendAuth', 200],
      ['UpdateBackendAuth', 400],
    ]);
    expect(requests[1]).toMatchObject({
      method: 'POST',
      path: `/backend/${place.appId}/auth/staging`,
      input: {
        appId: place.appId,
        resourceName: 'auth',
        resourceConfig: { userPoolConfigs: { oAuth: { socialProviderSettings: { Google: { client_id: 'its-id' } } } } },
      },
    });
    expect(requests[2]).not.toHaveProperty('input');
    expect(JSON.stringify(await admin.listRequests({ limit: 1000 }))).not.toContain('hush');
    const { requests: created } = await admin.listRequests({ operation: 'CreateBackend' });
    expect(created.map(({ operation }) => operation)).toEqual(['CreateBackend']);
  });

  it('is bounded, and does not keep large inputs', async () => {
    const { url, admin, client } = await withAdmin();
    const place = await withAuth(url);
    const smsMessage = `{####}${'x'.repeat(20_000)}`;
    await send(place.auth, update({ verificationMessage: { deliveryMethod: 'SMS', smsSettings: { smsMessage } } }));
    const [large] = (await admin.listRequests({ operation: 'UpdateBackendAuth' })).requests;
    expect(large).toBeDefined();
    expect(large).not.toHaveProperty('input');
    for (let sent = 0; sent < 1010; sent += 101) {
      await Promise.all(Array.from({ length: 101 }, () => client.getBackend({ appId: place.appId })));
    }
    expect((await admin.listRequests({ limit: 1000 })).requests).toHaveLength(1000);
  });
});

describe('a reset', () => {
  it('leaves nothing of the state, of faults, of held jobs and of recorded requests', async () => {
    const { url, admin } = await withAdmin();
    await withAuth(url);
    await admin.holdJobs();
    await admin.failNextJob({});
    await admin.addFault({ operation: 'GetBackend', status: 404 });
    expect(await admin.resetState()).toEqual(NOTHING);
    expect(await admin.listFaults()).toEqual({ faults: [] });
    expect((await admin.listRequests()).requests).toEqual([]);
    expect(await admin.releaseJobs()).toEqual({ holding: false, failures: [] });
    await withAuth(url);
  });

  it('interrupts a job that runs, which then writes nothing', async () => {
    let stopped = 0;
    const hanging = applying((_target, signal) => untilStopped(signal, () => void stopped++));
    const { url, admin, client } = await withAdmin({ provisioner: hanging });
    const { appId, environment } = await withEnvironment(url);
    const place = { appId, backendEnvironmentName: environment };
    const job = await client.createBackendAuth({ ...place, resourceName: 'auth', resourceConfig: authConfig as never });
    expect(await admin.resetState()).toEqual(NOTHING);
    expect(stopped).toBe(1);
    await expect(client.getBackendJob(job as never)).rejects.toMatchObject({ status: 404 });
  });

  it('keeps a file’s key, so that the database opens again', async () => {
    const database = `${temporaryFolder()}/state.db`;
    const first = await withAdmin({ database });
    await withAuth(first.url);
    await first.admin.resetState();
    await first.stop();
    const { url } = await testServer({ database });
    await withAuth(url);
  });
});
