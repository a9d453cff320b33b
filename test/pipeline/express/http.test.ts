import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import document from '../../../generated/openapi.json' with { type: 'json' };
import { send, testServer, update, withAuth } from '../../helpers/server.ts';
import { serving } from '../../helpers/serving.ts';

const get = (url: string, headers: Record<string, string> = {}) => send(url, undefined, { method: 'GET', headers });

describe('CORS', () => {
  const paths = Object.keys(document.paths);

  it.each(paths)('lets a page call %s, on both base paths', async (template) => {
    const { url } = await testServer();
    const path = template.replaceAll(/\{(\w+)\}/g, 'x');
    const item = document.paths[template as keyof typeof document.paths];
    const methods = Object.keys(item).filter((key) => key === 'get' || key === 'post');
    for (const base of [url, `${url}/prod`]) {
      const answer = await send(`${base}${path}`, undefined, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://shop.example',
          'access-control-request-method': methods[0]?.toUpperCase() ?? '',
          'access-control-request-headers': 'authorization,content-type,x-amz-date',
        },
      });
      expect(answer.status).toBe(200);
      expect(answer.body).toBeUndefined();
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'authorization,content-type,x-amz-date',
        'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType',
        'x-amzn-requestid': expect.any(String),
      });
      for (const method of methods) {
        expect(answer.headers.get('access-control-allow-methods')).toContain(method.toUpperCase());
      }
    }
  });

  it('does not promise a path that does not exist', async () => {
    const { url } = await testServer();
    expect((await send(`${url}/nothing`, undefined, { method: 'OPTIONS' })).status).toBe(404);
  });
});

describe('beside the operations', () => {
  it('health and readiness are answered', async () => {
    const { url } = await testServer();
    expect((await get(`${url}/healthz`)).body).toEqual({ status: 'ok' });
    expect((await get(`${url}/readyz`)).body).toEqual({ status: 'ready' });
  });

  it('the document is served as JSON and as YAML', async () => {
    const { url } = await testServer();
    expect((await get(`${url}/openapi.json`)).body).toEqual(document);
    const yaml = await get(`${url}/openapi.yaml`);
    const { parse } = await import('yaml');
    expect(parse(yaml.body)).toEqual(document);
    // Words that readers of YAML 1.1 take for booleans stay in quotes.
    expect(parse(yaml.body, { version: '1.1' }).components.schemas.MFAMode.enum).toEqual(['ON', 'OFF', 'OPTIONAL']);
  });

  it('the document is made YAML once, however often it is asked for', async () => {
    let reads = 0;
    const info = {
      title: 'T',
      version: '1',
      get 'x-read'() {
        reads += 1;
        return 'x';
      },
    };
    const { call } = await serving(
      { info, paths: {} },
      {},
      { pages: { document: { openapi: '3.0.3', info, paths: {} } as never } },
    );
    expect((await call('GET', '/openapi.yaml')).status).toBe(200);
    const once = reads;
    await call('GET', '/openapi.yaml');
    expect([once > 0, reads]).toEqual([true, once]);
  });

  it('the reference page is served, and may reach no other host', async () => {
    const { url } = await testServer();
    const page = await get(`${url}/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:/);
    expect(policy.match(/script-src [^;]*/)?.[0]).not.toContain('unsafe');
  });

  it('every answer has a request id, and the log has a line with the same', async () => {
    const { url, logged } = await testServer();
    const answer = await send(`${url}/backend`, {});
    const id = answer.headers.get('x-amzn-requestid') ?? 'none';
    await expect.poll(() => logged.find((line) => line.includes(id) && line.includes('"status":400'))).toBeDefined();
  });

  it('nothing tells what the server is made of', async () => {
    const { url } = await testServer();
    const { headers } = await get(`${url}/healthz`);
    expect([headers.get('x-powered-by'), headers.get('x-content-type-options')]).toEqual([null, 'nosniff']);
  });
});

describe('what nobody foresaw', () => {
  it('is told to the log with the request id, and to the caller as the documented 504', async () => {
    const server = await testServer();
    const place = await withAuth(server.url);
    await server.services.store.db.schema.dropTable('auth_resource').execute();
    const answer = await send(place.auth, update({}));
    expect(answer.status).toBe(504);
    expect(answer.headers.get('x-amzn-errortype')).toBe('GatewayTimeoutException');
    expect(JSON.stringify(answer.body)).not.toMatch(/table|sql|auth_resource/i);
    const line = server.logged.find((text) => text.includes('no such table'));
    expect(line).toContain(answer.headers.get('x-amzn-requestid'));
  });
});

describe('memory', () => {
  it('holds nothing of a request that a client broke off', async () => {
    const { url } = await testServer();
    const place = await withAuth(url);
    await new Promise<void>((resolve) => {
      const sending = request(place.auth, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': 1000 },
      });
      sending.on('error', () => resolve());
      sending.write('{"resourceName":', () => sending.destroy());
    });
    expect((await send(place.auth, update({}))).status).toBe(200);
  });

  it('is the same for every spelling of a Content-Type', async () => {
    const { url } = await testServer();
    for (const contentType of [
      'application/json',
      'APPLICATION/JSON ; charset="UTF-8"',
      'application/json;x=1;y="a;b"',
    ]) {
      const body = { appId: `d${contentType.length}`, appName: 'shop', backendEnvironmentName: 'staging' };
      const answer = await send(`${url}/backend`, body, { headers: { 'content-type': contentType } });
      expect(answer.status).toBe(200);
    }
  });
});
