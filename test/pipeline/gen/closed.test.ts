import { expect, it } from 'vitest';
import type { Document } from '../../../pipeline/document/types.ts';
import { closedIn } from '../../../pipeline/gen/closed.ts';
import { remarkOn } from '../../../pipeline/gen/remarks.ts';
import { Report } from '../../../pipeline/gen/report.ts';
import { post, serving } from '../../helpers/serving.ts';

const object = (name: string, more: object = {}) => ({
  type: 'object',
  properties: { [name]: { type: 'string' } },
  ...more,
});
const closed = { additionalProperties: false };

const documentOf = (schema: object) =>
  ({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/a': post('add', schema) },
    components: { schemas: { Base: object('base'), ClosedBase: object('base', closed) } },
  }) as unknown as Document;

it.each([
  ['the whole is closed beside its parts', { ...closed, allOf: [{ $ref: '#/components/schemas/Base' }] }, 'base'],
  [
    'a part is closed that another adds to',
    { allOf: [{ $ref: '#/components/schemas/ClosedBase' }, object('own')] },
    'own',
  ],
  [
    'a part of a part is closed',
    { allOf: [{ allOf: [object('a', closed)] }, object('b', { patternProperties: { '^x': {} } })] },
    'b',
  ],
])('gen says which members a closed part refuses, and the server does: %s', async (_name, schema, member) => {
  const document = documentOf(schema);
  const pointer = '#/paths/~1a/post/requestBody/content/application~1json/schema';
  expect(closedIn(document)).toEqual([{ member, pointer }]);
  const { call } = await serving(document);
  expect((await call('POST', '/a', { body: { [member]: 'text' } })).status).toBe(400);
  const report = new Report();
  remarkOn(document, report);
  expect(report.lines()).toContainEqual(expect.stringMatching(`^Left out: members .*such as ${member} here`));
});

it.each([
  ['closes the whole by unevaluatedProperties', { unevaluatedProperties: false, allOf: [object('a'), object('b')] }],
  [
    'names in each closed part what the others name',
    { allOf: [object('a', closed), { ...closed, properties: { a: {} } }] },
  ],
  [
    'allows by a pattern what another part names',
    { allOf: [object('ab'), { ...closed, patternProperties: { '^a': {} } }] },
  ],
])('gen says nothing of a schema that %s', (_name, schema) => {
  expect(closedIn(documentOf(schema))).toEqual([]);
});
