import { describe, expect, it } from 'vitest';
import { signing } from '../../client/sigv4.ts';
import { parseCredentials } from '../../server/signing/credentials.ts';
import { send, testServer } from '../helpers/server.ts';

const read = (url: string) => send(`${url}/backend/d1/details`, {});

/** So many at once that even a busy machine, which takes seconds for them, can't let all of them pass. */
const MANY = 80;
const many = <T>(send: () => Promise<T>, count = MANY): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, send));

it('more requests in a second than allowed get the documented 429, with when to come again', async () => {
  const { url } = await testServer({ rateLimit: 5 });
  const answers = await many(() => read(url));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(1);
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

it('without credentials what is malformed counts as well', async () => {
  const { url } = await testServer({ rateLimit: 5 });
  const answers = await many(() => send(`${url}/backend/d1/details`, '{'));
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(1);
});

describe('where requests are signed', () => {
  const file = ['A', 'B'].map((id) => `[${id}]\naws_access_key_id=AKID${id}\naws_secret_access_key=${id.repeat(40)}\n`);
  const { credentials } = parseCredentials(file.join(''), 'credentials');
  const as = (id: string) => {
    const key = { accessKeyId: `AKID${id}`, secretAccessKey: id.repeat(40) };
    return signing(fetch, { credentials: key, region: 'eu-west-1' });
  };
  /** How often each status was answered to some requests at once. */
  async function statuses(url: string, send: typeof fetch, { count = MANY, body = '{}' } = {}) {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    const answers = await many(() => send(`${url}/backend/d1/details`, init), count);
    const counts: Record<number, number> = {};
    for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  it('each access key has its own limit, whatever else comes from its address', async () => {
    const { url } = await testServer({ credentials, rateLimit: 15 });
    const count = 20;
    const [a, b] = await Promise.all([statuses(url, as('A'), { count }), statuses(url, as('B'), { count })]);
    for (const counts of [a, b]) {
      expect(counts[404]).toBeGreaterThanOrEqual(15);
      expect((counts[404] ?? 0) + (counts[429] ?? 0)).toBe(count);
    }
  });

  it('an address that was refused as often as allowed gets 429 before any signature is looked at', async () => {
    const { url } = await testServer({ credentials, rateLimit: 2 });
    for (const stranger of [
      fetch,
      signing(fetch, { credentials: { accessKeyId: 'X', secretAccessKey: 'X' }, region: 'r' }),
    ]) {
      const burst = async () => {
        const count = 2;
        await statuses(url, stranger, { count });
        return { next: await statuses(url, stranger, { count }), ofAKey: await statuses(url, as('A'), { count }) };
      };
      // The caller is not known before the signature is verified. A second may end in between.
      await expect.poll(burst).toEqual({ next: { 429: 2 }, ofAKey: { 429: 2 } });
    }
    await expect
      .poll(async () => (await statuses(url, as('A'), { count: 2 }))[404], { interval: 1200 })
      .toBeGreaterThanOrEqual(2);
  });

  it('a key that sends what is malformed is limited too', async () => {
    const { url } = await testServer({ credentials, rateLimit: 5 });
    const counts = await statuses(url, as('A'), { body: '{' });
    expect(counts[429]).toBeGreaterThanOrEqual(1);
    expect((counts[400] ?? 0) + (counts[429] ?? 0)).toBe(MANY);
  });

  it('the refusal is the documented 429', async () => {
    const { url } = await testServer({ credentials, rateLimit: 1 });
    const answers = await many(() => read(url));
    expect(answers.find(({ status }) => status === 429)?.body).toMatchObject({
      __type: 'TooManyRequestsException',
      limitType: 'RequestRate',
    });
  });
});
