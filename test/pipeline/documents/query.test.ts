import { describe, expect, it } from 'vitest';
import { get, serving } from '../../helpers/serving.ts';

const of = (name: string, schema: object, more: object = {}) => ({ name, in: 'query', schema, ...more });
const integer = { type: 'integer' };
const string = { type: 'string' };
const filter = {
  type: 'object',
  properties: {
    a: { type: 'object', properties: { b: integer } },
    tags: { type: 'array', items: string },
    n: integer,
    s: string,
  },
};

/** A parameter, a query of it, and the value that reaches the handler. */
const accepted: [parameter: object, query: string, value: unknown][] = [
  [of('name', string), "name=!*()':@/?", "!*()':@/?"],
  [of('name', string), 'name=a%20b+c', 'a b c'],
  [of('name', string), 'name=', ''],
  [of('e', { ...string, enum: ['', 'a'] }), 'e=', ''],
  [
    of('since', { ...string, format: 'date-time' }),
    'since=2020-02-29T10:00:00+01:00'.replace('+', '%2B'),
    '2020-02-29T10:00:00+01:00',
  ],
  [of('since', { ...string, format: 'date-time' }), 'since=2020-02-29T10:00:00Z', '2020-02-29T10:00:00Z'],
  [of('ids', { type: 'array', items: integer }), 'ids=1&ids=2', [1, 2]],
  [of('ids', { type: 'array', items: integer }), 'ids=1', [1]],
  [of('csv', { type: 'array', items: string }, { explode: false }), 'csv=a,b%2Cc', ['a', 'b,c']],
  [of('x', { type: 'array', items: integer }, { style: 'pipeDelimited', explode: false }), 'x=1|2', [1, 2]],
  [of('x', { type: 'array', items: integer }, { style: 'spaceDelimited', explode: false }), 'x=1%202', [1, 2]],
  [of('flag', { type: 'boolean' }), 'flag=true', true],
  [of('m', { oneOf: [integer, { type: 'boolean' }] }), 'm=7', 7],
  [of('n', { ...integer, nullable: true }), 'n=', null],
  [of('ids[]', { type: 'array', items: integer }), 'ids[]=1&ids[]=2', [1, 2]],
  [of('ids[]', { type: 'array', items: integer }), 'ids%5B%5D=1', [1]],
  [of('page[size]', integer), 'page[size]=3', 3],
  [of('größe', string), 'gr%C3%B6%C3%9Fe=x', 'x'],
  [of('a.b', string), 'a.b=x', 'x'],
  [of('filter', filter, { style: 'deepObject' }), 'filter[n]=1&filter[s]=x', { n: 1, s: 'x' }],
  [
    of('filter', filter, { style: 'deepObject' }),
    'filter[a][b]=2&filter[tags][]=x&filter[tags][]=y',
    { a: { b: 2 }, tags: ['x', 'y'] },
  ],
  [of('filter', filter, { style: 'deepObject' }), 'filter[tags][0]=x&filter[tags][1]=y', { tags: ['x', 'y'] }],
  [of('p', { type: 'object', properties: { role: string, age: integer } }), 'role=a&age=3', { role: 'a', age: 3 }],
  [of('p', { type: 'object', properties: { role: string } }, { explode: false }), 'p=role,a', { role: 'a' }],
  [
    {
      name: 'w',
      in: 'query',
      content: { 'application/json': { schema: { type: 'object', required: ['a'], properties: { a: integer } } } },
    },
    'w=%7B%22a%22%3A1%7D',
    { a: 1 },
  ],
];

describe('a query is read by the document’s rules', () => {
  it.each(accepted)('%j of %s', async (parameter, query, value) => {
    const { call } = await serving({ paths: { '/a': get('a', [parameter]) } });
    const { body } = await call('GET', `/a?${query}`);
    expect(body).toEqual({ [(parameter as { name: string }).name]: value });
  });

  it.each([
    ['integer', of('limit', integer), 'limit=many', '/query/limit must be integer'],
    ['an unknown name', of('limit', integer), 'colour=red', "/query/colour Unknown query parameter 'colour'"],
    ['a missing one', of('limit', integer, { required: true }), '', '/query/limit is required'],
    ['a wrong member', of('filter', filter, { style: 'deepObject' }), 'filter[n]=x', '/query/filter/n must be integer'],
    ['a wrong item', of('ids', { type: 'array', items: integer }), 'ids=1&ids=b', '/query/ids/1 must be integer'],
    ['half an escape', of('name', string), 'name=%E0%A4', /^\/query\/name .* is not percent-encoded UTF-8/],
    ['a NUL', of('name', string), 'name=a%00', '/query/name must not hold a NUL character.'],
    [
      'no JSON',
      { name: 'w', in: 'query', content: { 'application/json': { schema: {} } } },
      'w={',
      '/query/w w must be JSON.',
    ],
  ])('and refused where it is %s', async (_what, parameter, query, message) => {
    const { call } = await serving({ paths: { '/a': get('a', [parameter]) } });
    const { status, body } = await call('GET', `/a?${query}`);
    expect(status).toBe(400);
    expect(body.detail).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});

describe('other parameters', () => {
  const inPath = (name: string, schema: object, more: object = {}) => ({
    name,
    in: 'path',
    required: true,
    schema,
    ...more,
  });
  it.each([
    ['/{id}', [inPath('id', integer)], '/7', { id: 7 }],
    ['/{id}', [inPath('id', string)], '/a%2Fb', { id: 'a/b' }],
    ['/{ids}', [inPath('ids', { type: 'array', items: integer })], '/1,2', { ids: [1, 2] }],
    ['/{ids}', [inPath('ids', { type: 'array', items: integer }, { style: 'label' })], '/.1,2', { ids: [1, 2] }],
    [
      '/{p}',
      [inPath('p', { type: 'object', properties: { a: integer } }, { style: 'matrix', explode: true })],
      '/;a=1',
      { p: { a: 1 } },
    ],
    ['/{name}.{ext}', [inPath('name', string), inPath('ext', string)], '/a.pdf', { name: 'a', ext: 'pdf' }],
  ])('of the path %s', async (path, parameters, sent, input) => {
    const { call } = await serving({ paths: { [path]: get('a', parameters) } });
    expect((await call('GET', sent)).body).toEqual(input);
  });

  it('in headers and cookies have the document’s spelling', async () => {
    const parameters = [
      { name: 'X-List', in: 'header', schema: { type: 'array', items: integer } },
      { name: 'X-On', in: 'header', schema: { type: 'boolean' } },
      { name: 'Seen', in: 'cookie', schema: integer },
      // OpenAPI has these described elsewhere.
      { name: 'Accept', in: 'header', schema: { enum: ['x'] } },
      { name: 'Authorization', in: 'header', required: true, schema: {} },
    ];
    const { call } = await serving({ paths: { '/a': get('a', parameters) } });
    const headers = { 'x-list': '1, 2', 'x-on': 'true', cookie: 'Seen=3' };
    expect((await call('GET', '/a', { headers })).body).toEqual({ 'X-List': [1, 2], 'X-On': true, Seen: 3 });
    expect((await call('GET', '/a', { headers: { 'x-list': '1,b' } })).body.detail).toBe(
      '/headers/x-list/1 must be integer',
    );
  });

  it('of paths that share a template have their own names', async () => {
    const { call } = await serving({
      paths: {
        '/a/{id}': get('read', [inPath('id', string)]),
        '/a/{name}': {
          delete: {
            operationId: 'remove',
            parameters: [inPath('name', string)],
            responses: { 200: { description: 'ok', content: { 'application/json': {} } } },
          },
        },
      },
    });
    expect((await call('GET', '/a/x')).body).toEqual({ id: 'x' });
    expect((await call('DELETE', '/a/x')).body).toEqual({ name: 'x' });
    expect((await call('PUT', '/a/x')).headers.get('allow')).toBe('GET, HEAD, DELETE, OPTIONS');
  });
});
