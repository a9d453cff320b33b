import { describe, expect, test } from 'vitest';
import { operationsOf } from '../../../pipeline/document/operations.ts';
import type { Components, Document } from '../../../pipeline/document/types.ts';
import { clientModule } from '../../../pipeline/gen/client/module.ts';
import { Report } from '../../../pipeline/gen/report.ts';
import { StepFailed } from '../../../pipeline/gen/step.ts';
import { enumsIn } from '../../../pipeline/gen/steps/enums.ts';
import { errorsOf, errorTable } from '../../../pipeline/gen/steps/errors.ts';
import { handlersFor } from '../../../pipeline/gen/steps/handlers.ts';
import { operationTable } from '../../../pipeline/gen/steps/operations.ts';
import { selfContained } from '../../../pipeline/gen/steps/selfContained.ts';
import { jsdoc, literal } from '../../../pipeline/gen/text.ts';

const info = { title: 'T', version: '1' };
const project = {
  title: 'T',
  generated: 'generated',
  client: 'client/api.ts',
  handlers: 'handlers',
  root: '/nowhere',
  handleOptions: true,
};
const operations = (document: Document) => operationTable(document, operationsOf(document));

/** A document with one operation. */
const documentOf = (operation: object, rest: object = {}, components: Components = {}): Document => ({
  openapi: '3.1.0',
  info,
  paths: { '/things/{id}': { put: { operationId: 'PutThing', ...operation }, ...rest } },
  components,
});
const bodyOf = (schema: object) => ({ requestBody: { content: { 'application/json': { schema } } } });
const problemsOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof StepFailed) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
};

describe('the table of operations', () => {
  const object = { type: 'object', properties: { name: { type: 'string' } } };

  test.each([
    ['none', 'there is no body', {}],
    ['members', 'the body is an object', bodyOf(object)],
    ['members', 'the body is made of objects', bodyOf({ allOf: [object, object] })],
    ['value', 'the body is a list', bodyOf({ type: 'array' })],
    ['value', 'the body may be something else than an object', bodyOf({ type: ['object', 'null'] })],
    ['value', 'the body is not JSON', { requestBody: { content: { 'text/plain': { schema: object } } } }],
  ])('says `%s` where %s', (body, _where, operation) => {
    expect(operations(documentOf(operation))).toContain(`body: '${body}',`);
  });

  test('gives a body whole when a member of it has the name of a parameter', () => {
    const rest = { parameters: [{ name: 'name', in: 'path' }] };
    expect(operations(documentOf(bodyOf(object), rest))).toContain("body: 'value',");
  });

  test('takes the parameters of the path and the operation, each in its place', () => {
    const shared = [
      { name: 'id', in: 'path' },
      { name: 'tag', in: 'query' },
    ];
    const own = [
      { name: 'tag', in: 'query' },
      { name: 'x-trace', in: 'header' },
    ];
    const table = operations(documentOf({ parameters: own }, { parameters: shared }));
    expect(table).toContain("pathParams: ['id'],\n    queryParams: ['tag'],\n    headerParams: ['x-trace'],");
  });

  test('takes the first success for the status', () => {
    expect(operations(documentOf({ responses: { 400: {}, 201: {}, 204: {} } }))).toContain('status: 201,');
  });
});

describe('the errors', () => {
  const header = 'X-Amzn-ErrorType';
  const headers = { 'X-Amzn-Errortype': { schema: { const: 'GoneException' } } };
  const components = { responses: { Gone: { description: 'No */ more.', headers }, Other: { description: 'Other.' } } };
  const ref = { $ref: '#/components/responses/Gone' };

  test('are the responses whose name on the wire is fixed, under the status they are used with', () => {
    const document = documentOf(
      { responses: { 410: ref, 411: { $ref: '#/components/responses/Other' } } },
      {},
      components,
    );
    expect(errorTable(errorsOf(document, header))).toContain(
      "{\n  /** No *\\/ more. */\n  Gone: { status: 410, type: 'GoneException' },\n}",
    );
    const code = clientModule(document, operationsOf(document), { types: './schema.js', banner: '' });
    expect(code).toContain('export class GoneError extends ApiException<');
    expect(code).toContain("'410': GoneError");
  });

  test('fail when one stands for two statuses', () => {
    const document = documentOf({ responses: { 404: ref, 410: ref } }, {}, components);
    expect(problemsOf(() => errorsOf(document, header))).toEqual([
      'The response Gone stands for 404 and for 410; one is needed.',
    ]);
  });
});

test('an enum may hold anything that JSON can', () => {
  const schemas = { Odd: { enum: ["it's", '"', 'a\nb', 1, true, null] } };
  expect(enumsIn({ openapi: '3.1.0', info, components: { schemas } }, new Report())).toContain(
    `export const Odd = ['it\\'s', '"', 'a\\nb', 1, true, null] as const;`,
  );
});

test('a name that TypeScript does not take is refused in one sentence', () => {
  const document = documentOf({ operationId: '../../x' });
  expect(problemsOf(() => handlersFor(operationsOf(document), project))).toEqual([
    'The operation id "../../x" can\'t be a name in TypeScript.',
  ]);
});

test('a comment can not be ended by the text in it', () => {
  expect(jsdoc('a */ b\nc', '  ')).toBe('  /**\n   * a *\\/ b\n   * c\n   */\n');
});

test.each(["it's", 'back\\slash', '"quoted"', 'line\nbreak', '\u2028'])(
  'the literal of %j is the string again',
  (text) => {
    expect(new Function(`return ${literal(text)}`)()).toBe(text);
  },
);

describe('the reference page', () => {
  const page = (head: string) => `<!DOCTYPE html>\n<html><head>${head}</head></html>`;

  test('names nothing that Redoc would fetch', () => {
    const html = page('<img src="https://cdn.redoc.ly/redoc/logo-mini.svg"><a href="https://redocly.com/redoc/"></a>');
    expect(selfContained(html)).not.toContain('cdn.redoc.ly');
  });

  test('is refused when Redoc names another host of its own', () => {
    const html = page('<img src="https://cdn.redocly.com/new.png">');
    expect(problemsOf(() => selfContained(html))).toEqual([
      'The page names https://cdn.redocly.com/new.png: selfContained.ts must replace it.',
    ]);
  });
});
