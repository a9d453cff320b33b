import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startServer } from '../../server/index.ts';

/** One GET, as it travels: `fetch` would decompress the body and follow the redirection. */
function get(url: string, headers: Record<string, string>) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | undefined;
    headers: Record<string, unknown>;
    body: Buffer;
  }>();
  request(url, { headers }, async (answer) => {
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part);
    resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) });
  })
    .on('error', reject)
    .end();
  return promise;
}

const IN_A_BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

describe('GET /', () => {
  it('leads a browser to the console', async () => {
    await using server = await startServer();
    const { status, headers } = await get(server.url, IN_A_BROWSER);
    expect([status, headers.location]).toEqual([302, '/console/']);
  });

  it.each([{}, { accept: '*/*' }, { accept: 'application/json' }])(
    'is a page of links for others: %j',
    async (headers) => {
      await using server = await startServer();
      const { status, body } = await get(server.url, headers as Record<string, string>);
      expect(status).toBe(200);
      for (const path of Object.values(JSON.parse(body.toString()) as Record<string, string>)) {
        if (path === '/console/' || path === '/console/guides/') continue; // built by another step
        expect((await get(`${server.url}${path}`, {})).status, path).toBe(200);
      }
    },
  );
});

describe('the reference page', () => {
  it('travels compressed in less than 700 kB, and not at all the second time', async () => {
    await using server = await startServer();
    const first = await get(`${server.url}/docs`, { 'accept-encoding': 'gzip, deflate, br' });
    expect(first.headers['content-encoding']).toBe('br');
    expect(first.body.length).toBeLessThan(700_000);
    const second = await get(`${server.url}/docs`, { 'if-none-match': String(first.headers.etag) });
    expect([second.status, second.body.length]).toEqual([304, 0]);
  });

  it.each(['gzip', 'identity'])('is sent as %s to those who take nothing else', async (encoding) => {
    await using server = await startServer();
    const { status, headers } = await get(`${server.url}/docs`, { 'accept-encoding': encoding });
    expect([status, headers['content-encoding']]).toEqual([200, encoding === 'gzip' ? 'gzip' : undefined]);
  });
});
