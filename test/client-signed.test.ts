import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { waitForJob } from '../client/index.ts';
import { retrying } from '../client/retry.ts';
import { createClient, signing } from '../client/sigv4.ts';
import { parseCredentials } from '../server/signing/credentials.ts';
import { testServer } from './helpers/server.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const region = 'eu-west-1';

class Sha256 {
  readonly #hash: ReturnType<typeof createHash>;
  constructor(secret?: string | Uint8Array) {
    this.#hash = secret === undefined ? createHash('sha256') : (createHmac('sha256', secret) as never);
  }
  update(data: string | Uint8Array) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
}

describe('a signed request', () => {
  it("equals what the AWS SDK's signer makes of the same request at the same time", async () => {
    const oracle = new SignatureV4({
      credentials,
      region,
      service: 'amplifybackend',
      sha256: Sha256 as never,
      applyChecksum: false,
    });
    const when = new Date('2026-11-23T12:34:56Z');
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc
            .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
            .filter((name) => name.isWellFormed() && !/^\.+$/.test(name)),
          { minLength: 1, maxLength: 4 },
        ),
        fc.option(fc.json({ maxDepth: 2 }), { nil: undefined }),
        async (segments, body) => {
          const path = `/${segments.map((segment) => encodeURIComponent(segment)).join('/')}`;
          let sent: Request | undefined;
          const send = signing(
            async (request) => {
              sent = request;
              return new Response();
            },
            { credentials, region, clock: () => when.getTime() },
          );
          const headers = {
            'amz-sdk-invocation-id': 'an id',
            ...(body !== undefined && { 'content-type': 'application/json' }),
          };
          await send(`http://127.0.0.1:3000${path}`, { method: 'POST', headers, ...(body !== undefined && { body }) });
          const expected = await oracle.sign(
            {
              method: 'POST',
              protocol: 'http:',
              hostname: '127.0.0.1',
              port: 3000,
              path: new URL(`http://x${path}`).pathname,
              query: {},
              headers: { host: '127.0.0.1:3000', ...headers },
              ...(body !== undefined && { body }),
            },
            { signingDate: when },
          );
          expect(sent?.headers.get('authorization')).toBe(expected.headers.authorization);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is accepted by the server, which refuses it unsigned', async () => {
    const file = `[x]\naws_access_key_id=${credentials.accessKeyId}\naws_secret_access_key=${credentials.secretAccessKey}\n`;
    const { url } = await testServer({ credentials: parseCredentials(file, 'x').credentials });
    const client = createClient({ baseUrl: `${url}/prod`, credentials: async () => credentials, region });
    const place = { appId: 'd1/é x', backendEnvironmentName: 'staging' };
    const { jobId } = await client.createBackend({ ...place, appName: 'shop' });
    expect(await waitForJob(client, { ...place, jobId })).toMatchObject({ status: 'COMPLETED' });
    expect((await client.deleteBackend(place)).operation).toBe('DeleteBackend');
    const wrong = createClient({ baseUrl: url, credentials: { ...credentials, secretAccessKey: 'wrong' }, region });
    await expect(wrong.getBackend({ appId: 'd1' })).rejects.toMatchObject({
      type: 'InvalidSignatureException',
      status: 403,
    });
  });
});

describe('trying again', () => {
  it.each([429, 500, 502, 503, 504])('follows a %i, with the same id and a signature of its own', async (status) => {
    const seen: IncomingMessage[] = [];
    const url = await answering((request, response) => {
      seen.push(request);
      response.writeHead(seen.length < 3 ? status : 200, { 'content-type': 'application/json' });
      response.end('{"appId":"d1"}');
    });
    const client = createClient({ baseUrl: url, credentials, region, clock: () => Date.now() + seen.length * 1000 });
    expect(await client.getBackend({ appId: 'd1' })).toEqual({ appId: 'd1' });
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map(({ headers }) => headers['amz-sdk-invocation-id'])).size).toBe(1);
    expect(seen.map(({ headers }) => headers['amz-sdk-request'])).toEqual([
      'attempt=1; max=3',
      'attempt=2; max=3',
      'attempt=3; max=3',
    ]);
    expect(new Set(seen.map(({ headers }) => headers.authorization)).size).toBe(3);
  });

  it('follows a connection that broke, and an attempt that took too long', async () => {
    let count = 0;
    const url = await answering((request, response) => {
      count++;
      if (count === 1) return void request.socket.destroy();
      if (count === 2) return; // no answer ever
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const client = createClient({ baseUrl: url, credentials, region, retry: { timeout: 100 } });
    expect(await client.getBackend({ appId: 'd1' })).toEqual({});
    expect(count).toBe(3);
  });

  it('ends with the last answer, and never follows a refusal', async () => {
    let count = 0;
    const url = await answering((_request, response) => {
      count++;
      response.writeHead(504, { 'content-type': 'application/json' }).end('{"message":"later"}');
    });
    const client = createClient({ baseUrl: url, credentials, region, retry: { attempts: 2 } });
    await expect(client.getBackend({ appId: 'd1' })).rejects.toMatchObject({ status: 504 });
    expect(count).toBe(2);
    const server = await testServer();
    const plain = createClient({ baseUrl: server.url, credentials, region });
    await expect(plain.getBackend({ appId: 'none' })).rejects.toMatchObject({ status: 404 });
    expect(server.logged.filter((line) => line.includes('"msg":"request"')).length).toBe(1);
  });

  it('waits as long as Retry-After says', async () => {
    const asked: number[] = [];
    const url = await answering((_request, response) => {
      asked.push(Date.now());
      const status = asked.length === 1 ? 429 : 200;
      response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' }).end('{}');
    });
    await retrying(fetch)(url);
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('stops when it is told to, also while it waits', async () => {
    const url = await answering((_request, response) => {
      response.writeHead(503, { 'retry-after': '60' }).end();
    });
    const controller = new AbortController();
    const waiting = retrying(fetch)(url, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(waiting).rejects.toThrow('enough');
  });

  it('sends the body again', async () => {
    const bodies: string[] = [];
    const url = await answering(async (request, response) => {
      let text = '';
      for await (const data of request) text += String(data);
      bodies.push(text);
      response.writeHead(bodies.length === 1 ? 500 : 200).end();
    });
    await retrying(fetch)(url, { method: 'POST', body: '{"a":1}' });
    expect(bodies).toEqual(['{"a":1}', '{"a":1}']);
  });
});

async function answering(answer: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
