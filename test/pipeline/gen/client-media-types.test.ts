import ts from 'typescript';
import { expect, it } from 'vitest';
import { operationsOf } from '../../../pipeline/document/operations.ts';
import type { Document } from '../../../pipeline/document/types.ts';
import * as core from '../../../pipeline/fetch/index.ts';
import { clientModule } from '../../../pipeline/gen/client/module.ts';

const clientOf = (paths: object): string => {
  const document = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths } as unknown as Document;
  return clientModule(document, operationsOf(document), { types: './schema.js', banner: '' });
};
/** A client of one operation, which answers in these media types. */
const clientOfTypes = (types: readonly string[], schema: object): string => {
  const content = Object.fromEntries(types.map((type) => [type, { schema }]));
  return clientOf({ '/': { get: { operationId: 'read', responses: { 200: { description: 'ok', content } } } } });
};

it.each([
  [['text/plain', '*/*']],
  [['application/octet-stream', 'text/*', '*/*']],
  [['a/b+c.d', 'text/x-(y)|z', 'application/json']],
])('a client of answers in %j is TypeScript', (types) => {
  const code = clientOfTypes(types, { type: 'string' });
  const { diagnostics } = ts.transpileModule(code, { reportDiagnostics: true });
  expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
});

it.each([
  [['application/json', 'application/xml'], 'application/json, */*;q=0.5'],
  [['text/csv', 'application/hal+json'], 'application/hal+json, */*;q=0.5'],
  [['application/json; charset=utf-8', 'text/html', 'application/hal+json'], 'application/json, */*;q=0.5'],
  [['application/json'], undefined],
  [['application/json', 'application/hal+json'], undefined],
  // The request decides between them: by `stream: true`, or by the format of a report.
  [['application/json', 'text/event-stream'], undefined],
  [['application/json', 'text/csv', 'application/pdf'], undefined],
  [['*/*', 'text/plain'], undefined],
])('of answers in %j, a client asks for %s', (types, accepted) => {
  const code = clientOfTypes(types, { type: 'object' });
  expect(/accept: '(.*)',$/m.exec(code)?.[1]).toBe(accepted);
});

it('an operation may bear the name of anything that the client imports', () => {
  const names = Object.keys(core);
  const paths = Object.fromEntries(
    names.map((operationId) => [
      `/${operationId}`,
      { get: { operationId, responses: { 204: { description: 'ok' } } } },
    ]),
  );
  const code = clientOf(paths);
  const constants = [...code.matchAll(/^export const (\w+): Operation</gm)].map(([, name]) => name);
  expect(constants).toHaveLength(names.length);
  expect(constants.filter((name) => name !== undefined && Object.hasOwn(core, name))).toEqual(['createRawClient']);
});
