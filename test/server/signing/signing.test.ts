import { execFile, spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import {
  AmplifyBackendClient,
  DeleteBackendCommand,
  GetBackendAuthCommand,
  GetBackendJobCommand,
  ListBackendJobsCommand,
  UpdateBackendAuthCommand,
} from '@aws-sdk/client-amplifybackend';
import { SignatureV4 } from '@smithy/signature-v4';
import { sign } from 'aws4';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { canonicalQuery } from '../../../server/signing/canonical.ts';
import { type Credentials, parseCredentials } from '../../../server/signing/credentials.ts';
import type { Identity } from '../../../server/signing/identity.ts';
import { Refusal } from '../../../server/signing/refusal.ts';
import { SigningKeys } from '../../../server/signing/signingKeys.ts';
import { Verifier } from '../../../server/signing/verify.ts';

const keys = {
  plain: { accessKeyId: 'AKIDPLAIN', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  temporary: {
    accessKeyId: 'ASIATEMPORARY',
    secretAccessKey: 'Ea3Q9sl+pRfiCY/K7MDENGbPxEXAMPLEKEYwJalr',
    sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE//token==',
  },
};
const { credentials } = parseCredentials(
  `[plain]
  aws_access_key_id = ${keys.plain.accessKeyId}
  aws_secret_access_key = ${keys.plain.secretAccessKey}
  [temporary]
  aws_access_key_id = ${keys.temporary.accessKeyId}
  aws_secret_access_key = ${keys.temporary.secretAccessKey}
  aws_session_token = ${keys.temporary.sessionToken}
  app_ids = d1, d2`,
  'credentials',
);

const now = Date.UTC(2026, 10, 23, 23, 59, 58, 700);
const verifier = new Verifier({ credentials, clock: () => now });

const segment = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1 }).map(encodeURIComponent),
    // Characters that may stand in a path as they are, and escapes that must stay escapes.
    fc.string({ unit: fc.constantFrom(..."aZ09-._~!$&'()*+,;=:@", '%2F', '%2f', '%20', '%25'), minLength: 1 }),
  )
  .filter((text) => text !== '.' && text !== '..');
const path = fc
  .tuple(fc.array(segment, { maxLength: 6 }), fc.boolean())
  .map(
    ([segments, slash]) => `/${segments.map((text) => `${text}/`).join('')}`.slice(0, slash ? undefined : -1) || '/',
  );
const text = fc.string({ unit: 'binary' });
const query = fc.dictionary(
  fc.string({ unit: 'binary', minLength: 1 }).filter((name) => name !== '__proto__'),
  fc.oneof(text, fc.array(text, { minLength: 2 })),
  { noNullPrototype: true },
);
const headerValue = fc.string({ unit: fc.constantFrom(...'abcXYZ019 \t,;="/é') });
const headers = fc
  .dictionary(
    fc.constantFrom('content-type', 'amz-sdk-invocation-id', 'amz-sdk-request', 'x-amz-custom', 'x-other', 'accept'),
    headerValue,
    { noNullPrototype: true },
    // aws4 takes an empty Content-Type for none, and signs two.
  )
  .map(({ 'content-type': type, ...others }) => (type ? { 'content-type': type, ...others } : others));
const body = fc.option(fc.uint8Array({ maxLength: 200 }), { nil: undefined });
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD');
const region = fc.constantFrom('us-east-1', 'eu-central-1', 'us-gov-west-1');
const key = fc.constantFrom(keys.plain, keys.temporary);
// To the second, as everyone signs; within five minutes of the clock, on both sides of midnight.
const date = fc.integer({ min: -299, max: 300 }).map((seconds) => new Date(Math.floor(now / 1000 + seconds) * 1000));

const escaped = (value: string) =>
  encodeURIComponent(value).replaceAll(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);

/** The query as the SDK sends it. */
const queryText = (query: Record<string, string | string[]>) =>
  Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((one) => `${escaped(name)}=${escaped(one)}`))
    .join('&');

const rawHeaders = (headers: IncomingHttpHeaders | Record<string, unknown>) =>
  Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);

/** SHA-256 as the signer wants to be given it. */
class Sha256 {
  #hash;
  readonly #secret: Buffer | undefined;
  constructor(secret?: unknown) {
    this.#secret = secret === undefined ? undefined : Buffer.from(secret as Uint8Array);
    this.#hash = this.#new();
  }
  #new() {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
  }
  update(data: unknown): void {
    this.#hash.update(typeof data === 'string' ? data : Buffer.from(data as Uint8Array));
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    this.#hash = this.#new();
  }
}

describe('what @smithy/signature-v4 signs', () => {
  it('is accepted, over any path, query, headers, body, date, region and key', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ method, path, query, headers, body, date, region, key, applyChecksum: fc.boolean() }),
        async ({ method, path, query, headers, body, date, region, key, applyChecksum }) => {
          const service = 'amplifybackend';
          const signer = new SignatureV4({ service, region, credentials: key, sha256: Sha256, applyChecksum });
          const host = 'localhost:3000';
          const all = { host, ...headers };
          const request = { protocol: 'http:', hostname: 'localhost', method, path, query, headers: all, body };
          const signed = await signer.sign(request, { signingDate: date });
          const text = queryText(query);
          const identity = verifier.verify({
            method,
            rawUrl: text === '' ? path : `${path}?${text}`,
            headers: rawHeaders(signed.headers),
            body: body && Buffer.from(body),
          });
          expect(identity.accessKeyId).toBe(key.accessKeyId);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what aws4 signs', () => {
  it('is accepted, over any path, query, headers, body, date, region and key', () => {
    fc.assert(
      fc.property(
        fc.record({ method, path, query, headers, body: text, date, region, key, byDate: fc.boolean() }),
        ({ method, path, query, headers, body, date, region, key, byDate }) => {
          const time = date.toISOString().replaceAll(/[-:]|\.\d+/g, '');
          const dated = byDate ? { Date: date.toUTCString() } : { 'X-Amz-Date': time };
          const request = {
            service: 'amplifybackend',
            region,
            host: 'localhost:3000',
            method,
            path: Object.keys(query).length > 0 ? `${path}?${queryText(query)}` : path,
            headers: { ...headers, ...dated },
            body,
          };
          const signed = sign(request, key);
          const sent = {
            method,
            rawUrl: signed.path ?? '',
            headers: rawHeaders(signed.headers ?? {}),
            body: body === '' ? undefined : Buffer.from(body),
          };
          const identity = verifier.verify(sent);
          expect(identity.accessKeyId).toBe(key.accessKeyId);
          // boto3's requests carry one-second dates: equal ones have equal signatures.
          expect(verifier.verify(sent)).toEqual(identity);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is accepted with the date in the header Date alone', () => {
    const dated = { Date: new Date(Math.floor(now / 1000) * 1000).toUTCString() };
    const request = { service: 'amplifybackend', region: 'us-east-1', host: 'h', path: '/', headers: dated };
    const signed = sign({ ...request, ...{ doNotModifyHeaders: true } }, keys.plain).headers ?? {};
    expect(Object.keys(signed)).toEqual(['Date', 'Host', 'Authorization']);
    const identity = verifier.verify({ method: 'GET', rawUrl: '/', headers: rawHeaders(signed), body: undefined });
    expect(identity).toEqual({ accessKeyId: keys.plain.accessKeyId, appIds: undefined });
  });
});

describe('a query', () => {
  it.each([
    ['', ''],
    ['b=2&a=1', 'a=1&b=2'],
    ['a-=1&a=2', 'a=2&a-=1'],
    ['a=2&a=1&a=', 'a=&a=1&a=2'],
    ['a&b', 'a=&b='],
    ['&&a=1&', 'a=1'],
    ['a=b=c', 'a=b%3Dc'],
    ['a=%7e%2f%2F%41', 'a=~%2F%2FA'],
    ['a=x+y&b=x%20y&c=x%2By', 'a=x%20y&b=x%20y&c=x%2By'],
    ['a=%ff%C3%a9', 'a=%FF%C3%A9'],
    ['a=%zz%', 'a=%25zz%25'],
    ["a=!'()*:/?[]@", 'a=%21%27%28%29%2A%3A%2F%3F%5B%5D%40'],
  ])('%s is signed as %s', (query, canonical) => {
    expect(canonicalQuery(query)).toBe(canonical);
  });
});

describe('the keys that sign', () => {
  it('are derived as in the example of the documentation', () => {
    const { secretAccessKey } = keys.plain;
    const derived = new SigningKeys('iam').get('any', secretAccessKey, '20150830', 'us-east-1');
    expect(derived.toString('hex')).toBe('c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9');
  });

  it('are kept, but no more of them than the limit, and the one used last stays', () => {
    const cache = new SigningKeys('amplifybackend', 3);
    const first = cache.get('a', 'secret', '20150830', 'r0');
    for (let region = 1; region < 100; region++) {
      cache.get('a', 'secret', '20150830', `r${region}`);
      expect(cache.get('a', 'secret', '20150830', 'r0')).toBe(first);
      expect(cache.size).toBeLessThanOrEqual(3);
    }
    expect(cache.get('b', 'another', '20150830', 'r0')).not.toEqual(first);
  });
});

/** The result of a verification: the caller's identity, or the reason of the refusal. */
type Seen = { readonly url: string } & (Identity | { readonly refused: string });

/** A real server that verifies what it gets and answers as the service would; for the app `denied` it answers a 403. */
async function listen(options: { credentials: Credentials; clock?: () => number; region?: string }) {
  const verifier = new Verifier({ clock: Date.now, ...options });
  const seen: Seen[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const body = Buffer.concat(await request.toArray());
    const { method = '', url = '', rawHeaders: headers } = request;
    response.setHeader('Content-Type', 'application/json');
    try {
      seen.push({ url, ...verifier.verify({ method, rawUrl: url, headers, body }) });
      response.end('{}');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      seen.push({ url, refused: error.type });
      response.statusCode = error.status;
      response.setHeader('x-amzn-ErrorType', error.type);
      response.end(JSON.stringify({ message: error.message }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, seen, close: () => server.close() };
}

let server: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  server = await listen({ credentials });
});
afterAll(() => void server.close());

function sdk(endpoint: string, options: Partial<ConstructorParameters<typeof AmplifyBackendClient>[0]> = {}) {
  const client = new AmplifyBackendClient({
    endpoint,
    region: 'us-east-1',
    credentials: keys.plain,
    maxAttempts: 1,
    ...options,
  });
  onTestFinished(() => client.destroy());
  return client;
}

describe('what the AWS SDK signs', () => {
  const name = fc
    .oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
      fc.constantFrom('a/b', 'a b', 'ü', '日本', '%2F', '+', '*', "!'()", '#?&=', '😀', '...', '~'),
    )
    .filter((text) => text !== '.' && text !== '..');

  it.each(['', '/prod', '/a b/%2F'])('is accepted over the base path "%s", whatever the names are', async (base) => {
    const clients = [sdk(`${server.url}${base}`), sdk(`${server.url}${base}`, { credentials: keys.temporary })];
    await fc.assert(
      fc.asyncProperty(name, name, fc.constantFrom(...clients), async (AppId, other, client) => {
        const place = { AppId, BackendEnvironmentName: other };
        await client.send(new GetBackendAuthCommand({ ...place, ResourceName: other }));
        await client.send(new GetBackendJobCommand({ ...place, JobId: other }));
        await client.send(new DeleteBackendCommand(place));
        await client.send(new ListBackendJobsCommand({ ...place, Operation: other }));
        await client.send(
          new UpdateBackendAuthCommand({
            ...place,
            ResourceName: other,
            ResourceConfig: { AuthResources: 'USER_POOL_ONLY', Service: 'COGNITO', UserPoolConfigs: {} },
          }),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('is refused for an unknown key, for another secret and for a missing token, by the names that it knows', async () => {
    const refused = (credentials: typeof keys.plain) =>
      sdk(server.url, { credentials }).send(
        new GetBackendJobCommand({ AppId: 'd', BackendEnvironmentName: 'e', JobId: 'j' }),
      );
    await expect(refused({ ...keys.plain, accessKeyId: 'AKIDUNKNOWN' })).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(refused({ ...keys.plain, secretAccessKey: 'another' })).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    const { sessionToken: _, ...withoutToken } = keys.temporary;
    await expect(refused(withoutToken)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('is accepted at its second attempt when its clock is wrong: it sets it by the Date of the refusal', async () => {
    const { url, seen, close } = await listen({ credentials });
    onTestFinished(() => void close());
    const client = sdk(url, { systemClockOffset: -15 * 60 * 1000, maxAttempts: 2 });
    await client.send(new DeleteBackendCommand({ AppId: 'd', BackendEnvironmentName: 'e' }));
    expect(seen).toEqual([
      { url: expect.any(String), refused: 'InvalidSignatureException' },
      { url: expect.any(String), accessKeyId: keys.plain.accessKeyId, appIds: undefined },
    ]);
  });

  it('is refused for another region where the server is told its own', async () => {
    const { url, close } = await listen({ credentials, region: 'eu-west-1' });
    onTestFinished(() => void close());
    const command = new DeleteBackendCommand({ AppId: 'd', BackendEnvironmentName: 'e' });
    await sdk(url, { region: 'eu-west-1' }).send(command);
    await expect(sdk(url).send(command)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message: "Credential should be scoped to a valid region, not 'us-east-1'.",
    });
  });
});

const curl = spawnSync('curl', ['--aws-sigv4', 'aws:amz:us-east-1:amplifybackend', '--version']).status === 0;
if (!curl) console.warn('Skipped: there is no curl that signs on the PATH.');

describe.skipIf(!curl)('what curl signs', () => {
  it('is accepted', async () => {
    const { accessKeyId, secretAccessKey } = keys.plain;
    const signing = ['--aws-sigv4', 'aws:amz:us-east-1:amplifybackend', '--user', `${accessKeyId}:${secretAccessKey}`];
    const json = ['-H', 'Content-Type: application/json', '-d', '{"resourceName":"auth"}'];
    const args = ['-s', '-w', '%{http_code}', ...signing, ...json, `${server.url}/prod/backend/d1/auth/staging`];
    expect((await promisify(execFile)('curl', args)).stdout).toBe('{}200');
  });
});
