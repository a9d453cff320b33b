import { expect, it, onTestFinished } from 'vitest';
import { mockOf } from '../../../pipeline/command/mock/serve.ts';
import { runContract } from '../../../pipeline/contract/run.ts';
import { listening } from '../../helpers/shelf.ts';

const ok = { 200: { description: 'ok' }, 400: { description: 'refused' } };
const post = (schema: object, more: object = {}, type = 'application/json') => ({
  post: {
    operationId: 'make',
    requestBody: { required: true, content: { [type]: { schema } } },
    responses: ok,
    ...more,
  },
});
const text = { type: 'string' };
const described = {
  type: 'object',
  properties: { id: { ...text, readOnly: true }, kind: { ...text, readOnly: true } },
};
const cat = { type: 'object', required: ['kind', 'lives'], properties: { kind: text, lives: { type: 'integer' } } };
const dog = { type: 'object', required: ['kind', 'name'], properties: { kind: text, name: text } };
const components = {
  schemas: { Cat: cat, Dog: dog },
  securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
};
const pet = {
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
  discriminator: { propertyName: 'kind' },
};

it.each<[string, object]>([
  [
    'has a member that one part of its schema makes read-only, and another requires',
    {
      '/a': post({
        allOf: [described, { type: 'object', required: ['kind'], properties: { kind: { enum: ['a'] }, name: text } }],
        example: { id: 'x', kind: 'a', name: 'n' },
      }),
    },
  ],
  [
    'shows a member that is read-only in the example of a schema',
    { '/a': post({ type: 'object', properties: { inner: { ...described, example: { id: 'x', kind: 'a' } } } }) },
  ],
  [
    'requires a member that has a default',
    { '/a': post({ type: 'object', required: ['state'], properties: { state: { ...text, default: 'new' } } }) },
  ],
  ['tells alternatives apart by a member in a form', { '/a': post(pet, {}, 'multipart/form-data') }],
  [
    'says which alternative is meant by a member that is not required',
    { '/a': post({ ...pet, oneOf: [...pet.oneOf, { $ref: '#/components/schemas/Cat' }] }) },
  ],
  [
    'has two paths that are one',
    Object.fromEntries(
      [
        ['id', 'integer'],
        ['name', 'string'],
      ].map(([name, type]) => [
        `/a/{${name}}`,
        {
          get: {
            operationId: `by-${name}`,
            parameters: [{ name, in: 'path', required: true, schema: { type } }],
            responses: ok,
          },
        },
      ]),
    ),
  ],
  [
    'has a query in a path',
    {
      '/a?beta=true': {
        get: {
          operationId: 'beta',
          parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
          responses: ok,
        },
      },
    },
  ],
  [
    'documents nothing but 403 for who has no credential',
    { '/a': post(dog, { security: [{ key: [] }], responses: { ...ok, 403: { description: 'forbidden' } } }) },
  ],
  ['documents no success', { '/a': { get: { operationId: 'gone', responses: { 404: { description: 'gone' } } } } }],
  [
    'asks for credentials before a preflight',
    { '/a': { ...post(dog), options: { operationId: 'ask', security: [{ key: [] }], responses: ok } } },
  ],
  [
    'has a body of another form in each media type',
    {
      '/a': {
        post: {
          operationId: 'send',
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: dog },
              'multipart/form-data': { schema: { type: 'object', required: ['file'], properties: { file: text } } },
            },
          },
          responses: ok,
        },
      },
    },
  ],
  [
    'has refusals whose form only its example fills',
    {
      '/a': post(dog, {
        responses: {
          ...ok,
          400: {
            description: 'refused',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['number'],
                  properties: { number: { type: 'integer', minimum: 2001 } },
                },
                example: { number: 2001 },
              },
            },
          },
        },
      }),
    },
  ],
])('the contract suite finds nothing wrong with the mock of a document that %s', async (_what, paths) => {
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, components };
  const { url, close } = await listening(mockOf(document as never));
  onTestFinished(close);
  const report = await runContract({ url, spec: document, stateless: true, auth: { key: 's3cret' }, runs: 10 });
  expect(report.violations.map(({ title, message }) => `${title}: ${message}`)).toEqual([]);
  expect(report.requests).toBeGreaterThan(1);
});
