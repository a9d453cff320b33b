import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../client/index.ts';

interface Asked {
  method?: string | undefined;
  url?: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server that keeps what it is asked and answers the same each time; stopped when the test ends. */
async function listening(answer: string, status = 200) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    asked.push({ method, url, headers, body: await text(request) });
    response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await server[Symbol.asyncDispose]();
  });
  return { asked, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const environment = { appId: 'd1', backendEnvironmentName: 'staging' };
const resourceConfig = {
  authResources: 'USER_POOL_ONLY',
  service: 'COGNITO',
  userPoolConfigs: { mfa: { MFAMode: 'ON' } },
} as const;
const job = { ...environment, jobId: 'j1', operation: 'UpdateBackendAuth', status: 'RUNNING' } as const;

let asked: Asked[];
let baseUrl: string;
beforeEach(async () => {
  ({ asked, baseUrl } = await listening(JSON.stringify(job)));
});

describe('a method', () => {
  test('puts its flat input into the path and the body, and answers the body of the success', async () => {
    const client = createClient({ baseUrl });
    const answer = await client.updateBackendAuth({ ...environment, resourceName: 'auth', resourceConfig });
    expect(answer).toEqual(job);
    expect(asked).toMatchObject([{ method: 'POST', url: '/backend/d1/auth/staging' }]);
    expect(asked[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ resourceName: 'auth', resourceConfig });
  });

  test('sends no body and no content type where the operation takes none', async () => {
    const client = createClient({ baseUrl });
    await client.getBackendJob({ ...environment, jobId: 'j1' });
    expect(asked).toMatchObject([{ method: 'GET', url: '/backend/d1/job/staging/j1', body: '' }]);
    expect(asked[0]?.headers).not.toHaveProperty('content-type');
  });

  test('leaves undefined members out, and sends an empty object where none is left', async () => {
    const client = createClient({ baseUrl });
    await client.getBackendAuth({ ...environment, resourceName: undefined as unknown as string });
    expect(asked[0]?.body).toBe('{}');
  });

  test("sends the client's headers and its own, which win, and null takes one away", async () => {
    const client = createClient({ baseUrl, headers: { 'X-One': 'client', 'X-Two': 'client', 'X-Three': 'client' } });
    await client.getBackendJob({ ...environment, jobId: 'j1' }, { headers: { 'X-Two': 'call', 'X-Three': null } });
    expect(asked[0]?.headers).toMatchObject({ 'x-one': 'client', 'x-two': 'call' });
    expect(asked[0]?.headers).not.toHaveProperty('x-three');
  });

  test('keeps the path of the base URL, with or without a slash at its end', async () => {
    for (const prefix of ['/prod', '/prod/']) {
      await createClient({ baseUrl: baseUrl + prefix }).getBackendJob({ ...environment, jobId: 'j1' });
    }
    expect(asked.map(({ url }) => url)).toEqual(Array(2).fill('/prod/backend/d1/job/staging/j1'));
  });

  test('sends every request through the fetch handed in, as a Request', async () => {
    const seen: Request[] = [];
    const client = createClient({
      baseUrl,
      fetch: (request) => {
        seen.push(request);
        return fetch(request);
      },
    });
    await client.getBackendJob({ ...environment, jobId: 'j1' });
    expect(seen.map(({ url }) => url)).toEqual([`${baseUrl}/backend/d1/job/staging/j1`]);
  });
});

describe('the path', () => {
  test('reaches the server with each value in one segment that decodes to it, whatever string it is', async () => {
    const client = createClient({ baseUrl });
    const segment = fc
      .oneof(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.constantFrom('...', '%2e%2e', 'a/../b', 'a?b#c', '{jobId}', '$&'),
      )
      .filter((value) => value !== '.' && value !== '..');
    await fc.assert(
      fc.asyncProperty(segment, segment, segment, async (appId, backendEnvironmentName, jobId) => {
        asked.length = 0;
        await client.getBackendJob({ appId, backendEnvironmentName, jobId });
        const [empty, backend, first, fixed, second, third, ...more] = asked[0]?.url?.split('/') ?? [];
        expect([empty, backend, fixed, more]).toEqual(['', 'backend', 'job', []]);
        expect([first, second, third].map((part) => decodeURIComponent(`${part}`))).toEqual([
          appId,
          backendEnvironmentName,
          jobId,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  const refused = ['', '.', '..', undefined, null, {}, ['a'], () => 'a'] as string[];
  test.each(refused)('refuses the value %j before anything is sent', async (appId) => {
    const client = createClient({ baseUrl });
    const refusal = expect.objectContaining({
      name: 'TypeError',
      message: expect.stringMatching(/^Path parameter appId can't/),
    });
    const path = { ...environment, appId, jobId: 'j1' };
    await expect(client.getBackendJob(path)).rejects.toEqual(refusal);
    expect(asked).toEqual([]);
  });

  test('refuses half of a character before anything is sent', async () => {
    const call = createClient({ baseUrl }).getBackendJob({ ...environment, jobId: '\ud800' });
    await expect(call).rejects.toThrow(URIError);
    expect(asked).toEqual([]);
  });

  test('refuses to go without values', async () => {
    const call = createClient({ baseUrl }).getBackendJob({} as typeof job);
    await expect(call).rejects.toThrow("Path parameter appId can't be undefined");
    expect(asked).toEqual([]);
  });
});
