import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLists } from '../../../pipeline/express/body/jsonLists.ts';
import { answer, JsonText, type RequestContext } from '../../../pipeline/express/index.ts';
import { get, json, post, serving } from '../../helpers/serving.ts';

const row = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer' }, 'a/b': { type: 'string' } },
};
const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'data'],
  properties: {
    name: { type: 'string' },
    data: {
      type: 'object',
      additionalProperties: false,
      required: ['rows'],
      properties: { rows: { type: 'array', items: row }, 'more~rows': { type: 'array', items: {} } },
    },
  },
};
const POINTERS = ['/data/rows', '/data/more~0rows'];
const document = { paths: { '/rows': post('put', schema) } };

/** Serves an operation that tells what it was given, and in how many pieces. */
async function served() {
  const seen: { rows: unknown[]; more: unknown[]; pieces: number } = { rows: [], more: [], pieces: 0 };
  const put = async (input: object, _services: object, request: RequestContext) => {
    for await (const some of request.items('/data/rows')) {
      seen.rows.push(...some);
      seen.pieces += 1;
    }
    for await (const some of request.items('/data/more~0rows')) seen.more.push(...some);
    return input;
  };
  const { call } = await serving(document, { put }, { longBodies: { put: POINTERS } });
  return {
    seen,
    send: (body: unknown) => call('POST', '/rows', { body, headers: { 'content-type': 'application/json' } }),
  };
}

test('the items of a long list come some at a time, and the rest of the body as the input', async () => {
  const { seen, send } = await served();
  const rows = Array.from({ length: 1001 }, (_, id) => ({ id, 'a/b': '},{"]\\' }));
  const { body } = await send({ name: 'it', data: { 'more~rows': ['a', [1, {}], null], rows } });
  expect(body).toEqual({ name: 'it', data: { rows: [], 'more~rows': [] } });
  expect(seen).toEqual({ rows, more: ['a', [1, {}], null], pieces: 6 });
});

const deep = `${'['.repeat(70)}${']'.repeat(70)}`;
test.each([
  [
    'a wrong item by its number',
    '{"name":"a","data":{"rows":[ROWS{"id":"x"}]}}',
    '/body/data/rows/1000/id must be integer',
  ],
  ['one that lacks a member', '{"name":"a","data":{"rows":[ROWS{}]}}', '/body/data/rows/1000/id is required'],
  ['a member of the rest', '{"name":1,"data":{"rows":[ROWS{"id":1}]}}', '/body/name must be string'],
  ['a list that is none', '{"name":"a","data":{"rows":{"id":1}}}', '/body/data/rows must be array'],
  ['a list that is not there', '{"name":"a","data":{}}', '/body/data/rows is required'],
  ['a comma at the end', '{"name":"a","data":{"rows":[ROWS]}}', 'The body is not valid JSON.'],
  ['two commas', '{"name":"a","data":{"rows":[ROWS,{"id":1}]}}', 'The body is not valid JSON.'],
  ['an item that is no JSON', '{"name":"a","data":{"rows":[ROWS{id:1}]}}', 'The body is not valid JSON.'],
  ['a bracket of another kind', '{"name":"a","data":{"rows":[ROWS{"id":1}}}}', 'The body is not valid JSON.'],
  ['an end that is missing', '{"name":"a","data":{"rows":[ROWS{"id":1}', 'The body is not valid JSON.'],
  ['a text without an end', '{"name":"a","data":{"rows":["', 'The body is not valid JSON.'],
  ['items that are nested too deep', `{"name":"a","data":{"rows":[],"more~rows":[${deep}]}}`, 'nested deeper than 64'],
  [
    'a NUL within an item',
    '{"name":"a","data":{"rows":[],"more~rows":["\\u0000"]}}',
    '/body/data/more~0rows/0 must not hold a NUL',
  ],
])('a long body is refused for %s', async (_what, body, message) => {
  const { seen, send } = await served();
  const rows = Array.from({ length: 1000 }, (_, id) => `{"id":${id}},`).join('');
  const { status, body: refusal } = await send(body.replace('ROWS', rows));
  expect([status, refusal.detail]).toEqual([400, expect.stringContaining(message)]);
  expect(seen.rows).toEqual([]);
});

test('where the items of a list stand is found in any JSON, however it is written', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), fc.nat(3), (other, rows, indent) => {
      const made = { other, data: { before: other, rows, after: other } };
      const body = Buffer.from(JSON.stringify(made, null, indent));
      const value = JSON.parse(JSON.stringify(made)); // JSON has no -0
      const finding = findLists(body, ['/data/rows']);
      let found = finding.next();
      while (!found.done) found = finding.next();
      const { head, spans } = found.value;
      expect(JSON.parse(Buffer.from(head).toString())).toEqual({ ...value, data: { ...value.data, rows: [] } });
      const items = (spans.get('/data/rows') ?? []).flatMap(({ start, end }) =>
        JSON.parse(`[${body.toString('utf8', start, end)}]`),
      );
      expect(JSON.stringify(items)).toBe(JSON.stringify(rows));
    }),
  );
});

test('the last of two lists of one name counts, as with any member', async () => {
  const { seen, send } = await served();
  await send('{"name":"a","data":{"rows":[{"id":1}],"ro\\u0077s":[{"id":2}]}}');
  expect(seen.rows).toEqual([{ id: 2 }]);
});

test.each([
  ['it counts as a whole', { uniqueItems: true }, {}, "/rows of the body of put can't be long: it has uniqueItems"],
  ['it lists its values', { enum: [[]] }, {}, "can't be long: it has enum"],
  ['it has one value', { const: [] }, {}, "can't be long: it has const"],
  ['there are values that it is not', { not: { items: {} } }, {}, "can't be long: it has not"],
  ['it has a condition', { if: {} }, {}, "can't be long: it has if"],
  ['it is not there', {}, { put: ['/row'] }, 'no list at /row of the body of put'],
  ['no operation has that id', {}, { Put: ['/rows'] }, 'Put, which is no operation'],
  ['the operation takes no JSON', {}, { look: ['/rows'] }, 'look, whose body is no JSON'],
])('an app is not made with a long list where %s', async (_why, more, longBodies, message) => {
  const schema = { type: 'object', properties: { rows: { type: 'array', items: row, ...more } } };
  const document = { paths: { '/rows': { ...post('put', schema), ...get('look') } } };
  await expect(serving(document, {}, { longBodies: { put: ['/rows'], ...longBodies } })).rejects.toThrow(message);
});

test('the defaults of the items of a long list are filled in, each time that they are read', async () => {
  const unit = { type: 'object', properties: { name: { type: 'string', default: 'm' } } };
  const item = {
    type: 'object',
    properties: { size: { type: 'integer', default: 1 }, unit: { $ref: '#/components/schemas/Unit' } },
  };
  const schema = { type: 'object', properties: { rows: { type: 'array', items: item } } };
  const put = async (_input: object, _services: object, request: RequestContext) => {
    const read: (readonly unknown[])[] = [];
    for (const time of [0, 1])
      for await (const some of request.items('/rows')) read[time] = [...(read[time] ?? []), ...some];
    return read;
  };
  const { call } = await serving(
    { paths: { '/rows': post('put', schema) }, components: { schemas: { Unit: unit } } },
    { put },
    { longBodies: { put: ['/rows'] } },
  );
  const rows = [{ size: 2 }, { unit: {} }];
  const whole = [{ size: 2 }, { size: 1, unit: { name: 'm' } }];
  expect((await call('POST', '/rows', { body: { rows } })).body).toEqual([whole, whole]);
});

test('an answer of JSON may be its text in pieces, which are closed when the caller goes away', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  async function* pieces() {
    try {
      yield '[';
      for (let id = 0; ; id += 1) yield `{"id":${id}},`;
    } finally {
      resolve();
    }
  }
  const responses = { 200: { description: 'ok', content: json({ type: 'array', items: row }) } };
  const { url, call } = await serving(
    {
      paths: { '/all': { get: { operationId: 'all', responses } }, '/two': { get: { operationId: 'two', responses } } },
    },
    {
      all: async () => new JsonText(pieces()),
      two: async () => answer(200, new JsonText(['[{"id":1},', '{"id":2}]'].values() as never)),
    },
  );
  expect(await call('GET', '/two')).toMatchObject({
    type: 'application/json; charset=utf-8',
    body: [{ id: 1 }, { id: 2 }],
  });
  const { body } = await fetch(`${url}/all`);
  const reader = body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await closed;
});

test('the text of an answer that is not sent is closed', async () => {
  let closed = 0;
  const pieces = () => ({
    next: async () => ({ done: false as const, value: '1' }),
    return: async () => {
      closed += 1;
      return { done: true as const, value: undefined };
    },
  });
  const responses = { 200: { description: 'ok', content: json({}) } };
  const { call } = await serving(
    { paths: { '/a': { get: { operationId: 'a', responses } } } },
    { a: async () => answer(404, new JsonText(pieces())) },
    { onInvalidResponse: 'throw' },
  );
  expect((await call('GET', '/a')).status).toBe(500);
  expect(closed).toBe(1);
});
