import { expect, it } from 'vitest';
import { answer } from '../../../pipeline/express/index.ts';
import { get, post, serving } from '../../helpers/serving.ts';

const free = {
  type: 'object',
  required: ['text'],
  properties: {
    text: { type: 'string' },
    metadata: { type: 'object' },
    extra: {},
    rows: { type: 'array', items: { type: 'object' } },
  },
};

it('everything that a free-form object holds reaches the handler', async () => {
  const { call } = await serving({ paths: { '/notes': post('addNote', free), '/any': post('any', {}) } });
  const note = {
    text: 'a',
    metadata: { a: [{ b: null }] },
    extra: { deep: { er: 1 } },
    rows: [{ x: 1 }, {}],
    more: true,
  };
  expect((await call('POST', '/notes', { body: note })).body).toEqual(note);
  for (const any of [{ a: 1 }, [1, { b: 2 }], 'text', 7, false]) {
    const headers = { 'content-type': 'application/json' };
    expect((await call('POST', '/any', { body: JSON.stringify(any), headers })).body).toEqual({ body: any });
  }
});

it('members that the schema forbids are refused, at every depth', async () => {
  const closed = { type: 'object', properties: { a: { type: 'object', additionalProperties: false, properties: {} } } };
  const { call } = await serving({
    openapi: '3.1.0',
    paths: {
      '/closed': post('closed', closed),
      '/unevaluated': post('unevaluated', { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false }),
    },
  });
  expect((await call('POST', '/closed', { body: { a: {}, b: 1 } })).body).toEqual({ a: {}, b: 1 });
  expect((await call('POST', '/closed', { body: { a: { c: 1 } } })).body.detail).toBe(
    '/body/a/c must NOT have additional properties',
  );
  expect((await call('POST', '/unevaluated', { body: { a: 1 } })).status).toBe(200);
  expect((await call('POST', '/unevaluated', { body: { b: 1 } })).status).toBe(400);
});

it('a subtype keeps its members, wherever the choice stands and however it is mapped', async () => {
  const schemas = {
    Text: {
      type: 'object',
      required: ['kind'],
      properties: { kind: { type: 'string', enum: ['text'] }, text: { type: 'string', default: 'none' } },
    },
    Quote: {
      type: 'object',
      required: ['kind', 'of'],
      properties: { kind: { type: 'string', enum: ['quote'] }, of: { type: 'integer' } },
    },
    Pet: {
      type: 'object',
      required: ['petType'],
      properties: { petType: { type: 'string' } },
      discriminator: { propertyName: 'petType', mapping: { DOG: '#/components/schemas/Dog' } },
    },
    Dog: {
      allOf: [{ $ref: '#/components/schemas/Pet' }, { type: 'object', properties: { bark: { type: 'integer' } } }],
    },
    Cat: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } } },
  };
  const choice = {
    oneOf: [{ $ref: '#/components/schemas/Text' }, { $ref: '#/components/schemas/Quote' }],
    discriminator: { propertyName: 'kind' },
  };
  const bare = {
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Quote' }],
    discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', quote: 'Quote' } },
  };
  const { call } = await serving({
    paths: {
      '/list': post('list', { type: 'object', properties: { comments: { type: 'array', items: choice } } }),
      '/pet': post('pet', { $ref: '#/components/schemas/Pet' }),
      '/bare': post('bare', bare),
    },
    components: { schemas },
  });
  const comments = [{ kind: 'text', text: 'a', more: 1 }, { kind: 'quote', of: 1 }, { kind: 'text' }];
  // Its default is filled in within the branch.
  expect((await call('POST', '/list', { body: { comments } })).body.comments).toEqual([
    ...comments.slice(0, 2),
    { kind: 'text', text: 'none' },
  ]);
  expect((await call('POST', '/pet', { body: { petType: 'DOG', bark: 2 } })).body).toEqual({ petType: 'DOG', bark: 2 });
  expect((await call('POST', '/bare', { body: { kind: 'cat', mew: 1 } })).body.body).toEqual({ kind: 'cat', mew: 1 });
  // A violation has its own place.
  expect((await call('POST', '/bare', { body: { kind: 'quote' } })).body.detail).toBe('/body/of is required');
  expect((await call('POST', '/bare', { body: {} })).body.detail).toBe('/body/kind is required');
  expect((await call('POST', '/bare', { body: { kind: 'dog' } })).body.detail).toBe(
    '/body/kind must be one of: cat, quote',
  );
});

it('a body that names a member like a parameter is handed over whole, and an undeclared one stays in request.body', async () => {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  let whole: unknown;
  const { call, inputs } = await serving(
    {
      paths: {
        '/named/{id}': post('named', { type: 'object', properties: { id: { type: 'integer' } } }, { parameters: [id] }),
        '/open/{id}': post('open', { type: 'object', properties: { a: {} } }, { parameters: [id] }),
      },
    },
    {
      open: async (_input: object, _services: object, request: { body: unknown }) => {
        whole = request.body;
        return {};
      },
    },
  );
  await call('POST', '/named/x', { body: { id: 7 } });
  expect(inputs.named).toEqual({ id: 'x', body: { id: 7 } });
  await call('POST', '/open/x', { body: { id: 7, a: 1 } });
  expect([inputs.open, whole]).toEqual([
    { id: 'x', a: 1 },
    { id: 7, a: 1 },
  ]);
});

it('defaults are filled in, in every place and behind references', async () => {
  const limit = { name: 'limit', in: 'query', schema: { $ref: '#/components/schemas/Limit' } };
  const schema = {
    type: 'object',
    properties: {
      n: { $ref: '#/components/schemas/Limit' },
      inner: { type: 'object', properties: { on: { type: 'boolean', default: true } } },
      list: {
        type: 'array',
        items: { type: 'object', properties: { x: { allOf: [{ $ref: '#/components/schemas/Limit' }] } } },
      },
    },
  };
  const { call } = await serving({
    paths: {
      '/a': {
        ...post('a', schema, { parameters: [limit] }),
        ...get('b', [
          limit,
          { name: 'X-Mode', in: 'header', schema: { type: 'string', default: 'fast' } },
          { name: 'seen', in: 'cookie', schema: { type: 'integer', default: 0 } },
        ]),
      },
    },
    components: { schemas: { Limit: { type: 'integer', default: 20 } } },
  });
  expect((await call('POST', '/a', { body: { inner: {}, list: [{}] } })).body).toEqual({
    limit: 20,
    n: 20,
    inner: { on: true },
    list: [{ x: 20 }],
  });
  expect((await call('GET', '/a')).body).toEqual({ limit: 20, 'X-Mode': 'fast', seen: 0 });
  expect((await call('GET', '/a?limit=3', { headers: { cookie: 'a=b; seen=2', 'x-mode': 'slow' } })).body).toEqual({
    limit: 3,
    'X-Mode': 'slow',
    seen: 2,
  });
});

it('readOnly members are the answer’s, and writeOnly ones the request’s', async () => {
  const schema = {
    type: 'object',
    required: ['id', 'name', 'secret'],
    properties: {
      id: { type: 'integer', readOnly: true },
      name: { type: 'string' },
      secret: { type: 'string', writeOnly: true },
    },
  };
  const Thing = { allOf: [{ $ref: '#/components/schemas/Base' }, { type: 'object', required: ['id', 'name'] }] };
  const { call } = await serving(
    {
      paths: {
        '/things': post('add', schema, {
          responses: { 201: { description: 'made', content: { 'application/json': { schema } } } },
        }),
        '/all-of': post('all', Thing),
      },
      components: {
        schemas: {
          Base: { type: 'object', properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } } },
        },
      },
    },
    { add: async ({ name }: { name: string }) => ({ id: 1, name }) },
    { onInvalidResponse: 'throw' },
  );
  expect((await call('POST', '/things', { body: { name: 'a', secret: 's' } })).body).toEqual({ id: 1, name: 'a' });
  expect((await call('POST', '/things', { body: { id: 1, name: 'a', secret: 's' } })).body.detail).toBe(
    '/body/id is read-only',
  );
  expect((await call('POST', '/all-of', { body: { name: 'a' } })).status).toBe(200);
  expect((await call('POST', '/all-of', { body: {} })).body.detail).toBe('/body/name is required');
});

it('what is read-only as a member may be a parameter or a body, and write-only an answer or a header', async () => {
  const id = { $ref: '#/components/schemas/Id' };
  const parameters = [
    { name: 'id', in: 'path', required: true, schema: id },
    { name: 'q', in: 'query', schema: { anyOf: [id, { type: 'null' }] } },
    { name: 'X-Id', in: 'header', schema: { type: 'string', readOnly: true } },
  ];
  const headers = { 'X-Was': { schema: { type: 'string', writeOnly: true } } };
  const secret = { type: 'object', writeOnly: true, properties: { id } };
  const { call } = await serving(
    {
      openapi: '3.1.0',
      paths: {
        '/things/{id}': get('read', parameters),
        '/things': post('add', { $ref: '#/components/schemas/Thing' }),
        '/secret': get('secret', [], {
          responses: { 200: { description: 'ok', headers, content: { 'application/json': { schema: secret } } } },
        }),
      },
      components: {
        schemas: {
          Id: { type: 'string', readOnly: true },
          Thing: { type: 'object', readOnly: true, required: ['id'], properties: { id, name: { type: 'string' } } },
        },
      },
    },
    { secret: async () => answer(200, { id: 'a' }, { headers: { 'X-Was': 'b' } }) },
    { onInvalidResponse: 'throw' },
  );
  expect((await call('GET', '/things/a?q=b', { headers: { 'x-id': 'c' } })).body).toEqual({
    id: 'a',
    q: 'b',
    'X-Id': 'c',
  });
  expect((await call('POST', '/things', { body: { name: 'a' } })).body).toEqual({ name: 'a' });
  expect((await call('POST', '/things', { body: { id: 'a' } })).body.detail).toBe('/body/id is read-only');
  expect((await call('GET', '/secret')).body).toEqual({ id: 'a' });
});

it.each([
  ['in itself', { type: 'string', readOnly: true, default: 'a' }],
  ['behind a reference', { $ref: '#/components/schemas/State' }],
  ['in an allOf', { allOf: [{ type: 'string', default: 'a' }], readOnly: true }],
])('the default of a readOnly member, %s, is not filled in, since it would be refused', async (_name, kind) => {
  const inner = { type: 'object', properties: { kind } };
  const { call, inputs } = await serving({
    paths: { '/things': post('add', { type: 'object', properties: { kind, inner } }) },
    components: { schemas: { State: { type: 'string', readOnly: true, default: 'a' } } },
  });
  expect((await call('POST', '/things', { body: { inner: {} } })).status).toBe(200);
  expect(inputs.add).toEqual({ inner: {} });
  expect((await call('POST', '/things', { body: { inner: { kind: 'a' } } })).body.detail).toBe(
    '/body/inner/kind is read-only',
  );
});

it.each([
  ['a text for a number', { type: 'integer', default: '20 - all' }],
  ['a number written as a text', { type: 'integer', default: '20' }],
  ['a fraction for a whole number', { type: 'integer', default: 1.5 }],
  ['null where there is no null', { type: 'string', default: null }],
  ['a value that is not listed', { type: 'string', enum: ['a', 'b'], default: 'c' }],
  ['a time without its zone', { type: 'string', format: 'time', default: '23:20:50.52' }],
  ['a word for a duration', { type: 'string', format: 'duration', default: 'TBD' }],
  ['a text that its pattern refuses', { type: 'string', pattern: '^[a-z]+$', default: 'A1' }],
  ['a text that is too long', { type: 'string', maxLength: 2, default: 'abc' }],
  ['a number out of its bounds', { type: 'integer', minimum: 1, exclusiveMaximum: true, maximum: 9, default: 9 }],
  ['a number between its steps', { type: 'number', multipleOf: 0.1, default: 0.25 }],
  ['a list with a wrong item', { type: 'array', items: { type: 'integer' }, default: ['a'] }],
  ['a list that is too short', { type: 'array', items: {}, minItems: 1, default: [] }],
  ['a value of no branch', { anyOf: [{ type: 'integer' }, { type: 'string', format: 'uuid' }], default: 'none' }],
  ['one that what it refers to refuses', { allOf: [{ $ref: '#/components/schemas/Code' }], default: 'a' }],
])('a default that its own schema does not allow, %s, is not filled in', async (_name, schema) => {
  const { call, inputs } = await serving({
    paths: {
      '/a': {
        ...get('list', [{ name: 'limit', in: 'query', schema }]),
        ...post('add', { type: 'object', properties: { v: schema, w: { allOf: [schema] } } }),
      },
    },
    components: { schemas: { Code: { type: 'string', pattern: '^\\d+$' } } },
  });
  expect((await call('GET', '/a')).status).toBe(200);
  expect((await call('POST', '/a', { body: {} })).status).toBe(200);
  expect(inputs).toEqual({ list: {}, add: {} });
});

it('a default that is null is filled in where null is allowed', async () => {
  const v = { type: 'string', nullable: true, default: null };
  const { call, inputs } = await serving({ paths: { '/a': post('add', { type: 'object', properties: { v } }) } });
  expect((await call('POST', '/a', { body: {} })).status).toBe(200);
  expect(inputs.add).toEqual({ v: null });
});

it('a default of OpenAPI 3.1 beside a reference is filled in where what is referred to allows it', async () => {
  const of = (value: unknown) => ({ $ref: '#/components/schemas/Code', default: value });
  const { call, inputs } = await serving({
    openapi: '3.1.0',
    paths: { '/a': post('add', { type: 'object', properties: { good: of('7'), bad: of('a') } }) },
    components: { schemas: { Code: { type: 'string', pattern: '^\\d+$', default: '0' } } },
  });
  expect((await call('POST', '/a', { body: {} })).status).toBe(200);
  expect(inputs.add).toEqual({ good: '7' });
});

it('an object is a default where the defaults of its members make it whole', async () => {
  const paging = {
    type: 'object',
    required: ['size'],
    properties: { size: { type: 'integer', default: 20 } },
    default: {},
  };
  const { call, inputs } = await serving({
    paths: { '/a': post('add', { type: 'object', properties: { paging } }) },
  });
  expect((await call('POST', '/a', { body: {} })).status).toBe(200);
  expect(inputs.add).toEqual({ paging: { size: 20 } });
});
