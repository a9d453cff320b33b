import { request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  authConfig,
  ended,
  readConfig,
  send,
  sharedServer,
  testServer,
  update,
  withAuth,
} from '../../helpers/server.ts';

const shared = sharedServer();

function expectRefused(answer: Answer, status: number, type: string): void {
  expect({ status: answer.status, type: answer.headers.get('x-amzn-errortype') }).toEqual({ status, type });
  expect(answer.body.__type).toBe(type);
  expect(answer.body.message).toEqual(expect.any(String));
  expect(answer.headers.get('x-amzn-requestid')).toMatch(/./);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
}

describe('a request that is not formed properly', () => {
  it.each([
    ['malformed JSON', '{"resourceName":', 'application/json'],
    ['a body that is not JSON at all', 'hello', 'application/json'],
    ['an empty body', '', 'application/json'],
    ['a wrong Content-Type', JSON.stringify(update({})), 'text/plain'],
    ['a form', 'resourceName=auth', 'application/x-www-form-urlencoded'],
    ['no Content-Type', JSON.stringify(update({})), ''],
    ['a charset that JSON does not have', JSON.stringify(update({})), 'application/json; charset=koi8-r'],
    ['an array', '[]', 'application/json'],
    ['null', 'null', 'application/json'],
    ['a string', '"auth"', 'application/json'],
    ['a number', '12', 'application/json'],
  ])('is refused with a 400 when it has %s', async (_name, body, contentType) => {
    const { url } = await shared();
    const place = await withAuth(url);
    expectRefused(
      await send(place.auth, Buffer.from(body), { headers: { 'content-type': contentType } }),
      400,
      'BadRequestException',
    );
  });

  it('is told each violation of the schema in a line of its own, with its place', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const answer = await send(place.auth, {
      resourceConfig: {
        authResources: 'EVERYTHING',
        userPoolConfigs: {
          mfa: { MFAMode: true, settings: { mfaTypes: ['CARRIER_PIGEON'] } },
          passwordPolicy: { minimumLength: '12', additionalConstraints: ['REQUIRE_DIGIT', 'REQUIRE_POETRY'] },
          verificationMessage: {},
        },
        identityPoolConfigs: [],
      },
    });
    expectRefused(answer, 400, 'BadRequestException');
    const lines = answer.body.message.split('\n');
    for (const place of [
      '/body/resourceName is required',
      '/body/resourceConfig/service is required',
      '/body/resourceConfig/authResources must be one of: USER_POOL_ONLY, IDENTITY_POOL_AND_USER_POOL',
      '/body/resourceConfig/userPoolConfigs/mfa/MFAMode must be string',
      '/body/resourceConfig/userPoolConfigs/mfa/settings/mfaTypes/0 must be one of: SMS, TOTP',
      '/body/resourceConfig/userPoolConfigs/passwordPolicy/minimumLength must be number',
      '/body/resourceConfig/userPoolConfigs/passwordPolicy/additionalConstraints/1 must be one of: ',
      '/body/resourceConfig/userPoolConfigs/verificationMessage/deliveryMethod is required',
      '/body/resourceConfig/identityPoolConfigs must be object',
    ]) {
      expect(lines).toContainEqual(expect.stringContaining(place));
    }
  });

  it('is refused before anything is kept of it', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const before = await readConfig(place);
    await send(place.auth, update({ passwordPolicy: { minimumLength: 20 }, mfa: { MFAMode: 'MAYBE' } }));
    expect(await readConfig(place)).toEqual(before);
  });

  it('is refused when its body is larger than 1 MiB, also when it says so nowhere, and when it is only so unpacked', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const large = JSON.stringify(update({ padding: 'x'.repeat(1024 * 1024) }));
    const plain = await send(place.auth, large).catch(() => undefined); // the server may hang up before all is sent
    if (plain !== undefined) expectRefused(plain, 400, 'BadRequestException');
    expect(await sendChunked(place.auth, large)).toBe(400);
    const packed = await send(place.auth, gzipSync(large), { headers: { 'content-encoding': 'gzip' } });
    expectRefused(packed, 400, 'BadRequestException');
    expect(packed.body.message).toContain('1048576');
  });

  it('is answered in the same form when it has a Content-Type that none can read, on an operation without a body', async () => {
    const { url } = await shared();
    const headers = { 'content-type': 'application/json; x="%"' };
    expectRefused(
      await send(`${url}/backend/d1/environments/staging/remove`, Buffer.from('{}'), { headers }),
      404,
      'NotFoundException',
    );
  });

  it('may have a limit of its own', async () => {
    const { url } = await testServer({ bodyLimit: 300 });
    expectRefused(await send(`${url}/backend`, { padding: 'x'.repeat(400) }), 400, 'BadRequestException');
  });

  it('is answered in the same form when its path has a malformed escape', async () => {
    const { url } = await shared();
    expect(await rawStatus(url, 'POST /backend/%E0%A4%A/auth/staging HTTP/1.1')).toContain('400 Bad Request');
  });

  it('does not take the server down when it is not HTTP', async () => {
    const { url } = await shared();
    expect(await rawStatus(url, 'WHAT')).toContain('400 Bad Request');
    expect((await send(`${url}/healthz`, undefined, { method: 'GET' })).status).toBe(200);
  });
});

describe('a path or method that the contract does not have', () => {
  it.each([
    '/nothing',
    '/backend/',
    '/Backend',
    '/backend/d1/auth/staging/',
    '/backend//auth/staging',
    '/prod',
    '/prodbackend',
  ])('gets a 404 at %s', async (path) => {
    const { url } = await shared();
    expectRefused(await send(`${url}${path}`, {}), 404, 'NotFoundException');
  });

  it('gets a 405 that says which methods there are', async () => {
    const { url } = await shared();
    const answer = await send(`${url}/prod/backend/d1/auth/staging`, undefined, { method: 'PUT' });
    expectRefused(answer, 405, 'MethodNotAllowedException');
    expect(answer.headers.get('allow')).toBe('POST, OPTIONS');
    const read = await send(`${url}/backend/d1/job/staging/1`, {}, { method: 'DELETE' });
    expect(read.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
  });

  it('gets a 405 for HEAD where there is no GET, and an empty answer where there is', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    expect((await fetch(place.auth, { method: 'HEAD' })).status).toBe(405);
    const started = await send(place.auth, update({}));
    const job = `${url}/backend/${place.appId}/job/staging/${started.body.jobId}`;
    const head = await fetch(job, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

describe('a member that the contract does not know', () => {
  it('is ignored, not stored, and told to the log with the nearest name', async () => {
    const { url, logged } = await shared();
    const place = await withAuth(url);
    const answer = await send(place.auth, {
      ...update({ passwordPolicy: { minimumLength: 11, minimumLenght: 12 } }),
      'x-trace': { deep: true },
    });
    expect(answer.status).toBe(200);
    await ended(url, answer);
    expect((await readConfig(place)).userPoolConfigs.passwordPolicy).toEqual({
      minimumLength: 11,
      additionalConstraints: [],
    });
    const warning = logged.find((line) => line.includes('minimumLenght'));
    expect(warning).toContain('/body/resourceConfig/userPoolConfigs/passwordPolicy/minimumLenght');
    expect(warning).toContain('Did you mean minimumLength?');
  });

  it('is kept where the contract leaves an object open, but for __proto__', async () => {
    const { url } = await shared();
    const place = await withAuth(url);
    const settings =
      '{"mfaTypes":["TOTP"],"future":{"a":1,"__proto__":{"polluted":true}},"__proto__":{"polluted":true}}';
    const body = JSON.stringify(update({ mfa: { MFAMode: 'ON', settings: 0 } })).replace(
      '"settings":0',
      `"settings":${settings}`,
    );
    await ended(url, await send(place.auth, body));
    const stored = (await readConfig(place)).userPoolConfigs.mfa.settings;
    expect(stored).toEqual({ mfaTypes: ['TOTP'], future: { a: 1 } });
    expect(JSON.stringify(stored)).not.toContain('polluted');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('names that no path can hold', () => {
  it.each(['', '.', '..', 'a\u0000b', 'x'.repeat(256)])(
    'are refused for an app or an environment: %j',
    async (name) => {
      const { url } = await shared();
      const backend = { appId: 'd1', appName: 'shop', backendEnvironmentName: 'staging' };
      expectRefused(await send(`${url}/backend`, { ...backend, appId: name }), 400, 'BadRequestException');
      expectRefused(
        await send(`${url}/backend`, { ...backend, backendEnvironmentName: name }),
        400,
        'BadRequestException',
      );
    },
  );

  it('are all others taken: what was created under any name is found under it', async () => {
    const { url } = await shared();
    const [appId, environment] = ['a/b?c#d é%', 'details'];
    await endedAnywhere(
      url,
      await send(`${url}/backend`, { appId, appName: 'x', backendEnvironmentName: environment }),
    );
    const path = `${url}/backend/${encodeURIComponent(appId)}/auth`;
    const body = { backendEnvironmentName: environment, resourceName: 'auth', resourceConfig: authConfig };
    expect((await send(path, body)).status).toBe(200);
  });
});

const endedAnywhere = async (url: string, { body }: Answer) => {
  const job = `${url}/backend/${encodeURIComponent(body.appId)}/job/${body.backendEnvironmentName}/${body.jobId}`;
  while ((await send(job, undefined, { method: 'GET' })).body.status === 'RUNNING');
};

function sendChunked(url: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on('error', reject);
    sending.write(body);
    sending.end();
  });
}

/** The first bytes that the server answers to a request line that no client would send. */
function rawStatus(url: string, line: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`${line}\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (data) => {
      text += String(data);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}
