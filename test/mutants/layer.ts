import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { operations } from '../../generated/operations.ts';

/** A JSON value that a mutant takes apart. */
// biome-ignore lint/suspicious/noExplicitAny: what it looks into is what a correct server answered
export type Json = any;

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body, where it is JSON. */
  readonly body: Json;
  /** The operation of the contract, and what its path names. */
  readonly operation: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** JSON, or text that is sent as it is. */
  readonly body: Json;
}

/** Hands a request to the correct server. */
export type Forward = (request: Request) => Promise<Answer>;
/** A stand-in for the server: it may change the request or the answer, or answer by itself. */
export type Behaviour = (request: Request, forward: Forward) => Promise<Answer>;

/** A server that answers as `behaviour` makes it of what the server at `url` answers. */
export async function inFrontOf(url: string, behaviour: Behaviour): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((incoming, response) => {
    answer(url, behaviour, incoming, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(url: string, behaviour: Behaviour, incoming: IncomingMessage, response: ServerResponse) {
  const text = await read(incoming);
  const path = incoming.url ?? '/';
  const found = find(incoming.method ?? 'GET', path);
  const headers = { ...incoming.headers };
  const request = { method: incoming.method ?? 'GET', path, headers, text, body: parsed(text), ...found };
  const { status, headers: out, body } = await behaviour(request, (changed) => forward(url, changed));
  const sent = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const length = String(Buffer.byteLength(sent));
  const defined = Object.entries({ ...out, 'content-length': length }).filter(([, value]) => value !== undefined);
  response.writeHead(status, Object.fromEntries(defined)).end(sent);
}

function find(method: string, path: string): Pick<Request, 'operation' | 'parameters'> {
  for (const [id, entry] of Object.entries(operations)) {
    const names = [...entry.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
    const match = new RegExp(`^${entry.path.replaceAll(/\{[^}]+\}/g, '([^/]+)')}$`).exec(path);
    if (match === null || entry.method !== method) continue;
    const values = match.slice(1).map(decodeURIComponent);
    return { operation: id, parameters: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) };
  }
  return { operation: undefined, parameters: {} };
}

async function forward(url: string, { method, path, headers, text }: Request): Promise<Answer> {
  const length = text === '' && method === 'GET' ? undefined : String(Buffer.byteLength(text));
  const { 'content-length': _old, 'transfer-encoding': _chunked, ...others } = headers;
  const sent = httpRequest(url + path, { method, headers: { ...others, ...(length && { 'content-length': length }) } });
  sent.end(text);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const body = await read(response);
  return { status: response.statusCode ?? 0, headers: response.headers, body: parsed(body) ?? body };
}

async function read(stream: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
