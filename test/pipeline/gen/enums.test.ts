import { expect, it } from 'vitest';
import { post } from '../../helpers/serving.ts';
import { Workshop } from '../../helpers/workshop.ts';

it.each([
  [
    'an object and a list of texts',
    { type: 'object', enum: ['a', 'b'], properties: { n: { type: 'string' } } },
    /n\?: string/,
  ],
  ['an object or null and a list of texts and null', { type: ['object', 'null'], enum: ['a', null] }, /key: string/],
  ['an object and a list of objects and numbers', { type: 'object', enum: [1, { n: 1 }] }, /\[key: string\]: unknown/],
])('%s is generated', async (_name, schema, type) => {
  using shop = new Workshop();
  const S = { $ref: '#/components/schemas/S' };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, components: { schemas: { S: schema } } };
  const spec = shop.write('spec.json', JSON.stringify({ ...document, paths: { '/a': post('add', S) } }));
  const { code, complaints } = await shop.gen(spec, 'out');
  expect([code, complaints]).toEqual([0, []]);
  expect(/ S: [\s\S]*?;/.exec(shop.read('out/generated/schema.ts'))?.[0]).toMatch(type);
});

it.each([
  [['object', 'number'], [1, 1.5, { n: 1 }], '{ [key: string]: unknown; } | number;'],
  [['string', 'object'], ['a', { n: 1 }], 'string | { [key: string]: unknown; };'],
])('an enum of values and objects, of the types %j, allows both: %j', async (type, values, made) => {
  using shop = new Workshop();
  const schemas = { S: { type, enum: values } };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {}, components: { schemas } };
  const { code, complaints } = await shop.gen(shop.write('spec.json', JSON.stringify(document)), 'out');
  expect([code, complaints]).toEqual([0, []]);
  expect(shop.read('out/generated/schema.ts').replaceAll(/\s+/g, ' ')).toContain(`S: ${made}`);
});

it.each([
  ['object', ['a', 'b'], true],
  ['integer', [{ n: 1 }], true],
  ['integer', [1.5], true],
  ['number', [1], false],
  ['string', [null, 'a'], false],
])('gen says where an enum has nothing of its type %s: %j', async (type, values, isSaid) => {
  using shop = new Workshop();
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' } };
  const spec = shop.write(
    'spec.json',
    JSON.stringify({ ...document, paths: { '/a': post('add', { type, enum: values }) } }),
  );
  const { said } = await shop.gen(spec, 'out');
  expect(said.some((line) => line.startsWith('Left out: values of an enum that its type does not allow'))).toBe(isSaid);
});
