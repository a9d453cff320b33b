import { expect, it } from 'vitest';
import { repair } from '../../../pipeline/gen/source/repairs.ts';
import { Workshop } from '../../helpers/workshop.ts';

const document = (openapi: string, schema: object, more: object = {}) => ({
  openapi,
  info: { title: 'T', version: '1' },
  paths: {
    '/a': {
      post: {
        operationId: 'add',
        requestBody: { content: { 'application/json': { schema } } },
        responses: { 200: { description: 'Done.' } },
        ...more,
      },
    },
  },
});

const member = (n: unknown) => ({ type: 'object', properties: { n } });

const rows: Record<string, readonly [openapi: '3.0.3' | '3.1.0', written: unknown, read: unknown]> = {
  'a bound that excludes itself as OpenAPI 3.0 has it': [
    '3.1.0',
    { minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
    { exclusiveMinimum: 0, maximum: 9 },
  ],
  'a bound that excludes itself as OpenAPI 3.1 has it': [
    '3.0.3',
    { exclusiveMinimum: 0, maximum: 9, exclusiveMaximum: 12 },
    { minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
  ],
  'null among types': ['3.0.3', { type: ['number', 'null'] }, { type: 'number', nullable: true }],
  'several types': ['3.0.3', { type: ['string', 'integer'] }, { anyOf: [{ type: 'string' }, { type: 'integer' }] }],
  'null by itself': ['3.0.3', { oneOf: [{ type: 'null' }] }, { oneOf: [{ enum: [null], nullable: true }] }],
  'a file': ['3.0.3', { type: 'file' }, { type: 'string', format: 'binary' }],
  'a schema that is null': ['3.0.3', null, {}],
  'items that are null': ['3.1.0', { type: 'array', items: null }, { type: 'array', items: {} }],
  'an enum of texts without quotes': [
    '3.0.3',
    { type: 'string', enum: [1, '1', 2.5, true, 'x'], default: 2.5 },
    { type: 'string', enum: ['1', '2.5', 'true', 'x'], default: '2.5' },
  ],
  'an enum of whole numbers in quotes': [
    '3.1.0',
    { type: ['integer', 'null'], enum: ['1', 2, null, '1.5'] },
    { type: ['integer', 'null'], enum: [1, 2, null, '1.5'] },
  ],
  'an enum of booleans in quotes': ['3.0.3', { type: 'boolean', enum: ['true'] }, { type: 'boolean', enum: [true] }],
  'numbers in quotes': ['3.0.3', { type: 'string', maxLength: '20' }, { type: 'string', maxLength: 20 }],
};

it.each(Object.entries(rows))('%s is mended, and said with its place', (_name, [openapi, written, read]) => {
  const mended = document(openapi, member(structuredClone(written)));
  const problems = repair(mended, openapi === '3.0.3');
  expect(mended).toEqual(document(openapi, member(read)));
  expect(problems).not.toEqual([]);
  for (const { pointer } of problems) expect(pointer).toContain('#/paths/~1a/post/requestBody');
  expect(repair(mended, openapi === '3.0.3')).toEqual([]);
});

it('a member that calls itself required is required by its object', () => {
  const mended = document('3.0.3', { type: 'object', properties: { n: { type: 'string', required: true } } });
  repair(mended, true);
  expect(mended).toEqual(document('3.0.3', { type: 'object', properties: { n: { type: 'string' } }, required: ['n'] }));
});

it.each([
  { type: 'string', enum: ['1', 'true', null] },
  { type: 'integer', enum: [1, 'one', '0x1', '1.5', ''] },
  { enum: [1, '1', true] },
  { type: ['string', 'integer'], enum: [1, 'a'] },
])('an enum is left as it is where its type allows its values, or they are none of it: %j', (written) => {
  const kept = document('3.1.0', member(structuredClone(written)));
  expect([repair(kept, false), kept]).toEqual([[], document('3.1.0', member(written))]);
});

it.each([
  ['multipart/form-data', { type: 'string', format: 'binary' }],
  ['multipart/form-data', { type: 'array', items: { type: 'file' } }],
  ['application/x-www-form-urlencoded', { type: 'string' }],
])('a form whose schema is no object is one of any fields, on both sides: %s of %j', async (type, schema) => {
  using shop = new Workshop();
  const requestBody = { content: { [type]: { schema } } };
  const spec = shop.write('spec.json', JSON.stringify(document('3.0.3', {}, { requestBody })));
  const { code, said } = await shop.gen(spec, 'out');
  expect([code, said.join('\n')]).toEqual([0, expect.stringContaining('is read as that of any fields')]);
  const inputs: { body: Record<string, unknown> }[] = [];
  const served = await shop.serve('out', {
    add: async (input: { body: Record<string, unknown> }) => void inputs.push(input),
  });
  await served.client.add({ body: { name: 'a', ...(type.startsWith('multipart') && { file: new Blob(['text']) }) } });
  served.stop();
  expect(inputs[0]?.body.name).toBe('a');
  expect(inputs[0]?.body.file instanceof Object).toBe(type.startsWith('multipart'));
});

it.each([
  ['a file', 'models/cat.yml'],
  ['a place of the document', '#/models/cat'],
  ['a part of a file', 'models.yml#/Cat'],
  ['a file beside one that is there', 'other.json#/Dog', 'there.json#/Cat'],
])(
  'a discriminator whose mapping leads to %s that is not there tells nothing apart',
  async (_name, gone, there = gone) => {
    using shop = new Workshop();
    const named = (kind: string) => ({
      type: 'object',
      required: ['kind', kind],
      properties: { kind: { type: 'string' } },
    });
    const choice = {
      oneOf: [named('a'), named('b')],
      discriminator: { propertyName: 'kind', mapping: { x: gone, y: there } },
    };
    shop.write('there.json', JSON.stringify({ Cat: named('a') }));
    const spec = shop.write('spec.json', JSON.stringify(document('3.0.3', choice)));
    const { code, complaints, said } = await shop.gen(spec, 'out');
    expect([code, complaints]).toEqual([0, []]);
    expect(said.join('\n')).toContain(`leads to ${gone.replace(/(?<=.)#.*/, '')}, which is not there`);
  },
);

const scheme = { components: { securitySchemes: { Known: { type: 'http', scheme: 'bearer' } } } };

it.each([
  ['of an operation', document('3.0.3', {}, { security: [{ Known: [] }, { Lost: [] }] }), 'the operation requires'],
  ['of the document', { ...document('3.0.3', {}), security: [{ Lost: [] }] }, 'the document requires'],
])(
  'a security scheme that is not defined, %s, is refused with its place, and its operation left out leniently',
  async (_name, lost, words) => {
    using shop = new Workshop();
    const text = JSON.stringify({ ...lost, ...scheme }, null, 1);
    const spec = shop.write('spec.json', text);
    const line = text.split('\n').findLastIndex((one) => one.includes('"security"')) + 1;
    const { code, complaints } = await shop.gen(spec, 'out');
    expect([code, complaints]).toEqual([
      2,
      [expect.stringMatching(new RegExp(`spec\\.json:${line}:.*There is no security scheme "Lost", which ${words}`))],
    ]);
    const lenient = await shop.gen(spec, 'out', { lenient: true });
    expect([lenient.code, lenient.said.filter((one) => one.includes('Lost'))]).toEqual([
      0,
      [expect.stringContaining('Left out: POST /a: ')],
    ]);
  },
);
