import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { authConfig, send, testServer, withAuth } from '../../helpers/server.ts';

it('a body may have 64 levels and no more', async () => {
  const { url } = await testServer();
  const { auth } = await withAuth(url, authConfig);
  // The body, resourceConfig and the innermost value are three of them.
  const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
  const body = (levels: number) => ({ resourceName: 'auth', resourceConfig: { ...authConfig, extra: nested(levels) } });
  expect((await send(auth, body(62))).status).toBe(200);
  const refused = await send(auth, body(63));
  expect([refused.status, refused.body.message]).toEqual([400, '/body must not be nested deeper than 64 levels.']);
});

it('a connection beyond the limit is closed, and the others are served', async () => {
  const { url } = await testServer({ maxConnections: 2 });
  const { hostname, port } = new URL(url);
  const open = (): Promise<Socket> =>
    new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => resolve(socket));
      socket.on('error', () => {});
      onTestFinished(() => void socket.destroy());
    });
  const [first] = [await open(), await open()];
  const surplus = await open();
  await new Promise((resolve) => surplus.once('close', resolve));
  const answer = new Promise((resolve) => first.once('data', (data) => resolve(String(data))));
  first.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
});

it('with the role worker no operation is served, but the health is', async () => {
  const { url } = await testServer({ role: 'worker' });
  expect((await send(`${url}/backend`, {})).status).toBe(404);
  expect((await send(`${url}/healthz`, undefined, { method: 'GET' })).status).toBe(200);
});
