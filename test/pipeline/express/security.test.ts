import { describe, expect, it } from 'vitest';
import {
  type BasicCredential,
  HttpError,
  type RequestContext,
  type SecurityHandlers,
} from '../../../pipeline/express/index.ts';
import { get, post, serving } from '../../helpers/serving.ts';

const securitySchemes = {
  header: { type: 'apiKey', in: 'header', name: 'X-Key' },
  query: { type: 'apiKey', in: 'query', name: 'key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'key' },
  basic: { type: 'http', scheme: 'basic' },
  bearer: { type: 'http', scheme: 'bearer' },
  oauth: { type: 'oauth2', flows: {} },
  'open-id': { type: 'openIdConnect', openIdConnectUrl: 'https://x.example' },
};

/** Takes the key `right`, knows `nobody` to be forbidden, and refuses all others. */
const check = (name: string) => (credential: string | BasicCredential) => {
  const given = typeof credential === 'string' ? credential : `${credential.username}:${credential.password}`;
  if (given === 'forbidden' || given === 'a:forbidden') throw new HttpError(403, 'You may not do this.');
  if (given !== 'right' && given !== 'a:right') throw new Error('wrong');
  return `${name} of ${given}`;
};
const handlers: SecurityHandlers = Object.fromEntries(
  ['header', 'query', 'cookie', 'basic', 'bearer', 'oauth', 'openId'].map((name) => [name, check(name)]),
);

const basic = (password: string) => `Basic ${Buffer.from(`a:${password}`).toString('base64')}`;
const sent: Record<string, (key: string) => { path?: string; headers?: Record<string, string> }> = {
  header: (key) => ({ headers: { 'x-key': key } }),
  query: (key) => ({ path: `/a?key=${key}` }),
  cookie: (key) => ({ headers: { cookie: `a=b; key=${key}` } }),
  basic: (key) => ({ headers: { authorization: basic(key) } }),
  bearer: (key) => ({ headers: { authorization: `bearer ${key}` } }),
  oauth: (key) => ({ headers: { authorization: `Bearer ${key}` } }),
  'open-id': (key) => ({ headers: { authorization: `Bearer ${key}` } }),
};

async function secured(security: object[], more: object = {}) {
  let principal: unknown;
  const { call, logged } = await serving(
    { paths: { '/a': get('a', [], { security, ...more }) }, components: { securitySchemes } },
    {
      a: (_input: object, _services: object, request: RequestContext) => {
        principal = request.principal;
        return {};
      },
    },
    { security: handlers },
  );
  return {
    logged,
    principal: () => principal,
    ask: ({ path = '/a', headers = {} }: { path?: string; headers?: Record<string, string> } = {}) =>
      call('GET', path, { headers }),
  };
}

describe.each(Object.keys(sent))('the scheme %s', (scheme) => {
  const how = sent[scheme] as (typeof sent)[string];
  it('lets in by the right credential, and by no other', async () => {
    const { ask, principal } = await secured([{ [scheme]: [] }]);
    expect((await ask(how('right'))).status).toBe(200);
    const name = scheme === 'open-id' ? 'openId' : scheme;
    expect(principal()).toEqual({ [name]: `${name} of ${scheme === 'basic' ? 'a:right' : 'right'}` });
    for (const refused of [await ask(how('wrong')), await ask()]) {
      expect(refused.status).toBe(401);
      const word = { header: 'ApiKey', query: 'ApiKey', cookie: 'ApiKey', basic: 'Basic' }[scheme] ?? 'Bearer';
      expect(refused.headers.get('www-authenticate')).toBe(`${word} realm="${scheme}"`);
    }
    expect(await ask(how('forbidden'))).toMatchObject({ status: 403, body: { detail: 'You may not do this.' } });
  });
});

describe('requirements', () => {
  const header = (sent.header as (typeof sent)[string])('right').headers;
  const bearer = (sent.bearer as (typeof sent)[string])('right').headers;

  it('that are alternatives are met by either', async () => {
    const { ask, principal } = await secured([{ header: [] }, { bearer: [] }]);
    expect((await ask({ headers: { ...header } })).status).toBe(200);
    expect((await ask({ headers: { ...bearer } })).status).toBe(200);
    expect(principal()).toEqual({ bearer: 'bearer of right' });
    expect((await ask({ headers: { ...bearer, 'x-key': 'wrong' } })).status).toBe(200);
    const refused = await ask({ headers: { 'x-key': 'wrong' } });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'ApiKey realm="header", Bearer realm="bearer"',
    ]);
  });

  it('that are combined are all to be met', async () => {
    const { ask, principal } = await secured([{ header: [], bearer: [] }]);
    expect((await ask({ headers: { ...header, ...bearer } })).status).toBe(200);
    expect(principal()).toEqual({ header: 'header of right', bearer: 'bearer of right' });
    expect((await ask({ headers: { ...header } })).status).toBe(401);
    expect((await ask({ headers: { ...bearer } })).status).toBe(401);
  });

  it('that may be left out say who somebody is', async () => {
    const { ask, principal } = await secured([{}, { bearer: [] }]);
    expect((await ask()).status).toBe(200);
    expect(principal()).toEqual({});
    expect((await ask({ headers: { ...bearer } })).status).toBe(200);
    expect(principal()).toEqual({ bearer: 'bearer of right' });
  });

  it('of the document hold where an operation has none of its own', async () => {
    const { call } = await serving(
      {
        security: [{ header: [] }],
        paths: { '/a': get('a'), '/open': get('open', [], { security: [] }) },
        components: { securitySchemes },
      },
      {},
      { security: handlers },
    );
    expect((await call('GET', '/a')).status).toBe(401);
    expect((await call('GET', '/open')).status).toBe(200);
  });

  it('come before the request is validated, and before its body is read', async () => {
    const { call } = await serving(
      {
        paths: { '/a': post('a', { type: 'object' }, { security: [{ header: [] }] }) },
        components: { securitySchemes },
      },
      {},
      { security: handlers },
    );
    expect((await call('POST', '/a', { body: '{', headers: { 'content-type': 'application/json' } })).status).toBe(401);
    expect((await call('POST', '/a?more=1', { body: [] })).status).toBe(401);
  });

  it('without a handler refuse everybody, and say so once', async () => {
    const { call, logged } = await serving({
      paths: { '/a': get('a', [], { security: [{ 'open-id': [] }] }) },
      components: { securitySchemes },
    });
    for (const headers of [{}, bearer, bearer])
      expect((await call('GET', '/a', { headers: { ...headers } })).status).toBe(401);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('There is no security handler openId');
  });

  it('give handlers their scopes, and a 401 the words and the form that the document has', async () => {
    let scopes: unknown;
    const content = {
      'application/json': {
        schema: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
      },
    };
    const { call } = await serving(
      {
        paths: {
          '/a': get('a', [], {
            security: [{ oauth: ['read'] }],
            responses: { 200: { description: 'ok' }, 401: { description: 'no', content } },
          }),
        },
        components: { securitySchemes },
      },
      {},
      {
        security: {
          oauth: (_token: string, request) => {
            scopes = request.scopes;
            throw new HttpError(401, 'The token has expired.');
          },
        },
      },
    );
    expect((await call('GET', '/a', { headers: { ...bearer } })).body).toEqual({ error: 'The token has expired.' });
    expect(scopes).toEqual(['read']);
  });
});

it('a scheme of client certificates leaves it to its handler, where a proxy ends TLS', async () => {
  const { call } = await serving(
    {
      openapi: '3.1.0',
      paths: { '/a': get('a', [], { security: [{ mutual: [] }] }) },
      components: { securitySchemes: { mutual: { type: 'mutualTLS' } } },
    },
    {},
    {
      security: {
        mutual: (certificate: unknown, { headers }: { headers: Record<string, unknown> }) => {
          if (certificate !== undefined || headers['x-client-verify'] !== 'SUCCESS') throw new Error('unknown');
          return {};
        },
      } as unknown as SecurityHandlers,
    },
  );
  expect((await call('GET', '/a')).status).toBe(401);
  expect((await call('GET', '/a', { headers: { 'x-client-verify': 'SUCCESS' } })).status).toBe(200);
});
