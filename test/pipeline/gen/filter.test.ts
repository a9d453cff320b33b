import { expect, it } from 'vitest';
import type { Document } from '../../../pipeline/document/types.ts';
import { filter } from '../../../pipeline/gen/filter.ts';
import { Workshop } from '../../helpers/workshop.ts';

const ref = (name: string, section = 'schemas') => ({ $ref: `#/components/${section}/${name}` });
const answering = (schema: object) => ({ 200: { description: 'Done.', content: { 'application/json': { schema } } } });
const operation = (operationId: string, tag: string, schema: object, more: object = {}) => ({
  operationId,
  tags: [tag],
  responses: answering(schema),
  ...more,
});

const documentOf = () =>
  ({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    tags: [{ name: 'pets' }, { name: 'orders' }, { name: 'nobody' }],
    paths: {
      '/pets': { get: operation('listPets', 'pets', ref('Pet')), post: operation('addPet', 'pets', ref('Pet')) },
      '/pets/{id}': {
        parameters: [ref('Id', 'parameters')],
        get: operation('getPet', 'pets', ref('Pet')),
      },
      '/orders': {
        get: operation('listOrders', 'orders', ref('Order'), { security: [{ orderKey: [] }] }),
        query: operation('findOrders', 'orders', { type: 'object', properties: { first: ref('Choice') } }),
      },
    },
    components: {
      parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } },
      schemas: {
        Pet: {
          type: 'object',
          required: ['kind'],
          properties: { kind: { type: 'string' }, shared: ref('Shared') },
          discriminator: { propertyName: 'kind' },
        },
        Cat: { allOf: [ref('Pet'), { properties: { claws: ref('Claws') } }] },
        Claws: { type: 'integer' },
        Order: { type: 'object', properties: { shared: ref('Shared'), line: ref('Line') } },
        Line: { type: 'object', properties: { of: ref('Order') } },
        Choice: {
          oneOf: [ref('Shared')],
          discriminator: { propertyName: 'x', mapping: { bare: 'Bare', full: '#/components/schemas/Full' } },
        },
        Bare: { type: 'object' },
        Full: { type: 'object' },
        Shared: { type: 'object', properties: { x: { type: 'string' } } },
        Unused: { type: 'string' },
      },
      securitySchemes: { orderKey: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    },
  }) as unknown as Document;

function kept(names: { only?: string[]; exclude?: string[] }) {
  const document = documentOf();
  const filtered = filter(document, { only: [], exclude: [], ...names });
  const ids = Object.values(document.paths ?? {}).flatMap((item) =>
    Object.values(item).flatMap((one) => (one as { operationId?: string }).operationId ?? []),
  );
  return { document, ids, filtered };
}

it.each([
  [{ only: ['pets'] }, ['listPets', 'addPet', 'getPet']],
  [{ only: ['getPet', 'findOrders'] }, ['getPet', 'findOrders']],
  [{ only: ['/pets'] }, ['listPets', 'addPet']],
  [{ only: ['/pets/{id}'] }, ['getPet']],
  [{ only: ['/pets*'], exclude: ['POST /pets'] }, ['listPets', 'getPet']],
  [{ exclude: ['pets', 'QUERY /orders'] }, ['listOrders']],
  [{ exclude: ['get /*'] }, ['addPet', 'findOrders']],
])('operations are named by tag, id, path, or method and path: %j', (names, ids) => {
  expect(kept(names).ids).toEqual(ids);
});

it('components and tags that only the others used go with them, and what nobody used stays', () => {
  const { document, filtered } = kept({ only: ['pets'] });
  expect(Object.keys(document.paths ?? {})).toEqual(['/pets', '/pets/{id}']);
  expect(Object.keys(document.components?.schemas ?? {})).toEqual(['Pet', 'Cat', 'Claws', 'Shared', 'Unused']);
  expect([document.components?.securitySchemes, document.tags?.map(({ name }) => name)]).toEqual([
    undefined,
    ['pets', 'nobody'],
  ]);
  expect([filtered?.operations.map(({ id }) => id), filtered?.components]).toEqual([['listOrders', 'findOrders'], 6]);
});

it('what a mapping names is used, and a parameter goes with the last of its operations', () => {
  const { components } = kept({ only: ['findOrders'] }).document;
  expect(components).toEqual({ schemas: expect.anything() });
  expect(Object.keys(components?.schemas ?? {})).toEqual(['Choice', 'Bare', 'Full', 'Shared', 'Unused']);
});

it.each([
  [{ only: ['cats'] }, '`only`: "cats" is no tag, id or path of an operation.'],
  [{ exclude: ['/pet'] }, '`exclude`: "/pet" is no tag, id or path of an operation.'],
  [{ only: ['pets'], exclude: ['/pets*'] }, '`only` and `exclude` leave no operation.'],
])('a name that means nothing, or leaves nothing, is a mistake: %j', (names, message) => {
  expect(() => kept(names)).toThrow(expect.objectContaining({ problems: [{ message }] }));
});

it('gen says in one line what it filtered out, nothing else of it, and makes the rest whole', async () => {
  using shop = new Workshop();
  const document = documentOf() as unknown as { paths: Record<string, Record<string, object>> };
  Object.assign(document.paths['/orders']?.get ?? {}, { callbacks: {} });
  // A reference into an operation that is left out.
  Object.assign(document.paths['/pets']?.post ?? {}, {
    responses: answering({ $ref: '#/paths/~1orders/query/responses/200/content/application~1json/schema' }),
  });
  const spec = shop.write('spec.json', JSON.stringify({ ...document, openapi: '3.2.0' }));
  const { code, said, complaints } = await shop.gen(spec, 'out', {
    only: ['pets'],
    report: `${shop.root}/report.json`,
  });
  expect([code, complaints]).toEqual([0, []]);
  expect(said.filter((line) => /out:/.test(line))).toEqual([
    'Filtered out: 2 operations (listOrders, findOrders), and 3 components that they alone use.',
  ]);
  expect(JSON.parse(shop.read('report.json')).remarks).toContainEqual(
    expect.objectContaining({ kind: 'filtered', operations: ['listOrders', 'findOrders'] }),
  );
  expect(shop.read('out/generated/schema.ts')).not.toMatch(/Order\b|Line/);
  expect(shop.typeErrors(shop.files('out').filter((file) => file.endsWith('.ts')))).toEqual([]);
});
