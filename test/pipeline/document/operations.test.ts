import { describe, expect, it } from 'vitest';
import { inputOf } from '../../../pipeline/document/input.ts';
import { mediaTypeFor } from '../../../pipeline/document/mediaTypes.ts';
import { operationsOf, responseFor } from '../../../pipeline/document/operations.ts';
import { DocumentError, pointed, resolve } from '../../../pipeline/document/references.ts';
import type { Document, Schema } from '../../../pipeline/document/types.ts';

const info = { title: 'T', version: '1' };
const withBody = (schema: Schema, more: object = {}, components: Document['components'] = {}): Document => ({
  openapi: '3.0.3',
  info,
  paths: {
    '/a/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      post: { operationId: 'op', requestBody: { content: { 'application/json': { schema } } }, ...more },
    },
  },
  components,
});
const input = (document: Document) => {
  const [operation] = operationsOf(document);
  if (!operation) throw new Error('The document has no operation.');
  const { body, members } = inputOf(document, operation);
  return { body, members };
};

describe('a body', () => {
  const name: Schema = { type: 'object', properties: { name: { type: 'string' } } };
  it('is flat where it is an object that names members', () => {
    expect(input(withBody(name))).toEqual({ body: 'members', members: ['name'] });
    expect(input(withBody({ properties: { name: {} } }))).toEqual({ body: 'members', members: ['name'] });
    expect(input(withBody({ ...name, additionalProperties: { type: 'string' } })).body).toBe('members');
  });
  it('is flat where it is an allOf of objects, behind references too', () => {
    const schema = { allOf: [{ $ref: '#/components/schemas/Base' }, { type: 'object', properties: { b: {} } }] };
    expect(input(withBody(schema, {}, { schemas: { Base: name } }))).toEqual({
      body: 'members',
      members: ['name', 'b'],
    });
  });
  it.each([
    ['no object', { type: 'array', items: {} }],
    ['an object or null', { ...name, nullable: true }],
    ['an object of members without a name', { type: 'object' }],
    ['a choice', { oneOf: [name, name] }],
    ['an object with a choice', { ...name, anyOf: [{ required: ['name'] }] }],
    ['an object with a member that bears the name of a parameter', { type: 'object', properties: { id: {} } }],
  ])('is whole where it is %s', (_what, schema) => {
    expect(input(withBody(schema as Schema))).toEqual({ body: 'value', members: [] });
  });
  it('is named otherwise where a parameter is named body', () => {
    const nameOf = (...names: string[]) => {
      const parameters = names.map((name) => ({ name, in: 'query' as const }));
      const [operation] = operationsOf(withBody({ type: 'string' }, { parameters }));
      return operation && inputOf(withBody({}), operation).bodyName;
    };
    expect([nameOf(), nameOf('body'), nameOf('body', 'requestBody')]).toEqual(['body', 'requestBody', 'requestBody_']);
  });
  it('is none where the method has none', () => {
    const requestBody = { content: { 'application/json': { schema: name } } };
    const document: Document = { openapi: '3.1.0', info, paths: { '/a': { get: { operationId: 'g', requestBody } } } };
    expect(input(document)).toEqual({ body: 'none', members: [] });
  });
  it('of XML beside JSON is not read into members', () => {
    const content = { 'application/json': { schema: name }, 'application/xml': { schema: name }, 'text/csv': {} };
    const [operation] = operationsOf(withBody(name, { requestBody: { content } }));
    expect(operation?.body?.contents.map(({ type }) => type)).toEqual(['application/json', 'text/csv']);
    expect(operation?.body?.unread.map(({ type }) => type)).toEqual(['application/xml']);
  });
});

describe('operationsOf', () => {
  it('gives every method that is declared, those of OpenAPI 3.2 too', () => {
    const item = { get: {}, head: {}, options: {}, query: {}, additionalOperations: { COPY: {} } };
    const found = operationsOf({ openapi: '3.2.0', info, paths: { '/a': item, 'x-b': {} } });
    expect(found.map(({ method }) => method)).toEqual(['GET', 'OPTIONS', 'HEAD', 'QUERY', 'COPY']);
    expect(found.at(-1)?.pointer).toBe('#/paths/~1a/additionalOperations/COPY');
    expect(found[0]?.id).toBe('GET /a');
  });
  it('lets the parameters of an operation replace those of its path, and leaves out those that OpenAPI ignores', () => {
    const header = (name: string, description = '') => ({ name, in: 'header', description });
    const document: Document = {
      openapi: '3.1.0',
      info,
      paths: { '/a': { parameters: [header('X-A'), header('Accept')], get: { parameters: [header('x-a', 'mine')] } } },
    };
    const [operation] = operationsOf(document);
    expect(operation?.parameters.map(({ object }) => object.description)).toEqual(['mine']);
    expect(operation?.parameters[0]).toMatchObject({ style: 'simple', explode: false, required: false });
  });
  it('gives the security of the operation before that of the document', () => {
    const document: Document = {
      openapi: '3.1.0',
      info,
      security: [{ a: [] }],
      paths: { '/a': { get: {}, put: { security: [] } } },
    };
    expect(operationsOf(document).map(({ security }) => security)).toEqual([[{ a: [] }], []]);
  });
  it('finds the response of a status by itself, by its range, then by default', () => {
    const responses = { '200': {}, '4xx': {}, default: {} };
    const [operation] = operationsOf({ openapi: '3.1.0', info, paths: { '/a': { get: { responses } } } });
    const found = [200, 404, 500].map((status) => responseFor(operation?.responses ?? [], status)?.status);
    expect(found).toEqual(['200', '4XX', 'default']);
  });
});

it('prefers the very media type to a range', () => {
  const content = { '*/*': {}, 'image/*': {}, 'Image/PNG; q=1': {} };
  const [operation] = operationsOf(withBody({}, { requestBody: { content } }));
  const contents = operation?.body?.contents ?? [];
  expect(['image/png', 'image/gif', 'text/plain'].map((type) => mediaTypeFor(contents, type)?.name)).toEqual([
    'Image/PNG; q=1',
    'image/*',
    '*/*',
  ]);
});

describe('a reference', () => {
  it('is followed through others, with escapes, to the end', () => {
    const document = { a: { 'b/c%d': { $ref: '#/x' } }, x: { y: 1 } };
    expect(resolve(document, { $ref: '#/a/b~1c%25d' })).toEqual({ y: 1 });
  });
  it.each(['#/nowhere', 'other.yaml#/a', '#/toString'])('to %s is a fault with its place', (ref) => {
    expect(() => pointed({}, ref)).toThrow(DocumentError);
  });
  it('to itself is a fault', () => {
    expect(() => resolve({ a: { $ref: '#/a' } }, { $ref: '#/a' })).toThrow('leads back to itself');
  });
});
