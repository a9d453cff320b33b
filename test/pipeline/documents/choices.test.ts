import { expect, it } from 'vitest';
import { post, serving } from '../../helpers/serving.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const integer = { type: 'integer' };
const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required });

const Pet = { ...object({ petType: { type: 'string' } }, ['petType']), discriminator: { propertyName: 'petType' } };
const child = (...properties: string[]) => ({
  allOf: [ref('Pet'), object(Object.fromEntries(properties.map((name) => [name, integer])))],
});
const pets = (base: object) => ({ Pet: base, Cat: child('meow'), Dog: child('bark') });
const catOrDog = { oneOf: [ref('Cat'), ref('Dog')] };
const letter = (name: string) => object({ k: { type: 'string' }, [name]: integer }, ['k']);
const letters = { A: letter('a'), B: letter('b'), C: letter('c') };
const hidden = object({ k: { type: 'string', readOnly: true } }, ['k']);

interface Row {
  readonly body: object;
  readonly schemas: object;
  readonly openapi?: string;
  /** Bodies that are taken as they are. */
  readonly taken: readonly unknown[];
  /** A body that is refused, with the sentence that says why. */
  readonly refused?: readonly [body: unknown, detail: string];
}

const rows: Record<string, Row> = {
  'the discriminator is that of the schema which all branches are made of': {
    body: catOrDog,
    schemas: pets(Pet),
    taken: [
      { petType: 'Cat', meow: 1 },
      { petType: 'Dog', meow: 'of another' },
    ],
    refused: [{ petType: 'Dog', bark: 'x' }, '/body/bark must be integer'],
  },
  'that schema lists all values': {
    body: { anyOf: [ref('Dog'), ref('Cat')] },
    schemas: pets({ ...Pet, properties: { petType: { type: 'string', enum: ['Cat', 'Dog'] } } }),
    taken: [{ petType: 'Cat', meow: 1 }],
    refused: [{ petType: 'Fish' }, '/body/petType must be one of: Dog, Cat'],
  },
  'that schema maps values to bare names': {
    body: catOrDog,
    schemas: pets({ ...Pet, discriminator: { propertyName: 'petType', mapping: { c: 'Cat', d: 'Dog' } } }),
    taken: [{ petType: 'c', meow: 1 }],
    refused: [{ petType: 'd', bark: 'x' }, '/body/bark must be integer'],
  },
  'what a schema is made of is a choice with that schema in it': {
    body: catOrDog,
    schemas: pets({ ...Pet, ...catOrDog }),
    taken: [{ petType: 'Cat', meow: 1 }],
    refused: [{ petType: 'Cat', meow: 'x' }, '/body/meow must be integer'],
  },
  'such a choice by itself': {
    body: ref('Pet'),
    schemas: pets({ ...Pet, ...catOrDog }),
    taken: [{ petType: 'Dog', bark: 1 }],
    refused: [{ petType: 'Dog', bark: 'x' }, '/body/bark must be integer'],
  },
  'such a choice without a discriminator': {
    body: ref('Cat'),
    schemas: pets({ ...object({ petType: { type: 'string' } }, ['petType']), anyOf: [ref('Cat'), ref('Dog')] }),
    taken: [{ petType: 'any', meow: 1 }],
    refused: [{ meow: 1 }, '/body/petType is required'],
  },
  'a schema that is a choice with itself in it': {
    body: ref('A'),
    schemas: { A: { anyOf: [ref('A'), object({ a: integer }, ['a'])] } },
    taken: [{ a: 1 }],
    refused: [{ a: 'x' }, '/body/a must be integer'],
  },
  'a child of a child': {
    body: { oneOf: [ref('Cat'), ref('Dog'), ref('Poodle')] },
    schemas: { ...pets(Pet), Poodle: { allOf: [ref('Dog'), object({ curls: integer }, ['curls'])] } },
    taken: [
      { petType: 'Dog', bark: 1 },
      { petType: 'Poodle', curls: 1 },
    ],
    refused: [{ petType: 'Poodle' }, '/body/curls is required'],
  },
  'a choice within a choice, by the same member': {
    body: { oneOf: [ref('AB'), ref('C')], discriminator: { propertyName: 'k' } },
    schemas: { ...letters, AB: { oneOf: [ref('A'), ref('B')], discriminator: { propertyName: 'k' } } },
    taken: [
      { k: 'B', b: 1 },
      { k: 'C', c: 1 },
    ],
    refused: [{ k: 'B', b: 'x' }, '/body/b must be integer'],
  },
  'null is one of the branches': {
    openapi: '3.1.0',
    body: object({ p: { oneOf: [ref('A'), { type: 'null' }, ref('B')], discriminator: { propertyName: 'k' } } }),
    schemas: letters,
    taken: [{ p: null }, { p: { k: 'A', a: 1 } }],
    refused: [{ p: { k: 'A', a: 'x' } }, '/body/p/a must be integer'],
  },
  'null is allowed besides': {
    body: object({ p: { nullable: true, anyOf: [ref('A'), ref('B')], discriminator: { propertyName: 'k' } } }),
    schemas: letters,
    taken: [{ p: null }, { p: { k: 'B', b: 1 } }],
    refused: [{ p: { k: 'B', b: 'x' } }, '/body/p/b must be integer'],
  },
  'the member that tells the branches apart is read-only': {
    body: { oneOf: [ref('A'), ref('B')], discriminator: { propertyName: 'k' } },
    schemas: { A: hidden, B: hidden },
    taken: [{ x: 1 }],
    refused: [{ k: 'A' }, '/body/k is read-only'],
  },
  'branches differ in nothing but their examples': {
    body: { oneOf: [ref('A'), { allOf: [object({ a: { ...integer, example: 2 } })], title: 'Another' }, ref('C')] },
    schemas: {
      A: { allOf: [{ ...object({ a: { ...integer, description: 'An a.' } }), description: 'One.' }] },
      C: object({ c: integer }, ['c']),
    },
    taken: [{ a: 1 }],
    refused: [{ a: 'x' }, '/body/a must be integer'],
  },
  'branches share a list of values in which their names are not': {
    body: { oneOf: [ref('A'), ref('B')], discriminator: { propertyName: 'k' } },
    schemas: {
      A: object({ k: { type: 'string', enum: ['one', 'two'] }, a: integer }, ['k', 'a']),
      B: object({ k: { type: 'string', enum: ['one', 'two'] }, b: integer }, ['k', 'b']),
    },
    taken: [{ k: 'one', a: 1 }],
    refused: [{ k: 'A', a: 1 }, '/body/k must be one of: one, two'],
  },
  'a read-only member alone tells branches apart, and no discriminator names it': {
    body: { oneOf: [ref('A'), ref('B')] },
    schemas: {
      A: object({ k: { type: 'string', enum: ['a'], readOnly: true } }, ['k']),
      B: object({ k: { type: 'string', enum: ['b'], readOnly: true } }, ['k']),
    },
    taken: [{ x: 1 }],
  },
};

it.each(Object.entries(rows))('a choice of schemas: %s', async (_name, { openapi, body, schemas, taken, refused }) => {
  let sent: unknown;
  const { call } = await serving(
    { ...(openapi && { openapi }), paths: { '/a': post('add', body) }, components: { schemas } },
    {
      add: async (_input: object, _services: object, request: { body: unknown }) => {
        sent = request.body;
        return {};
      },
    },
  );
  for (const one of taken) {
    expect((await call('POST', '/a', { body: one })).body).toEqual({});
    expect(sent).toEqual(one);
  }
  if (refused === undefined) return;
  expect((await call('POST', '/a', { body: refused[0] })).body.detail.split('\n')).toContain(refused[1]);
});

it.each([
  ['anyOf', 'inline'],
  ['anyOf', 'behind references'],
  ['oneOf', 'behind references'],
])('a default of a branch of %s that is not meant is not filled in, nor one within it, %s', async (word, place) => {
  const A = object({ a: { type: 'string' }, in: object({ n: { type: 'integer' } }) }, ['a']);
  const B = object(
    { b: { type: 'string' }, shown: { type: 'boolean', default: false }, in: { $ref: '#/components/schemas/In' } },
    ['b'],
  );
  const In = object({ m: { type: 'integer', default: 1 } });
  const branches =
    place === 'inline' ? [B, A] : [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/A' }];
  const schema = object({
    it: { [word]: branches },
    only: { [word]: [{ $ref: '#/components/schemas/B' }, { type: 'null' }] },
  });
  const { call } = await serving({
    openapi: '3.1.0',
    paths: { '/a': post('add', schema) },
    components: { schemas: { A, B, In } },
  });
  const sent = { it: { a: 'x', in: { n: 2 } }, only: { b: 'y' } };
  // Beside null there is one branch alone, which is meant wherever the value is taken.
  expect((await call('POST', '/a', { body: sent })).body).toEqual({ ...sent, only: { b: 'y', shown: false } });
});
