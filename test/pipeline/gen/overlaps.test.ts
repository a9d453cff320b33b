import { expect, it } from 'vitest';
import type { Document } from '../../../pipeline/document/types.ts';
import { overlapsIn } from '../../../pipeline/gen/overlaps.ts';
import { remarkOn } from '../../../pipeline/gen/remarks.ts';
import { Report } from '../../../pipeline/gen/report.ts';
import { post, serving } from '../../helpers/serving.ts';

const cursor = { type: 'object', properties: { cursor: { type: 'string' } } };
const limit = { type: 'object', properties: { limit: { type: 'integer' } } };
const named = (name: string) => ({ type: 'object', required: [name], properties: { [name]: { type: 'string' } } });

const documentOf = (schema: object) =>
  ({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/a': post('add', schema) },
    components: {
      schemas: {
        Cat: { allOf: [named('kind'), limit] },
        Dog: { allOf: [named('kind'), cursor] },
      },
    },
  }) as unknown as Document;

const overlapping: Record<string, object> = {
  'objects that require nothing': { oneOf: [cursor, limit] },
  'an object that has what two of three require': {
    oneOf: [named('a'), { ...named('a'), properties: { a: { type: 'string' }, b: {} } }, named('c')],
  },
  'texts of which one may be any': { oneOf: [{ type: 'string', enum: ['now'] }, { type: 'string' }] },
  'whole numbers beside numbers': { oneOf: [{ type: 'integer' }, { type: 'number' }] },
};

it.each(Object.entries(overlapping))(
  'gen says that a oneOf refuses what fits several of its branches, and it does: %s',
  async (_name, schema) => {
    const document = documentOf(schema);
    const [found, ...others] = overlapsIn(document);
    expect(others).toEqual([]);
    expect(found?.pointer).toBe('#/paths/~1a/post/requestBody/content/application~1json/schema');
    const { call } = await serving(document as never);
    const headers = { 'content-type': 'application/json' };
    expect((await call('POST', '/a', { body: JSON.stringify(found?.value), headers })).status).toBe(400);
    const report = new Report();
    remarkOn(document, report);
    expect(report.lines()).toContainEqual(expect.stringMatching(/^Left out: values that fit several branches/));
  },
);

it.each([
  ['objects that require different members', { oneOf: [named('a'), { ...named('b'), properties: { a: false } }] }],
  ['branches that say the same', { oneOf: [cursor, { ...cursor, description: 'Again.' }] }],
  ['types apart', { oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] }],
  [
    'what a discriminator tells apart',
    {
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
      discriminator: { propertyName: 'kind' },
    },
  ],
  [
    'branches with a member that requests leave out, of which any is taken',
    { oneOf: [cursor, { ...limit, properties: { ...limit.properties, id: { readOnly: true } } }] },
  ],
])('gen says nothing of a oneOf of %s', (_name, schema) => {
  expect(overlapsIn(documentOf(schema))).toEqual([]);
});
