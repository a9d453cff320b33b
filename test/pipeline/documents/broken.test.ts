import { expect, it } from 'vitest';
import { post, serving } from '../../helpers/serving.ts';

const string = { type: 'string' };
const of = (schema: object) => ({ type: 'object', properties: { v: schema } });

/** A schema that validators stumble over, with a value that it takes and one that it doesn't. */
const cases: [name: string, openapi: string, schema: object, right: unknown, wrong: unknown][] = [
  ['a reference into an allOf', '3.0.3', { $ref: '#/components/schemas/Tag/allOf/0' }, { id: 'a' }, { id: 1 }],
  [
    'a reference into properties',
    '3.0.3',
    { $ref: '#/components/schemas/Deep/properties/inner' },
    { n: 1 },
    { n: 'x' },
  ],
  [
    'a reference into another operation',
    '3.0.3',
    { $ref: '#/paths/~1other/post/requestBody/content/application~1json/schema' },
    { o: 1 },
    { o: 'x' },
  ],
  ['a reference to its own $defs', '3.1.0', { $ref: '#/components/schemas/Order' }, { line: { n: 1 } }, { line: {} }],
  ['an anchor', '3.1.0', { $ref: '#line' }, { n: 1 }, {}],
  [
    'a dynamic anchor',
    '3.1.0',
    { $ref: '#/components/schemas/Tree' },
    { kids: [{ kids: [] }] },
    { kids: [{ kids: 1 }] },
  ],
  [
    'a schema that holds itself',
    '3.0.3',
    { $ref: '#/components/schemas/Loop' },
    { next: { next: { n: 1 } } },
    { next: { n: 'x' } },
  ],
  [
    'nullable: false beside allOf',
    '3.0.3',
    { nullable: false, allOf: [{ $ref: '#/components/schemas/Tag' }] },
    { id: 'a' },
    null,
  ],
  [
    'nullable beside no type',
    '3.0.3',
    { nullable: true, allOf: [{ $ref: '#/components/schemas/Tag' }] },
    null,
    { id: 1 },
  ],
  ['nullable with values that lack null', '3.0.3', { ...string, nullable: true, enum: ['a'] }, null, 'b'],
  ['a list of types', '3.1.0', { type: ['string', 'null'] }, null, 1],
  ['a pattern with (?i)', '3.0.3', { ...string, pattern: '(?i)^[0-9a-f]{8}$' }, 'ABCDEF12', 'xyz'],
  ['a pattern that needs no u', '3.0.3', { ...string, pattern: '^[a-z_\\-\\:]+$' }, 'a-b:c', 'A'],
  ['a pattern with \\A and \\z', '3.0.3', { ...string, pattern: '\\A[a-z]+\\z' }, 'abc', 'abc1'],
  ['a pattern with POSIX classes', '3.0.3', { ...string, pattern: '^[[:alpha:]]+$' }, 'abc', '1'],
  ['a pattern with Unicode properties', '3.1.0', { ...string, pattern: '^\\p{L}+$' }, 'é', '1'],
  [
    'a tuple without bounds',
    '3.1.0',
    { type: 'array', prefixItems: [string, { type: 'integer' }] },
    ['a', 1, {}],
    ['a', 'b'],
  ],
  ['a tuple with items: false', '3.1.0', { type: 'array', prefixItems: [string], items: false }, ['a'], ['a', 1]],
  ['$id', '3.1.0', { $id: 'https://x.example/s', ...of(string) }, { v: 'a' }, { v: 1 }],
  [
    'a member called id',
    '3.0.3',
    { type: 'object', properties: { id: string }, id: 'nothing' },
    { id: 'a' },
    { id: 1 },
  ],
  [
    'an example that holds id',
    '3.0.3',
    { type: 'object', properties: { id: string }, example: { id: '19%3Aabc', $ref: '#/nowhere' } },
    { id: 'a' },
    { id: 1 },
  ],
  ['an empty list of values', '3.0.3', { ...string, enum: [] }, 'a', 1],
  ['a multiple of 0.01', '3.0.3', { type: 'number', multipleOf: 0.01 }, 19.99, 19.999],
  ['a multiple of 0.1', '3.0.3', { type: 'number', multipleOf: 0.1 }, 1.1, 1.15],
  ['exclusiveMinimum: true in 3.0', '3.0.3', { type: 'number', minimum: 0, exclusiveMinimum: true }, 0.1, 0],
  ['exclusiveMinimum: true in 3.1', '3.1.0', { type: 'number', minimum: 0, exclusiveMinimum: true }, 1, 0],
  ['exclusiveMaximum of 3.1', '3.1.0', { type: 'number', exclusiveMaximum: 5 }, 4, 5],
  ['a day that does not exist', '3.0.3', { ...string, format: 'date' }, '2020-02-29', '2020-02-30'],
  ['a format that nobody knows', '3.0.3', { ...string, format: 'zip' }, 'a', 1],
  [
    'siblings of a reference, which mean nothing in 3.0',
    '3.0.3',
    { $ref: '#/components/schemas/Tag', required: ['x'] },
    { id: 'a' },
    { id: 1 },
  ],
  [
    'siblings of a reference, which hold in 3.1',
    '3.1.0',
    { $ref: '#/components/schemas/Tag', required: ['x'] },
    { id: 'a', x: 1 },
    { id: 'a' },
  ],
  ['a boolean schema', '3.1.0', { type: 'object', properties: { a: true, b: false } }, { a: 1 }, { b: 1 }],
  ['bounds that are texts', '3.0.3', { type: 'string', minLength: '3', maxLength: 3 }, 'ab', 'abcd'],
  [
    'a type that does not exist',
    '3.0.3',
    { type: 'object', properties: { f: { type: 'file' }, n: { type: 'integer' } } },
    { f: {}, n: 1 },
    { n: 'x' },
  ],
  [
    'required beside a nullable base',
    '3.0.3',
    { allOf: [{ $ref: '#/components/schemas/Base' }, { type: 'object' }], required: ['from'] },
    { from: 'a' },
    {},
  ],
];

const schemas = {
  Tag: { allOf: [{ type: 'object', properties: { id: string } }] },
  Deep: { type: 'object', properties: { inner: { type: 'object', properties: { n: { type: 'integer' } } } } },
  Order: {
    type: 'object',
    properties: { line: { $ref: '#/components/schemas/Order/$defs/Line' } },
    $defs: { Line: { $anchor: 'line', type: 'object', required: ['n'], properties: { n: { type: 'integer' } } } },
  },
  Tree: {
    $dynamicAnchor: 'node',
    type: 'object',
    properties: { kids: { type: 'array', items: { $dynamicRef: '#node' } } },
  },
  Loop: { type: 'object', properties: { n: { type: 'integer' }, next: { $ref: '#/components/schemas/Loop' } } },
  Base: { type: 'object', nullable: true, properties: { from: string } },
};

it.each(cases)('%s is checked, in requests and answers', async (_name, openapi, schema, right, wrong) => {
  const content = { 'application/json': { schema: of(schema) } };
  const { call, logged } = await serving(
    {
      openapi,
      paths: {
        '/x': post('x', of(schema), { responses: { 200: { description: 'ok', content } } }),
        '/back': post('back', {}, { responses: { 200: { description: 'ok', content } } }),
        '/other': post('other', { type: 'object', properties: { o: { type: 'integer' } } }),
      },
      components: { schemas },
    },
    { back: async ({ body }: { body: object }) => body },
    { onInvalidResponse: 'throw' },
  );
  const good = await call('POST', '/x', { body: { v: right } });
  expect([good.status, good.body]).toEqual([200, { v: right }]);
  const bad = await call('POST', '/x', { body: { v: wrong } });
  expect(bad.status).toBe(400);
  expect(bad.body.detail).toMatch(/^\/body\/v/);
  expect((await call('POST', '/back', { body: { v: wrong } })).status).toBe(500);
  expect(logged.filter((line) => !/breaks the contract|does not exist/.test(line))).toEqual([]);
});

it('what can’t be checked at all is served, and said once', async () => {
  const { call, logged } = await serving({
    paths: {
      '/x': post('x', of({ ...string, pattern: '(' })),
      '/y': post('y', of({ $ref: '#/components/schemas/Gone' })),
    },
  });
  for (const path of ['/x', '/x', '/y', '/y'])
    expect((await call('POST', path, { body: { v: 'a' } })).status).toBe(200);
  expect(logged).toHaveLength(2);
  expect(logged[0]).toContain('The pattern ( is no regular expression');
  expect(logged[1]).toContain('#/components/schemas/Gone');
});
