import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../../pipeline/document/types.ts';
import { mockHandlers } from '../../../pipeline/express/index.ts';
import { Examples } from '../../../pipeline/express/mock/example.ts';
import { Checks } from '../../../pipeline/express/validate/checks.ts';
import { get, json, post, serving } from '../../helpers/serving.ts';

const thing = {
  type: 'object',
  required: ['id', 'name', 'secret', 'tags'],
  properties: {
    id: { type: 'string', pattern: '^[A-Z]{2}-\\d{3,}$', readOnly: true },
    name: { type: 'string', minLength: 8 },
    secret: { type: 'string', writeOnly: true },
    tags: { type: 'array', minItems: 2, uniqueItems: true, items: { type: 'string' } },
    price: { type: 'number', minimum: 1, multipleOf: 0.25 },
    at: { type: 'string', format: 'date-time' },
  },
};
const problem = { type: 'object', required: ['title'], properties: { title: { type: 'string' } } };
const document = {
  openapi: '3.0.3',
  info: { title: 'T', version: '1' },
  paths: {
    '/things': {
      ...get('list', [], {
        responses: {
          200: {
            description: 'ok',
            headers: { 'X-Total': { required: true, schema: { type: 'integer', minimum: 3 } } },
            content: { 'application/json': { schema: { type: 'array', items: thing } } },
          },
          404: {
            description: 'none',
            content: {
              'application/problem+json': {
                schema: problem,
                examples: { plain: { value: { title: 'None' } }, other: { value: { title: 'Other' } } },
              },
            },
          },
        },
      }),
      ...post('add', thing, {
        responses: {
          201: { description: 'made', content: { 'application/json': { schema: thing, example: { id: 'old' } } } },
        },
      }),
    },
    '/events': get('events', [], {
      responses: { 200: { description: 'ok', content: json({ type: 'string' }, 'text/event-stream') } },
    }),
  },
};

it('a mock answers values that the document allows, with its headers, and none that it does not', async () => {
  const handlers = mockHandlers(document as never);
  const { call } = await serving(document, handlers, { onInvalidResponse: 'throw' });
  const list = await call('GET', '/things');
  expect([list.status, list.headers.get('x-total'), list.body[0].id]).toEqual([200, '3', 'AA-000']);
  expect(list.body[0]).not.toHaveProperty('secret');
  // The document's own example breaks its schema.
  const body = { name: 'long enough', secret: 's', tags: ['a', 'b'] };
  expect((await call('POST', '/things', { body })).body).toMatchObject({ id: 'AA-000', price: 1 });
  expect((await call('POST', '/things', { body: {} })).status).toBe(400);
  expect((await call('GET', '/events')).body).toBe('data: text\n\n');
});

it('a caller of a mock chooses the status and the example', async () => {
  const { call } = await serving(document, mockHandlers(document as never), { onInvalidResponse: 'throw' });
  const ask = (prefer: string) => call('GET', '/things', { headers: { prefer } });
  expect(await ask('code=404')).toMatchObject({
    status: 404,
    type: 'application/problem+json',
    body: { title: 'None' },
  });
  expect((await ask('code=404, example=other')).body).toEqual({ title: 'Other' });
  expect(await ask('code=418')).toMatchObject({
    status: 400,
    body: { detail: 'list documents no answer 418; Prefer may ask for 200, 404.' },
  });
});

const answering = (responses: object, openapi = '3.1.0') => ({
  openapi,
  info: { title: 'T', version: '1' },
  paths: { '/x': get('x', [], { responses }) },
});
const asked = async (document: object, prefer: string, method = 'GET') => {
  const { call, logged } = await serving(document, mockHandlers(document as never));
  return { ...(await call(method, '/x', { headers: { prefer } })), logged };
};

it.each([100, 101, 102, 103])('%i comes before an answer, and is never one', async (code) => {
  const document = answering({ [code]: { description: 'wait' }, 200: { description: 'ok' } });
  expect(await asked(document, `code=${code}`)).toMatchObject({
    status: 400,
    body: { detail: `${code} comes before an answer, and is none itself; Prefer may ask for 200.` },
  });
  expect((await asked(document, '')).status).toBe(200);
});

it('an operation that documents no answers is answered, and only as a success', async () => {
  const document = { openapi: '3.1.0', paths: { '/x': { get: { operationId: 'x' } } } };
  expect(await asked(document, '')).toMatchObject({ status: 200, body: undefined, logged: [] });
});

it.each([204, 205, 304])('%i has no body, whatever the document says', async (code) => {
  const { status, body, headers } = await asked(
    answering({ [code]: { description: 'x', content: json({}) } }),
    `code=${code}`,
  );
  expect([status, body, headers.get('content-type')]).toEqual([code, undefined, null]);
});

it('the server itself says how the bytes of an answer are sent', async () => {
  const example = (value: unknown) => ({ required: true, schema: { type: 'string' }, example: value });
  const headers = { 'Content-Encoding': example('gzip'), 'Content-Length': example('3'), 'X-A': example('a') };
  const answer = await asked(answering({ 200: { description: 'ok', headers, content: json({ const: 'whole' }) } }), '');
  expect([answer.body, answer.headers.get('x-a'), answer.logged]).toEqual(['whole', 'a', []]);
});

const text = { type: 'string' };
const integer = { type: 'integer' };
const closed = (properties: object, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** A schema whose obvious value breaks it. */
const hard: Record<string, object> = {
  'an example that has grown old': { ...integer, example: 'one' },
  'a good example behind a bad one': { ...text, pattern: '^b', examples: ['a', 'b'] },
  'an old example deep within': {
    type: 'array',
    items: closed({ on: { ...text, format: 'date', example: '2020-02-30' } }),
  },
  'a default that breaks its bounds': { ...integer, minimum: 5, default: 1 },
  'a branch that another one takes too': {
    oneOf: [
      { type: 'object', properties: { a: text } },
      { type: 'object', required: ['b'], properties: { b: text } },
    ],
  },
  'a branch that only fewer members tell apart': {
    oneOf: [
      { type: 'object', required: ['a'], properties: { a: text, b: text } },
      { type: 'object', required: ['b'], properties: { b: text } },
    ],
  },
  'a number that is also whole': { oneOf: [{ type: 'number' }, integer] },
  'bounds in several parts': { allOf: [{ ...integer, minimum: 1, maximum: 9 }, { minimum: 7 }, { maximum: 20 }] },
  'a member in several parts': {
    allOf: [
      { type: 'object', required: ['v'], properties: { v: { ...text, minLength: 3 } } },
      { properties: { v: { pattern: '^z+$' } } },
    ],
  },
  'values in several parts': { allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] },
  'a member that another part shuts out': {
    allOf: [closed({ a: text }), { type: 'object', properties: { b: text } }],
  },
  'a pattern with a length': { ...text, pattern: '^[a-c]+$', minLength: 10, maxLength: 12 },
  'a pattern without anchors': { ...text, pattern: '[0-9]', minLength: 6 },
  'look-ahead': { ...text, pattern: '^(?=.*[A-Z])(?=.*\\d)[A-Za-z\\d]{8,}$' },
  'look-ahead that forbids': { ...text, pattern: '^(?!a)[a-z]{2}$' },
  'a second alternative': { ...text, pattern: '^(a|bcd)$', minLength: 2 },
  'two patterns': { allOf: [{ ...text, pattern: '^[a-f]+$' }, { pattern: 'e' }] },
  'a format with a short length': { ...text, format: 'uri', maxLength: 10 },
  'several steps': {
    allOf: [
      { type: 'number', multipleOf: 4 },
      { multipleOf: 6, minimum: 1 },
    ],
  },
  'bounds nearer than a step': { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.2 },
  'items that differ': { type: 'array', minItems: 3, uniqueItems: true, items: { enum: ['a', 'b', 'c'] } },
  'texts that differ by a pattern': {
    type: 'array',
    minItems: 2,
    uniqueItems: true,
    items: { ...text, pattern: '^[1-9]$' },
  },
  'what a list has to contain': { type: 'array', contains: { const: 7 }, minContains: 2 },
  'a tuple': { type: 'array', prefixItems: [text, integer], items: false, minItems: 2 },
  'names by a pattern': {
    type: 'object',
    minProperties: 2,
    patternProperties: { '^x-': integer },
    additionalProperties: false,
  },
  'names of a list': { type: 'object', minProperties: 2, propertyNames: { enum: ['p', 'q'] } },
  'a condition': {
    ...closed({ kind: { enum: ['a'] }, n: integer }, ['kind']),
    if: { properties: { kind: { const: 'a' } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ['n'] },
  },
  'what another member asks for': { ...closed({ a: text, b: text }, ['a']), dependentRequired: { a: ['b'] } },
  'a discriminator': {
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
    discriminator: { propertyName: 'kind', mapping: { woof: '#/components/schemas/Dog', miau: 'Cat' } },
  },
  'a schema that holds itself': { $ref: '#/components/schemas/Tree' },
  'a default that is the server’s': closed({ id: { ...integer, readOnly: true, default: 1 } }, []),
};

describe('a value is found', () => {
  const schemas = {
    Cat: closed({ kind: text, lives: integer }),
    Dog: closed({ kind: text, name: text }),
    Tree: closed({
      kids: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
      up: { anyOf: [{ $ref: '#/components/schemas/Tree' }, { type: 'null' }] },
    }),
  };
  const document = { ...answering({}), components: { schemas } } as unknown as Document;
  const checks = new Checks(document, () => {});

  it.each(Object.entries(hard))('for %s', (_name, schema) => {
    for (const view of ['response', 'request'] as const)
      expect(new Examples(document, checks, view).of(schema)).toMatchObject({ violations: [] });
  });

  it('for texts of any lengths and bounds of any numbers', () => {
    const schema = fc.oneof(
      fc
        .tuple(fc.nat(20), fc.nat(20), fc.constantFrom('^[a-z]+$', '^\\w*$', '\\d', '^(ab)*c?$'))
        .map(([least, more, pattern]) => ({
          ...text,
          pattern,
          minLength: least,
          maxLength: least + more + 1,
        })),
      fc
        .tuple(
          fc.integer({ min: -1000, max: 1000 }),
          fc.integer({ min: 1, max: 50 }),
          fc.constantFrom(1, 2, 5, 0.25, 0.1),
        )
        .map(([minimum, more, multipleOf]) => ({
          type: 'number',
          minimum,
          maximum: minimum + more + multipleOf,
          multipleOf,
        })),
    );
    fc.assert(
      fc.property(schema, (one) => new Examples(document, checks, 'response').of(one).violations.length === 0),
      { numRuns: 60 },
    );
  });

  it('or how the nearest one breaks a schema that has none', () => {
    const { violations } = new Examples(document, checks, 'response').of({ allOf: [text, integer] });
    expect(violations.length).toBeGreaterThan(0);
  });
});
