import { expect, it } from 'vitest';
import { send, testServer } from './helpers/server.ts';

const read = (url: string) => send(`${url}/backend/d1/details`, {});

it('more requests in a second than allowed get the documented 429, with when to come again', async () => {
  const { url } = await testServer({ rateLimit: 5 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => read(url)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(10);
  expect(answers.filter(({ status }) => status === 404).length).toBeGreaterThanOrEqual(5);
  for (const { headers, body } of refused) {
    expect(headers.get('x-amzn-errortype')).toBe('TooManyRequestsException');
    expect(headers.get('retry-after')).toBe('1');
    expect(body).toMatchObject({ __type: 'TooManyRequestsException', limitType: 'RequestRate' });
  }
  await expect.poll(async () => (await read(url)).status).toBe(404);
});

it('there is no limit unless one is set, and none for the health of the server', async () => {
  const { url } = await testServer();
  const answers = await Promise.all(Array.from({ length: 50 }, () => read(url)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  const limited = await testServer({ rateLimit: 1 });
  const health = () => send(`${limited.url}/healthz`, undefined, { method: 'GET' });
  expect((await Promise.all([health(), health(), health()])).map(({ status }) => status)).toEqual([200, 200, 200]);
});
