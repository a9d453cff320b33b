import { describe, expect, it } from 'vitest';
import { alternatives } from '../../../pipeline/contract/schema/alternatives.ts';
import { breaks } from '../../../pipeline/contract/schema/breaks.ts';
import type { Schema } from '../../../pipeline/contract/schema/schema.ts';
import { validate } from '../../../pipeline/contract/schema/validate.ts';
import { variations } from '../../../pipeline/contract/schema/vary.ts';

const resolve = (schema: Schema): Schema => schema;
const faultsOf = (schema: Schema, value: unknown) =>
  validate(resolve, schema, value, 'request').map(({ keyword, place }) => `${keyword} ${place}`);

describe('a value is broken in one place and one way', () => {
  it.each<[string, Schema, unknown, string]>([
    [
      'shorter than its pattern needs not be',
      { type: 'string', pattern: '^[a-z]+$', minLength: 3 },
      'abc',
      'minLength ',
    ],
    [
      'longer than its pattern needs not be',
      { type: 'string', pattern: '^[a-z]+$', maxLength: 5 },
      'abc',
      'maxLength ',
    ],
    ['half a step below its maximum', { type: 'number', maximum: 1, multipleOf: 0.1 }, 1, 'multipleOf '],
    ['a number as text', { type: 'integer' }, 1, 'type '],
    ['an item without its list', { type: 'array', items: { type: 'string' } }, ['a'], 'type '],
    [
      'a map with too many',
      { additionalProperties: { type: 'string' }, maxProperties: 2 },
      { a: 'x' },
      'maxProperties ',
    ],
    ['a map with a value of another type', { additionalProperties: { type: 'string' } }, { a: 'x' }, 'type /a'],
    ['an object with too few', { properties: { a: {}, b: {} }, minProperties: 2 }, { a: 1, b: 2 }, 'minProperties '],
  ])('%s', (_what, schema, value, fault) => {
    const found = [...breaks(resolve, schema, value)].map(({ body }) => faultsOf(schema, body));
    expect(found).toContainEqual([fault]);
  });

  it('a name that none may have', () => {
    const schema = { propertyNames: { pattern: '^[a-z]+$' }, additionalProperties: { type: 'string' } };
    const found = [...breaks(resolve, schema, { a: 'x' })].flatMap(({ body }) => faultsOf(schema, body));
    expect(found.some((one) => one.startsWith('propertyNames') || one.startsWith('pattern'))).toBe(true);
  });
});

describe('a valid value is varied', () => {
  const bodies = (schema: Schema, value: unknown) => [...variations(resolve, schema, value)].map(({ body }) => body);

  it('by two items of a list of objects, so that their order shows', () => {
    const items = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };
    const pairs = bodies({ type: 'array', items }, [{ n: 1 }]).filter((one) => Array.isArray(one) && one.length === 2);
    expect(pairs).toHaveLength(1);
  });

  it.each<[Schema, number, number]>([
    [{ type: 'number', minimum: -1, maximum: 1 }, 1, 0.375],
    [{ type: 'number', minimum: -1, maximum: 1, multipleOf: 0.01 }, 1, 0.37],
    [{ type: 'integer' }, 1, 16_777_217],
  ])('by a number of %j of which rounding loses something', (schema, value, other) => {
    expect(bodies(schema, value)).toContain(other);
  });

  it('by a text with a mark of its own, markup, and letters of both cases', () => {
    const [text] = bodies({ type: 'string', maxLength: 12 }, 'text').filter((one) => String(one).includes('<'));
    expect(String(text)).not.toBe(String(text).normalize('NFC'));
    expect([...String(text)]).toHaveLength(12);
  });

  it('by each alternative, named by its discriminator', () => {
    const branch = (kind: string, name: string) => ({
      type: 'object',
      required: ['kind', name],
      properties: { kind: { const: kind }, [name]: { type: 'integer' } },
    });
    const schema = { type: 'array', items: { oneOf: [branch('a', 'x'), branch('b', 'y'), { type: 'null' }] } };
    const found = [...alternatives(resolve, schema, [{ kind: 'a', x: 1 }])];
    expect(found.map(({ body }) => body)).toEqual([[{ kind: 'b', y: 1 }]]);
  });
});
