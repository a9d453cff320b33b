import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Document } from '../../pipeline/document/types.ts';
import { type AnyHandler, type AppOptions, createApp, type Log } from '../../pipeline/express/index.ts';

export interface Serving {
  readonly url: string;
  /** The lines of the log, as JSON. */
  readonly logged: readonly string[];
  /** The inputs that handlers were given, by operation. */
  readonly inputs: Readonly<Record<string, unknown>>;
  call(method: string, path: string, options?: CallOptions): Promise<Called>;
}

interface CallOptions {
  readonly headers?: Record<string, string>;
  /** JSON, unless it is text, bytes or a form. */
  readonly body?: unknown;
}

export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly type: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: the test knows its form
  readonly body: any;
}

/** Serves a document for one test. An operation without a handler answers its own input. */
export async function serving(
  document: object,
  handlers: Record<string, unknown> = {},
  options: Partial<Omit<AppOptions<object>, 'handlers' | 'document'>> = {},
): Promise<Serving> {
  const logged: string[] = [];
  const inputs: Record<string, unknown> = {};
  const line = (fields: object, message: string) =>
    logged.push(
      JSON.stringify({ ...fields, message }, (_key, value) => (value instanceof Error ? value.stack : value)),
    );
  const log: Log = { info() {}, warn: line, error: line };
  const echoing = new Proxy(handlers, {
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    get: (given, id: string) => async (input: object, services: unknown, request: unknown) => {
      inputs[id] = input;
      const handler = given[id] as ((...call: unknown[]) => unknown) | undefined;
      return handler === undefined ? input : handler(input, services, request);
    },
  });
  const app = createApp<object>({
    document: { openapi: '3.0.3', info: { title: 'T', version: '1' }, ...document } as unknown as Document,
    handlers: echoing as Record<string, AnyHandler<object>>,
    log,
    ...options,
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  // A test can hold this process, and so both sides, for longer than the usual 5 s.
  server.keepAliveTimeout = 65_000;
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, logged, inputs, call: (method, path, options) => call(url + path, method, options) };
}

async function call(url: string, method: string, { headers = {}, body }: CallOptions = {}): Promise<Called> {
  const isPlain =
    typeof body === 'string' ||
    body instanceof Uint8Array ||
    body instanceof FormData ||
    body instanceof URLSearchParams;
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && !isPlain && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: isPlain ? (body as BodyInit) : JSON.stringify(body) }),
    redirect: 'manual',
  });
  const type = response.headers.get('content-type');
  const text = await response.text();
  const parsed = text === '' ? undefined : /[/+]json\b/.test(type ?? '') ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, type, body: parsed };
}

/** A content of JSON. */
export const json = (schema: object | boolean, type = 'application/json') => ({ [type]: { schema } });

/** An operation that takes a body of JSON and answers any. */
export const post = (operationId: string, schema: object, more: object = {}) => ({
  post: {
    operationId,
    requestBody: { required: true, content: json(schema) },
    responses: { 200: { description: 'ok', content: json({}) } },
    ...more,
  },
});

/** An operation that takes parameters and answers any. */
export const get = (operationId: string, parameters: object[] = [], more: object = {}) => ({
  get: { operationId, parameters, responses: { 200: { description: 'ok', content: json({}) } }, ...more },
});
