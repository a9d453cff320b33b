import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AmplifyBackendClient, GetBackendAuthCommand } from '@aws-sdk/client-amplifybackend';
import type { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { waitForJob } from '../../client/index.ts';
import { type Credentials, signHeaders } from '../../client/signHeaders.ts';
import { createClient, signing } from '../../client/sigv4.ts';
import { parseCredentials } from '../../server/signing/credentials.ts';
import { Verifier } from '../../server/signing/verify.ts';
import { testServer } from '../helpers/server.ts';

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

type Sent = Required<Pick<RequestInit, 'method'>> & {
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: string | undefined;
};
const service = 'amplifybackend';
const host = '127.0.0.1:3000';
const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
const segment = fc
  .oneof(
    text.filter((value) => value !== '').map(encodeURIComponent),
    fc.string({ unit: fc.constantFrom(..."aZ09-._~!$&'()*+,;=:@[]|^", '%2F', '%2f', '%20', '%25', '%ff') }),
  )
  .filter((value) => !/^(\.|%2e)*$/i.test(value));
const queries = fc.dictionary(
  text.filter((name) => name !== '' && !/^(__proto__|x-amz-signature)$/i.test(name)),
  fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 4 })),
  { noNullPrototype: true, maxKeys: 5 },
);
const headerNames = ['content-type', 'amz-sdk-request', 'x-amz-custom', 'x-other', 'x!', 'x', 'accept', 'user-agent'];
const unsignable = ['cache-control', 'pragma', 'proxy-x', 'sec-x', 'te', 'date', 'authorization', 'x-amzn-trace-id'];
const sent: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
  path: fc
    .tuple(fc.array(segment, { maxLength: 5 }), fc.constantFrom('', '/'))
    .map(([segments, end]) => `/${segments.join('/')}${segments.length > 0 ? end : ''}`),
  query: queries,
  headers: fc.dictionary(
    fc.constantFrom(...headerNames, ...unsignable),
    fc
      .string({ unit: fc.constantFrom(...'abXY01 \t,;="/é\u00a0') })
      .map((value) => value.replace(/^[ \t]+|[ \t]+$/g, '')),
    { noNullPrototype: true },
  ),
  body: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
});
const key = fc.constantFrom(credentials, { ...credentials, sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE//token==' });
// To the second, as everyone signs.
const date = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const escaped = (value: string) =>
  encodeURIComponent(value).replaceAll(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
const queryOf = (query: Sent['query']) =>
  Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((one) => `${escaped(name)}=${escaped(one)}`))
    .join('&');

/** The headers as ours signs them. */
async function signed({ path, method, headers, body }: Omit<Sent, 'query'>, query: string, key: Credentials, at: Date) {
  const bytes = new TextEncoder().encode(body ?? '').buffer;
  const request = { method, url: `http://${host}${path}${query && `?${query}`}`, headers: new Headers(headers) };
  return signHeaders(request, bytes, key, { region, service, time: at.getTime() });
}

describe('a signed request', () => {
  it("equals what the AWS SDK's signer makes of the same request at the same time", async () => {
    const options = { region, service, sha256: Sha256 as never };
    await fc.assert(
      fc.asyncProperty(sent, key, date, async (request, key, when) => {
        const oracle = new SignatureV4({ credentials: key, ...options });
        const ours = await signed(request, queryOf(request.query), key, when);
        const { pathname } = new URL(`http://x${request.path}`);
        const theirs = await oracle.sign(
          { ...request, path: pathname, protocol: 'http:', hostname: host, headers: { host, ...request.headers } },
          { signingDate: when },
        );
        for (const name of ['authorization', 'x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token']) {
          expect([name, ours.get(name)]).toEqual([name, theirs.headers[name] ?? null]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('equals what the AWS SDK sends, header for header', async () => {
    const when = new Date('2026-11-23T12:34:56Z');
    let request: HttpRequest | undefined;
    const client = new AmplifyBackendClient({
      endpoint: `http://${host}/prod`,
      region,
      credentials,
      requestHandler: {
        async handle(sent: HttpRequest) {
          request = sent;
          throw new Error('not sent');
        },
      } as never,
    });
    // The SDK knows no clock, only how far its own is off.
    client.config.systemClockOffset = when.getTime() - Date.now();
    const input = { AppId: 'd1/é x', BackendEnvironmentName: "it's (*) %2F", ResourceName: 'auth' };
    await expect(client.send(new GetBackendAuthCommand(input))).rejects.toThrow('not sent');
    client.destroy();
    const { method = '', path = '', headers: theirs = {} } = request ?? {};
    const body = new TextDecoder().decode(request?.body);
    const [, at = ''] = Object.entries(theirs).find(([name]) => name === 'x-amz-date') ?? [];
    const date = new Date(at.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    const given = Object.entries(theirs).filter(
      ([name]) => !/^(authorization|host|x-amz-date|x-amz-content)/.test(name),
    );
    const ours = await signed({ method, path, headers: Object.fromEntries(given), body }, '', credentials, date);
    expect({ host, ...Object.fromEntries(ours) }).toEqual(theirs);
  });

  it('is accepted by the server, however its query is escaped', async () => {
    const file = `[x]\naws_access_key_id=${credentials.accessKeyId}\naws_secret_access_key=${credentials.secretAccessKey}\n`;
    const query = fc.oneof(
      queries.map(queryOf),
      queries.map((query) => new URLSearchParams(query as never).toString()),
      fc.string({ unit: fc.constantFrom(..."aB1-._~!'()*:/?[]@=&+;,%", '%ff', '%C3', '%2b', '%0A') }),
    );
    await fc.assert(
      fc.asyncProperty(sent, query, date, async (request, query, when) => {
        const verifier = new Verifier({
          credentials: parseCredentials(file, 'x').credentials,
          clock: () => when.getTime(),
        });
        const headers = await signed(request, query, credentials, when);
        const { pathname, search } = new URL(`http://x${request.path}${query && `?${query}`}`);
        const identity = verifier.verify({
          method: request.method,
          rawUrl: pathname + search,
          headers: [...headers, ['host', host]].flat() as string[],
          body: request.body === undefined ? undefined : Buffer.from(request.body),
        });
        expect(identity.accessKeyId).toBe(credentials.accessKeyId);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what else was said of the request', async () => {
    const controller = new AbortController();
    const seen: Request[] = [];
    const send = signing(
      async (request) => {
        seen.push(request);
        return new Response();
      },
      { credentials, region },
    );
    await send(`http://${host}/`, { method: 'POST', body: 'x', redirect: 'manual', signal: controller.signal });
    controller.abort();
    expect(seen[0]).toMatchObject({ method: 'POST', redirect: 'manual' });
    expect(seen[0]?.signal.aborted).toBe(true);
    expect(await seen[0]?.text()).toBe('x');
    expect(seen[0]?.headers.get('host')).toBeNull();
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
    const client = createClient({ baseUrl: url, credentials, region, retry: { timeout: 300, attempts: 20 } });
    expect(await client.getBackend({ appId: 'd1' })).toEqual({});
    // On a busy machine a later attempt may take too long, too.
    expect(count).toBeGreaterThanOrEqual(3);
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
