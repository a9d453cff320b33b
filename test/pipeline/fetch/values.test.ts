import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, ServerSentEvent } from '../../../pipeline/express/index.ts';
import { values } from '../../../pipeline/fetch/index.ts';
import { accounts } from '../../helpers/accounts.ts';
import { answering } from '../../helpers/answering.ts';
import { Workshop } from '../../helpers/workshop.ts';

const LARGE = '9007199254740993';
const shop = new Workshop();
// biome-ignore lint/suspicious/noExplicitAny: it is generated here
const made: Record<string, any> = {};
beforeAll(async () => {
  const spec = shop.write('accounts.json', JSON.stringify(accounts));
  for (const int64 of ['bigint', 'string'] as const) {
    const { code, complaints } = await shop.gen(spec, int64, { clientOptions: { int64, dates: 'Date' } });
    expect([code, complaints]).toEqual([0, []]);
    made[int64] = await import(join(shop.root, int64, 'client/index.ts'));
  }
});
afterAll(() => shop[Symbol.dispose]());

const all = async (items: AsyncIterable<unknown>) => {
  const seen: unknown[] = [];
  for await (const item of items) seen.push(item);
  return seen;
};

describe.each([
  ['bigint', BigInt],
  ['string', String],
] as const)('an int64 as %s, and dates as Date,', (mode, of) => {
  const date = new Date('2024-02-29T12:30:00.250Z');
  const account = (large: string) => ({
    id: of(large),
    small: 7,
    opened: date,
    day: '2024-02-29',
    closed: null,
    limit: of('-1'),
    digits: LARGE,
    parent: { id: of('1'), closed: date, limit: null },
    children: [{ id: of(large), unknown: '2024-02-29T12:30:00Z' }],
    pair: [large, of(large)],
    byName: { a: of(large), ['__proto__']: of('2') },
    either: { kind: 'Counted', value: '2024-02-29T12:30:00Z', count: of(large) },
  });

  test('reach a server exactly, and come back so', async () => {
    const seen: { url?: string | undefined; body: string }[] = [];
    const baseUrl = await answering(async (request, response) => {
      const body = await text(request);
      seen.push({ url: request.url, body });
      response.setHeader('X-Left', LARGE).setHeader('X-Until', '2030-01-01T00:00:00Z');
      response.end(request.url === '/form' ? '{}' : body);
    });
    const client = made[mode].createClient({ baseUrl });
    const { body, headers } = await client.putAccount.withResponse({
      body: account(LARGE),
      id: of(LARGE),
      since: date,
      ids: [of('1'), of(LARGE)],
      filter: { over: of(LARGE), from: date },
      'X-At': date,
    });
    expect(body).toEqual(account(LARGE));
    expect(headers).toEqual({ 'X-Left': of(LARGE), 'X-Until': new Date('2030-01-01T00:00:00Z') });
    const [{ url, body: sent }] = seen as [{ url: string; body: string }];
    expect(sent).toContain(`{"id":${LARGE},"small":7,"opened":"2024-02-29T12:30:00.250Z"`);
    expect(sent).toContain(`"digits":"${LARGE}"`);
    expect(decodeURIComponent(url)).toBe(
      `/accounts/${LARGE}?since=2024-02-29T12:30:00.250Z&ids=1&ids=${LARGE}&filter={"over":${LARGE},"from":"2024-02-29T12:30:00.250Z"}`,
    );
    expect(await all(await client.lines({ body: [account(LARGE)] }))).toEqual([account(LARGE)]);
    await client.sendForm({ n: of(LARGE), at: date });
    await client.sendForm({ n: of(LARGE), at: date, account: account(LARGE) }, { type: 'multipart/form-data' });
    const [form, parts] = seen.slice(-2).map(({ body }) => decodeURIComponent(body));
    expect([form, parts]).toEqual([
      expect.stringContaining('2024-02-29T12:30:00.250Z'),
      expect.stringContaining(`{"id":${LARGE},`),
    ]);
  });

  test('are in errors too', async () => {
    const baseUrl = await answering((_, response) => {
      response.statusCode = 404;
      response.end(`{"at":"2024-02-29T12:30:00Z","code":${LARGE},"title":"No"}`);
    });
    const call = made[mode].createClient({ baseUrl }).putAccount({ id: of('1'), body: { id: of('1') } });
    await expect(call).rejects.toMatchObject({
      status: 404,
      body: { at: new Date('2024-02-29T12:30:00Z'), code: of(LARGE), title: 'No' },
    });
  });

  async function* events() {
    yield new ServerSentEvent({ id: 3, opened: date });
  }

  // Handlers of the server get numbers.
  test('make a round trip with the generated server', async () => {
    const served = await shop.serve(mode, {
      putAccount: async ({ body }: { body: object }) =>
        answer(200, body, { headers: { 'X-Left': 3, 'X-Until': '2030-01-01T00:00:00Z' } } as never),
      sendForm: async (input: object) => input,
      watch: async () => answer(200, events() as never, { type: 'text/event-stream' } as never),
      lines: async ({ body }: { body: object }) => answer(200, body as never, { type: 'application/jsonl' } as never),
      list: async ({ after = 0 }: { after?: number }) => (after < 4 ? [{ id: after + 1 }, { id: after + 2 }] : []),
    });
    try {
      const exact = account('9007199254740991');
      const { client } = served;
      expect(await client.putAccount({ id: of('1'), since: date, 'X-At': date, body: exact })).toEqual(exact);
      expect(await client.sendForm({ n: of('5'), at: date })).toEqual({ n: 5, at: date.toISOString() });
      expect(await all(await client.lines({ body: [exact] }))).toEqual([exact]);
      expect(await all(await client.watch())).toMatchObject([{ data: { id: of('3'), opened: date } }]);
      expect(await all(client.list())).toEqual(['1', '2', '3', '4'].map((id) => ({ id: of(id) })));
    } finally {
      served.stop();
    }
  });
});

test('JSON with bigints is read and written exactly, whatever else it holds', () => {
  const leaf = fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(LARGE, `"${LARGE}"`, `\\${LARGE}`, null, true, 0.5, -1e300),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value')), fc.dictionary(fc.string(), tie('value'))),
  }));
  const convert: values.Convert = (value, exact) =>
    Array.isArray(value)
      ? values.items(convert)(value, exact)
      : typeof value === 'object' && value !== null
        ? values.members({}, convert)(value, exact)
        : Number.isInteger(value)
          ? values.int64(value, exact)
          : value;
  fc.assert(
    fc.property(value, (given) => {
      const written = values.stringify(given);
      expect(values.each(convert)(JSON.parse(written), written)).toEqual(given);
    }),
  );
});
