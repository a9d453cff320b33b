import { expect, it } from 'vitest';
import { mockHandlers } from '../../../pipeline/express/index.ts';
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
