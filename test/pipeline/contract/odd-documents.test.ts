import { describe, expect, it } from 'vitest';
import { Bases } from '../../../pipeline/contract/cases/bases.ts';
import { Document } from '../../../pipeline/contract/document/document.ts';
import { runContract } from '../../../pipeline/contract/run.ts';
import { build } from '../../../pipeline/contract/schema/make.ts';
import type { Schema } from '../../../pipeline/contract/schema/schema.ts';
import { listening } from '../../helpers/shelf.ts';

const node = (more: object): Schema => ({ type: 'object', required: ['kids'], properties: { kids: more } }) as Schema;
const named: Record<string, Schema> = {
  Tree: node({ type: 'array', items: { $ref: 'Tree' } }),
  Chain: node({ $ref: 'Chain' }),
  Bin: node({ type: 'array', minItems: 2, items: { $ref: 'Bin' } }),
  Map: { type: 'object', minProperties: 1, additionalProperties: { $ref: 'Map' } },
};
const resolve = (schema: Schema): Schema => (schema.$ref === undefined ? schema : (named[schema.$ref] ?? {}));

describe('a value is built', () => {
  it.each<[string, Schema]>([
    ['of a pattern that looks ahead', { pattern: '^(?=.*[A-Z])(?=.*\\d)[A-Za-z\\d]{8,}$' }],
    ['of a pattern that rules out', { pattern: '^(?!admin)[a-z]+$', minLength: 4 }],
    ['of a short URI', { format: 'uri', maxLength: 10 }],
    ['of a long URI', { format: 'uri', minLength: 60 }],
    ['of a short host', { format: 'hostname', maxLength: 3 }],
    ['of a long host', { format: 'hostname', minLength: 140 }],
    ['of a short address', { format: 'ipv6', maxLength: 4 }],
    ['of a long e-mail address', { format: 'email', minLength: 50 }],
    ['of a long duration', { format: 'duration', minLength: 9 }],
    ['of a long expression', { format: 'regex', minLength: 20 }],
    ['of a time with a fraction', { format: 'time', minLength: 15 }],
    ['of a date of one year', { format: 'date', pattern: '^2031-' }],
    ['of a time that ends in Z', { format: 'date-time', pattern: 'Z$', maxLength: 20 }],
    ['of base64 of a hundred letters', { format: 'byte', minLength: 100 }],
    ['of a text that may be very long', { maxLength: 2_147_483_647 }],
  ])('%s', (_what, schema) => {
    expect(build(resolve, { type: 'string', ...schema })).toHaveProperty('value');
  });

  it.each<[string, Schema]>([
    ['of ten thousand items', { type: 'array', minItems: 10_000, items: { type: 'integer' } }],
    ['of ten thousand different items', { minItems: 10_000, uniqueItems: true, items: { type: 'string' } }],
    ['of as many items as there are values', { minItems: 2, uniqueItems: true, items: { enum: ['a', 'b'] } }],
    [
      'with what it has to contain, several times',
      { contains: { const: 5 }, minContains: 3, items: { type: 'integer' } },
    ],
    ['between bounds that are close', { type: 'number', minimum: 0.5, maximum: 0.500_000_000_2, multipleOf: 1e-10 }],
    ['of two alternatives that overlap', { oneOf: [{ type: 'integer' }, { type: 'number' }] }],
    ['of two alternatives that are the same', { oneOf: [{ type: 'string' }, { type: 'string', example: 'a' }] }],
    ['of what is not a text', { not: { type: 'string' } }],
    ['with members that ask for others', { required: ['a'], dependentRequired: { a: ['b'], b: ['c'] } }],
    ['with names of a pattern', { minProperties: 3, propertyNames: { pattern: '^x[0-9]$' }, additionalProperties: {} }],
    ['with names of a list', { minProperties: 2, propertyNames: { enum: ['a', 'b'] } }],
    ['with five hundred members', { minProperties: 500, additionalProperties: { type: 'string' } }],
    ['of a tree', { $ref: 'Tree' }],
    ['of a schema whose enum is no list', { enum: 'a' as never, type: 'string' }],
    ['of a schema whose allOf is no list', { allOf: { type: 'string' } as never }],
  ])('%s', (_what, schema) => {
    expect(build(resolve, schema)).toHaveProperty('value');
  });
});

describe('where there is none, the reason is told', () => {
  it.each<[string, Schema, RegExp]>([
    ['pattern against length', { type: 'string', pattern: '^[a-z]{5}$', maxLength: 3 }, /must match/],
    ['pattern beyond all length', { type: 'string', pattern: '^[a-f]{100000}$' }, /must match/],
    ['a text of megabytes', { type: 'string', minLength: 5_000_000 }, /at least 5000000 characters/],
    ['format against length', { type: 'string', format: 'uuid', maxLength: 35 }, /at most 35/],
    ['no multiple within the bounds', { type: 'integer', multipleOf: 7, minimum: 8, maximum: 13 }, /must be/],
    ['more items than values', { uniqueItems: true, minItems: 3, items: { type: 'boolean' } }, /repeat/],
    ['a member in a closed map', { type: 'object', additionalProperties: false, minProperties: 1 }, /at least 1/],
    ['a name that none may have', { type: 'object', propertyNames: false as never, minProperties: 1 }, /at least 1/],
    ['a chain without an end', { $ref: 'Chain' }, /kids/],
    ['a tree that must branch', { $ref: 'Bin' }, /kids/],
    ['a map that must hold itself', { $ref: 'Map' }, /at least 1/],
    ['nothing at all', { not: {} }, /must not be/],
  ])('%s', (_what, schema, reason) => {
    expect(build(resolve, schema)).toEqual({ reason: expect.stringMatching(reason) });
  });
});

it('sends no example with what is read-only, at any depth', () => {
  const id = { type: 'string', readOnly: true };
  const schema = { type: 'object', properties: { id, rows: { type: 'array', items: { properties: { id, n: {} } } } } };
  const example = { id: 'a', rows: [{ id: 'b', n: 1 }] };
  const content = { 'application/json': { schema, example } };
  const document = new Document({
    openapi: '3.1.0',
    paths: { '/a': { post: { requestBody: { content }, responses: {} } } },
  });
  const [operation] = document.operations;
  const bodies = operation && new Bases(document, {}, {}).bodiesOf(operation);
  expect(bodies?.map(({ value }) => value)).toEqual([{ rows: [{ n: 1 }] }]);
});

describe('a run ends', () => {
  const wide = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, { type: 'string' }]));
  const deep = Array.from({ length: 300 }).reduce<object>(
    (inner) => ({ type: 'object', required: ['a'], properties: { a: inner } }),
    { type: 'string' },
  );
  const self = { $ref: '#/components/schemas/Self' };
  const components = { schemas: { Self: { allOf: [self], anyOf: [self], not: self } } };

  /** A run on a server that answers 200 to everything, of a document with this schema in a request. */
  async function ran(schema: unknown, where: 'body' | 'query') {
    const server = await listening((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const asked =
      where === 'body'
        ? { requestBody: { required: true, content: { 'application/json': { schema } } } }
        : { parameters: [{ name: 'q', in: 'query', schema }] };
    const responses = { 200: { description: '', content: { 'application/json': {} } }, 400: { description: '' } };
    const paths = { '/a': { post: { operationId: 'a', ...asked, responses } } };
    const report = await runContract({ url: server.url, spec: { openapi: '3.1.0', paths, components }, runs: 2 });
    await server.close();
    return report;
  }

  it.each<[string, unknown]>([
    ['a thousand members', { type: 'object', properties: wide(1000) }],
    ['three hundred levels', deep],
    ['itself in all ways', self],
    ['nothing that is a schema', 'string'],
  ])('of a body with %s', async (_what, schema) => {
    const { requests, stopped } = await ran(schema, 'body');
    expect(stopped).toBeUndefined();
    expect(requests).toBeLessThan(700);
  });

  it('and sends no URL that servers do not take', async () => {
    const schema = { type: 'array', minItems: 10_000, items: { type: 'integer' } };
    const { violations, coverage } = await ran(schema, 'query');
    expect(violations.filter(({ rule }) => rule === 'answer')).toEqual([]);
    expect(Object.keys(coverage.skipped)).toContain('its URL would be longer than servers take');
  });
});
