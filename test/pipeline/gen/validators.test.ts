import { stripTypeScriptTypes } from 'node:module';
import { type OutputUnit, Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operationsOf } from '../../../pipeline/document/operations.ts';
import type { Document } from '../../../pipeline/document/types.ts';
import { validatorModule } from '../../../pipeline/gen/client/validators.ts';

type Validate = (operation: string, status: number, body: unknown) => string[];

/** The function that the module of a document exports. */
async function validatorOf(schema: object, schemas: object = {}): Promise<Validate> {
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/x': { get: { operationId: 'GetX', responses: { '2XX': { content: { 'application/json': { schema } } } } } },
    },
    components: { schemas },
  } as unknown as Document;
  const code = stripTypeScriptTypes(validatorModule(document, operationsOf(document), ''));
  return ((await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { validate: Validate }).validate;
}

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, '', 'a', 'ab', '😀'),
);
const name = fc.constantFrom('a', 'b', 'toString');
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(name, tie('any'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any;
const types = fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object');
const size = fc.integer({ min: 0, max: 2 });
const schema = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ type: fc.oneof(types, fc.uniqueArray(types, { minLength: 1, maxLength: 3 })) }),
    fc.boolean(),
    fc.record({ enum: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
    fc.record({ const: scalar }),
    fc.record({ minimum: size, exclusiveMaximum: size, multipleOf: fc.constantFrom(1, 2, 0.5) }, { requiredKeys: [] }),
    fc.record({ minLength: size, maxLength: size, pattern: fc.constantFrom('^a', 'b$', '^.$') }, { requiredKeys: [] }),
    fc.record(
      {
        required: fc.uniqueArray(name),
        properties: fc.dictionary(name, tie('any'), { noNullPrototype: true }),
        additionalProperties: tie('any'),
        minProperties: size,
        maxProperties: size,
        propertyNames: fc.constant({ pattern: '^.$' }),
      },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        items: tie('any'),
        prefixItems: fc.array(tie('any'), { minLength: 1, maxLength: 2 }),
        minItems: size,
        maxItems: size,
        uniqueItems: fc.boolean(),
        contains: tie('any'),
      },
      { requiredKeys: [] },
    ),
    fc.record({ allOf: fc.array(tie('any'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ anyOf: fc.array(tie('any'), { minLength: 1, maxLength: 2 }) }),
    // Branches that are the same are one here, and two elsewhere.
    fc.record({ oneOf: fc.uniqueArray(tie('any'), { minLength: 1, maxLength: 2, selector: JSON.stringify }) }),
    fc.record({ not: tie('any') }),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    fc.record({ if: tie('any'), then: tie('any'), else: tie('any') }),
    fc.constant({ $ref: '#/components/schemas/Tree' }),
  ),
})).any as fc.Arbitrary<object>;
const Tree = { type: 'object', properties: { a: { $ref: '#/components/schemas/Tree' }, b: { type: 'integer' } } };

describe('the generated checks of answers', () => {
  test('take what another validator takes, and refuse what it refuses', async () => {
    await fc.assert(
      fc.asyncProperty(schema, fc.array(value, { minLength: 5, maxLength: 10 }), async (given, values) => {
        const validate = await validatorOf({ allOf: [given] }, { Tree });
        const text = JSON.stringify(given).replaceAll('#/components/schemas/', '#/$defs/');
        const tree = JSON.parse(JSON.stringify(Tree).replaceAll('#/components/schemas/', '#/$defs/'));
        const oracle = new Validator({ allOf: [JSON.parse(text)], $defs: { Tree: tree } } as never, '2020-12', false);
        for (const one of values) {
          const { valid }: { valid: boolean; errors: OutputUnit[] } = oracle.validate(one);
          expect([JSON.stringify(one), validate('GetX', 200, one).length === 0]).toEqual([JSON.stringify(one), valid]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('name each fault with its place', async () => {
    const validate = await validatorOf({
      type: 'object',
      required: ['id'],
      properties: { tags: { type: 'array', items: { type: 'string', maxLength: 2 } } },
    });
    expect(validate('GetX', 201, { tags: ['a', 7, 'abc'] })).toEqual([
      '/id is missing',
      '/tags/1 must be string',
      '/tags/2 must have at most 2 characters',
    ]);
    expect(validate('GetX', 404, 7)).toEqual([]);
    expect(validate('GetNothing', 200, 7)).toEqual([]);
  });

  test('take the branch that a discriminator tells, and come to an end where schemas lead back to themselves', async () => {
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    const child = (name: string) => ({
      allOf: [ref('Pet'), { type: 'object', properties: { [name]: { type: 'integer' } } }],
    });
    const Pet = {
      type: 'object',
      required: ['kind', 'pin'],
      properties: { kind: { type: 'string' }, pin: { type: 'string', writeOnly: true } },
      discriminator: { propertyName: 'kind' },
      oneOf: [ref('Cat'), ref('Dog')],
    };
    for (const body of [ref('Pet'), { oneOf: [ref('Cat'), ref('Dog')] }]) {
      const validate = await validatorOf(body, { Pet, Cat: child('mew'), Dog: child('bark') });
      expect(validate('GetX', 200, { kind: 'Cat', mew: 1 })).toEqual([]);
      expect(validate('GetX', 200, { kind: 'Dog', bark: 'x' })).toEqual(['/bark must be integer']);
      expect(validate('GetX', 200, { kind: 'Fish' })).toEqual(['/ must be one of several forms, and is none']);
    }
  });
});
