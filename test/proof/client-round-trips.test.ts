import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect } from 'vitest';
import { isFile } from '../../pipeline/document/files.ts';
import { inputOf } from '../../pipeline/document/input.ts';
import { type Operation, operationsOf } from '../../pipeline/document/operations.ts';
import type { Document } from '../../pipeline/document/types.ts';
import { createApp, mockHandlers } from '../../pipeline/express/index.ts';
import { Examples } from '../../pipeline/express/mock/example.ts';
import { Checks } from '../../pipeline/express/validate/checks.ts';
import { sentType } from '../../pipeline/gen/client/descriptor.ts';
import { clientModule } from '../../pipeline/gen/client/module.ts';
import { methodName } from '../../pipeline/gen/client/names.ts';
import { ofEachDocument } from '../helpers/corpus.ts';
import { Workshop } from '../helpers/workshop.ts';

/** Operations called per document, those with the most features first: each one compiles a validator. */
const MOST = 40;
const shop = new Workshop();
afterAll(() => shop[Symbol.dispose]());

/** An input of the client with every parameter, and what is to arrive of it. Files and streams are sent, not compared. */
function exampleInput(document: Document, operation: Operation, examples: Examples) {
  const input = inputOf(document, operation);
  const sent: Record<string, unknown> = {};
  for (const { name, schema, content, required } of input.parameters) {
    const value = examples.of(schema ?? content?.schema ?? {}).value;
    // An empty list or object is no parameter at all.
    const isEmpty = typeof value === 'object' && Object.keys(value ?? {}).length === 0;
    if (required || !isEmpty) sent[name] = value;
  }
  const expected = { ...sent };
  const content = operation.body && sentType(operation.body.contents);
  if (!content) return { sent, expected };
  const isData = ['json', 'form', 'multipart'].includes(content.kind);
  const body = isData ? examples.of(content.schema ?? {}).value : 'text';
  if (input.body === 'value') {
    sent[input.bodyName] = content.kind === 'json-lines' ? [body] : body;
    if (content.kind === 'json') expected[input.bodyName] = body;
    return { sent, expected };
  }
  for (const [name, value] of Object.entries((body ?? {}) as object)) {
    const file = content.kind === 'multipart' && isFile(document, content.schema ?? {}, name, content.encoding);
    sent[name] = file ? (Array.isArray(value) ? [new Blob(['a'])] : new Blob(['a'])) : value;
    if (content.kind === 'json') expected[name] = value;
  }
  return { sent, expected };
}

async function callAll(document: Document, name: string) {
  const operations = operationsOf(document);
  const module = shop.write(`${name}/api.ts`, clientModule(document, operations, { types: './schema.js', banner: '' }));
  const { createClient } = await import(pathToFileURL(module).href);
  let arrived: Record<string, unknown> | undefined;
  let reached = '';
  const mock = mockHandlers(document) as Record<string, (...args: unknown[]) => unknown>;
  const handlers = Object.fromEntries(
    operations.map(({ id }) => [
      id,
      (...args: unknown[]) => {
        arrived = args[0] as Record<string, unknown>;
        reached = id;
        return mock[id]?.(...args);
      },
    ]),
  );
  const schemes = Object.keys(document.components?.securitySchemes ?? {});
  const security = Object.fromEntries(schemes.map((scheme) => [scheme, () => ({})]));
  const log = { info() {}, warn() {}, error() {} };
  const server = createServer(createApp<object>({ document, handlers: handlers as never, security, log }));
  // Making an example can hold this process, and so both sides, for longer than the usual 5 s.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = createClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    security: Object.fromEntries(schemes.map((scheme) => [scheme, { username: 'a', password: 'b' }])),
    retry: { attempts: 1 },
  });
  const faults: string[] = [];
  const examples = new Examples(document, new Checks(document, () => {}), 'request');
  const seen = { answered: 0, refused: 0, unsendable: 0, ambiguous: 0 };
  const called = [...operations].sort((a, b) => features(b) - features(a)).slice(0, MOST);
  for (const operation of called) {
    const { sent, expected } = exampleInput(document, operation, examples);
    arrived = undefined;
    const fault = (words: unknown) => faults.push(`${operation.method} ${operation.path}: ${words}`.slice(0, 400));
    try {
      const { response } = await client[methodName(operation.id)].withResponse(sent);
      await response.body?.cancel().catch(() => {});
      seen.answered += 1;
    } catch (error) {
      const { name, status, message } = error as Error & { status?: number };
      // The document's own example breaks its schema, or can't stand in a path.
      if (name === 'TypeError' || name === 'StyleError') seen.unsendable += 1;
      else if (status !== undefined && status >= 300 && status !== 500) seen.refused += 1;
      else fault(`${name} ${status} ${message}`);
    }
    if (arrived !== undefined && reached !== operation.id) {
      // Two paths of the document stand for the same URLs, such as `/files/{id}` and `/files/{name}`, or `/a` and `/a#b`.
      const other = operations.find(({ id }) => id === reached);
      if (shapeOf(other?.path) === shapeOf(operation.path)) seen.ambiguous += 1;
      else fault(`${reached} got it`);
      continue;
    }
    for (const [member, value] of Object.entries(arrived === undefined ? {} : expected)) {
      const got = arrived?.[member];
      if (!isDeepStrictEqual(plain(got), plain(value))) {
        fault(`${member} arrived as ${JSON.stringify(got)}, not ${JSON.stringify(value)}`);
      }
    }
  }
  server.close();
  server.closeAllConnections();
  return { operations: operations.length, called: called.length, ...seen, faults };
}

/** How much of an operation is not plain JSON and a plain query. */
const features = ({ parameters, body, responses }: Operation): number =>
  parameters.filter(({ style, content }) => content !== undefined || !['form', 'simple'].includes(style)).length +
  [body?.contents ?? [], ...responses.map(({ contents }) => contents)].flat().filter(({ kind }) => kind !== 'json')
    .length;

const shapeOf = (path = '') => path.replace(/#.*/, '').replaceAll(/\{[^}]*\}/g, '{}');

const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

describe('what the generated client sends arrives in the handler, and its answer comes back', () => {
  ofEachDocument(async (document, name) => {
    const { faults, ...seen } = await callAll(document, name.replace(/\W/g, '-'));
    console.log(`${name}: ${JSON.stringify(seen)}`);
    expect(faults).toEqual([]);
  });
});
