import { expect, it } from 'vitest';
import { get, post, serving } from '../../helpers/serving.ts';

const integer = { type: 'integer' };
const string = { type: 'string' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required });
const list = (items: object) => ({ type: 'array', items });
const query = (schema: object, more: object = {}) => [{ name: 'q', in: 'query', schema, ...more }];
const body = (schema: object) => ({ paths: { '/a': post('a', schema) } });
const asked = (schema: object, more: object = {}) => ({ paths: { '/a': get('a', query(schema, more)) } });
/** A body of another type than JSON. */
class Text {
  readonly type: string;
  readonly text: string;

  constructor(type: string, text: string) {
    this.type = type;
    this.text = text;
  }
}
const as = (type: string, text: string) => new Text(type, text);
const contents = (content: object, required = true) => ({
  paths: { '/a': { post: { ...post('a', {}).post, requestBody: { required, content } } } },
});

/** A body of JSON, or of another type, or the query that is asked. */
type Sent = unknown;
/** The handler's input, or the sentence of the refusal. */
type Outcome = object | string;
type Kind = readonly [document: object, ...calls: (readonly [sent: Sent, outcome: Outcome])[]];

const kinds: Record<string, Kind> = {
  'free members within free members': [
    body({
      ...object({ m: { type: 'object', additionalProperties: true } }),
      additionalProperties: { type: 'object' },
    }),
    [
      { m: { x: [{ y: null }] }, z: { deep: { er: 1 } } },
      { m: { x: [{ y: null }] }, z: { deep: { er: 1 } } },
    ],
    [{ z: 1 }, '/body/z must be object'],
  ],
  'members by the pattern of their name': [
    { openapi: '3.1.0', ...body({ ...object({ a: string }), patternProperties: { '^x-': integer } }) },
    [
      { a: 'b', 'x-a': 1, other: true },
      { a: 'b', 'x-a': 1, other: true },
    ],
    [{ 'x-a': 'b' }, '/body/x-a must be integer'],
  ],
  'an allOf of open objects': [
    body({ allOf: [object({ a: integer }), object({ b: integer })] }),
    [
      { a: 1, b: 2, c: { d: 1 } },
      { a: 1, b: 2, c: { d: 1 } },
    ],
  ],
  'a list of maps of lists': [
    body(list({ type: 'object', additionalProperties: list(integer) })),
    [[{ k: [1] }, {}], { body: [{ k: [1] }, {}] }],
    [[{ k: ['x'] }], '/body/0/k/0 must be integer'],
  ],
  'null in every position of OpenAPI 3.0': [
    {
      ...body(
        object({
          values: { type: 'string', enum: ['a'], nullable: true },
          all: { nullable: true, allOf: [ref('O')] },
          one: { nullable: true, oneOf: [integer, string] },
          list: { ...list({ ...integer, nullable: true }), nullable: true },
          referred: ref('N'),
        }),
      ),
      components: { schemas: { O: object({ x: integer }, ['x']), N: { ...object({ x: integer }), nullable: true } } },
    },
    [
      { values: null, all: null, one: null, list: null, referred: null },
      { values: null, all: null, one: null, list: null, referred: null },
    ],
    [{ list: [null, 1] }, { list: [null, 1] }],
    [{ all: {} }, '/body/all/x is required'],
  ],
  'null and siblings of references in OpenAPI 3.1': [
    {
      openapi: '3.1.0',
      ...body(
        object({
          any: { anyOf: [ref('O'), { type: 'null' }] },
          types: { type: ['array', 'null'], items: { type: ['integer', 'null'] } },
          sibling: { ...ref('O'), description: 'An O.', ...object({ y: integer }, ['y']) },
        }),
      ),
      components: { schemas: { O: object({ x: integer }, ['x']) } },
    },
    [
      { any: null, types: null },
      { any: null, types: null },
    ],
    [{ types: [null] }, { types: [null] }],
    [{ sibling: { x: 1 } }, '/body/sibling/y is required'],
  ],
  'decimal steps': [
    body(object({ tenths: { type: 'number', multipleOf: 0.1 }, tiny: { type: 'number', multipleOf: 1e-7 } })),
    [
      { tenths: 0.3, tiny: 3e-7 },
      { tenths: 0.3, tiny: 3e-7 },
    ],
    [{ tenths: 0.35 }, '/body/tenths must be multiple of 0.1'],
    [{ tiny: 1.5e-8 }, '/body/tiny must be multiple of 1e-7'],
  ],
  'a bound that excludes itself': [
    body(object({ n: { type: 'number', minimum: 0, exclusiveMinimum: true } })),
    [{ n: 0 }, '/body/n must be > 0'],
    [{ n: 1e-9 }, { n: 1e-9 }],
  ],
  'durations, times and addresses': [
    body(
      object({
        length: { type: 'string', format: 'duration' },
        at: { type: 'string', format: 'time' },
        home: { type: 'string', format: 'url' },
      }),
    ),
    [
      { length: 'PT0.5S', at: '23:59:60Z', home: 'http://localhost:3000/a' },
      { length: 'PT0.5S', at: '23:59:60Z', home: 'http://localhost:3000/a' },
    ],
    [{ at: '25:00:00Z' }, '/body/at must match format "time"'],
  ],
  'a pattern of another dialect': [
    body(object({ name: { type: 'string', pattern: '^[\\p{L}\\-\\_]+\\z' } })),
    [{ name: 'Zoë_a' }, { name: 'Zoë_a' }],
    [{ name: 'p{L}' }, '/body/name must match pattern "^[\\p{L}\\-\\_]+\\z"'],
  ],
  'a list in one text, between spaces': [
    asked(list(integer), { style: 'spaceDelimited', explode: false }),
    ['q=1%202', { q: [1, 2] }],
    ['q=1+2', { q: [1, 2] }],
  ],
  'a list in one text, between bars': [
    asked(list(string), { style: 'pipeDelimited', explode: false }),
    ['q=a|b', { q: ['a', 'b'] }],
    ['q=a%7Cb', { q: ['a', 'b'] }],
  ],
  'a list of listed values, with commas that a client encoded': [
    asked(list({ type: 'string', enum: ['a', 'b'] }), { explode: false }),
    ['q=a,b', { q: ['a', 'b'] }],
    ['q=a%2Cb', { q: ['a', 'b'] }],
    ['q=a,c', '/query/q/1 must be one of: a, b'],
  ],
  'a list of any texts, with a comma in an item': [
    asked(list(string), { explode: false }),
    ['q=a%2Cb,c', { q: ['a,b', 'c'] }],
  ],
  'an object in members of the query': [
    asked(object({ x: integer, y: string }, ['x'])),
    ['x=1&y=b', { q: { x: 1, y: 'b' } }],
    ['y=b', '/query/q/x is required'],
  ],
  'an object within an object of the query': [
    asked(object({ a: object({ b: integer, c: list(integer) }), t: list(string) }), { style: 'deepObject' }),
    ['q[a][b]=1&q[a][c]=1&q[a][c]=2&q[t]=x', { q: { a: { b: 1, c: [1, 2] }, t: ['x'] } }],
    ['q[a][c][]=1&q[t][0]=x&q[t][1]=y', { q: { a: { c: [1] }, t: ['x', 'y'] } }],
    ['q[a][b]=x', '/query/q/a/b must be integer'],
  ],
  'a map in the query': [
    asked({ type: 'object', additionalProperties: integer }),
    ['a=1&b=2', { q: { a: 1, b: 2 } }],
    ['a=x', '/query/q/a must be integer'],
  ],
  'JSON in the query': [
    {
      paths: {
        '/a': get('a', [
          { name: 'q', in: 'query', content: { 'application/json': { schema: object({ a: integer }) } } },
        ]),
      },
    },
    ['q=%7B%22a%22%3A1%7D', { q: { a: 1 } }],
    ['q=%7B%22a%22%3A%22x%22%7D', '/query/q/a must be integer'],
  ],
  'reserved characters and an empty value': [
    asked(string, { allowReserved: true, allowEmptyValue: true }),
    ['q=a/b?c:@', { q: 'a/b?c:@' }],
    ['q', { q: '' }],
  ],
  'an empty value for a boolean': [asked({ type: 'boolean' }, { allowEmptyValue: true }), ['q', { q: true }], ['', {}]],
  'media types that differ in a parameter': [
    contents({
      'application/json; version=1': { schema: object({ a: integer }, ['a']) },
      'application/json; version="2"': { schema: object({ b: integer }, ['b']) },
    }),
    [as('application/json; charset=utf-8; version=2', '{"b":1}'), { b: 1 }],
    [as('application/json;version=1', '{"b":1}'), '/body/a is required'],
    [as('application/json', '{"a":1}'), { a: 1 }],
  ],
  'ranges of media types': [
    contents({ 'text/*': { schema: string }, 'application/*': { schema: object({ a: integer }) } }),
    [as('text/markdown', '# a'), { body: '# a' }],
    [as('application/vnd.a+json', '{"a":"x"}'), '/body/a must be integer'],
  ],
  'several media types with schemas of their own': [
    contents({
      'application/json': { schema: object({ a: integer }, ['a']) },
      'application/vnd.b+json': { schema: object({ b: integer }, ['b']) },
    }),
    [as('Application/VND.B+JSON', '{"b":1}'), { b: 1 }],
    [as('application/json', '{"b":1}'), '/body/a is required'],
  ],
  'a body of no media type': [contents({}), [undefined, {}], [{ a: 1 }, {}]],
  'a body that may be left out, with a default within': [
    contents({ 'application/json': { schema: object({ a: { ...integer, default: 2 } }) } }, false),
    [undefined, {}],
    [{}, { a: 2 }],
  ],
  'read-only and write-only members within lists and an allOf': [
    {
      ...body(list({ allOf: [ref('O'), object({ z: integer }, ['z', 'id'])] })),
      components: {
        schemas: {
          O: object({ id: { ...integer, readOnly: true }, w: { ...string, writeOnly: true } }, ['id', 'w']),
        },
      },
    },
    [[{ w: 'a', z: 1 }], { body: [{ w: 'a', z: 1 }] }],
    [[{ id: 1, w: 'a', z: 1 }], '/body/0/id is read-only'],
    [[{ z: 1 }], '/body/0/w is required'],
  ],
};

it.each(Object.entries(kinds))('%s', async (_name, [document, ...calls]) => {
  const { call, inputs } = await serving(document);
  const isAsked = 'get' in (document as { paths: { '/a': object } }).paths['/a'];
  for (const [sent, outcome] of calls) {
    const options = sent instanceof Text ? { body: sent.text, headers: { 'content-type': sent.type } } : { body: sent };
    const answer = isAsked ? await call('GET', `/a?${sent}`) : await call('POST', '/a', options);
    if (typeof outcome === 'string') expect([answer.status, answer.body.detail]).toEqual([400, outcome]);
    else expect([answer.status, inputs.a], JSON.stringify(sent)).toEqual([200, outcome]);
  }
});
