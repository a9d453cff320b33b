import { describe, expect, it } from 'vitest';
import { parseCredentials } from '../../server/signing/credentials.ts';
import { headOf, send, testServer, withEnvironment } from '../helpers/server.ts';

const { credentials } = parseCredentials(
  '[one]\naws_access_key_id = AKIDONE\naws_secret_access_key = secretsecretsecretsecretsecretsecretsecr\n',
  'keys',
);

const status = async (url: string, headers: Record<string, string>, method = 'POST'): Promise<number | undefined> =>
  (await headOf(url, headers, method)).statusCode;

describe('without credentials, a page of another site', () => {
  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { host: 'evil.example' },
    { host: 'evil.example', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' },
  ])('can not delete an environment with %j', async (headers) => {
    const { url } = await testServer();
    const { appId, environment } = await withEnvironment(url);
    const remove = `${url}/backend/${appId}/environments/${environment}/remove`;
    expect(await status(remove, headers)).toBe(403);
    const { body } = await send(`${url}/backend/${appId}/details`, {});
    expect(body.backendEnvironmentList).toEqual([environment]);
  });

  it('is told so by a name and a sentence', async () => {
    const { url } = await testServer();
    const refused = await send(`${url}/backend/d1/details`, {}, { headers: { origin: 'https://evil.example' } });
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({
      __type: refused.headers.get('x-amzn-errortype'),
      message: 'Pages of other sites may not call this server.',
    });
  });

  it('gets the answer to a preflight that the contract documents', async () => {
    const { url } = await testServer();
    expect(await status(`${url}/backend`, { origin: 'https://evil.example' }, 'OPTIONS')).toBe(200);
  });
});

describe('served are', () => {
  const call = async (options: Parameters<typeof testServer>[0], headers: Record<string, string>) => {
    const { url } = await testServer(options);
    return status(`${url}/backend/d1/details`, { 'content-type': 'application/json', ...headers });
  };

  it.each([
    ['clients that are no browsers', {}, {}, 404],
    ['addresses that a user typed', {}, { 'sec-fetch-site': 'none' }, 404],
    [
      'pages of an origin that is allowed',
      { allowOrigin: ['http://localhost:5173'] },
      { origin: 'http://localhost:5173', 'sec-fetch-site': 'same-site' },
      404,
    ],
    [
      'no pages of another origin than that',
      { allowOrigin: ['http://localhost:5173'] },
      { origin: 'http://localhost:5174' },
      403,
    ],
    [
      'all pages with *',
      { allowOrigin: ['*'] },
      { origin: 'https://any.example', 'sec-fetch-site': 'cross-site' },
      404,
    ],
    ['names below localhost', {}, { host: 'api.localhost:1' }, 404],
  ] as const)('%s', async (_title, options, headers, expected) => {
    expect(await call(options, headers)).toBe(expected);
  });

  it('with credentials, pages of any origin by their key alone', async () => {
    const { url } = await testServer({ credentials });
    const refused = await send(`${url}/backend/d1/details`, {}, { headers: { origin: 'https://any.example' } });
    expect(refused.body.__type).toBe('MissingAuthenticationTokenException');
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('CORS headers', () => {
  it.each(['/metrics', '/healthz', '/readyz', '/docs', '/openapi.json', '/openapi.yaml', '/console/'])(
    'are not on %s, which no page may read',
    async (path) => {
      const { url } = await testServer({ credentials });
      const { headers } = await headOf(`${url}${path}`, { origin: 'https://evil.example' });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );
});
