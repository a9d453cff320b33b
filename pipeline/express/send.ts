import { once } from 'node:events';
import { encodeForm } from '../document/formBody.ts';
import { encodeHeader } from '../document/headerStyles.ts';
import { essence, type MediaType, matches, mediaTypeFor } from '../document/mediaTypes.ts';
import { type Operation, type ResponseOf, responseFor } from '../document/operations.ts';
import { Answer, ServerSentEvent } from './answer.ts';
import type { Violation } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { JsonText } from './jsonText.ts';
import { withCharset } from './refuse.ts';
import type { Served } from './served.ts';
import { isBlob, isChunks, isIterable, type Source } from './source.ts';
import { isBodiless, isInterim } from './statuses.ts';
import type { Checks } from './validate/checks.ts';

/** An answer with everything that the document says of it settled. */
export interface Settled {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Undefined where the document doesn't know the status. */
  readonly response: ResponseOf | undefined;
  readonly content: MediaType | undefined;
  /** The media type as it is sent. */
  readonly type: string | undefined;
  readonly body: unknown;
  /** The body as JSON, where it is that. */
  readonly text: string | undefined;
}

/** Settles what a handler answered: its status, and the media type that fits the body and the caller's Accept. */
export function settle(served: Served, result: unknown, accept: string | undefined): Settled {
  const { operation } = served;
  const given = result instanceof Answer ? result : undefined;
  const status = given?.status ?? served.success;
  if (isInterim(status))
    throw new Error(`${operation.id} answered ${status}, which comes before an answer and is none itself.`);
  const body = isBodiless(status) ? undefined : given === undefined ? result : given.body;
  const response = responseFor(operation.responses, status);
  const contents = response?.contents ?? [];
  const asked = given?.type as string | undefined;
  const content =
    asked === undefined
      ? bestFor(contents, body, accept)
      : (contents.find(({ name }) => name === asked) ?? mediaTypeFor(contents, asked));
  const type = body === undefined ? undefined : (asked ?? typeOf(content, body));
  const isJson = content === undefined ? !isRaw(body) && typeof body !== 'string' : content.kind === 'json';
  return {
    status,
    headers: (given?.headers ?? {}) as Record<string, unknown>,
    response,
    content,
    type,
    body,
    text: body !== undefined && isJson && !(body instanceof JsonText) ? JSON.stringify(body) : undefined,
  };
}

function bestFor(contents: readonly MediaType[], body: unknown, accept: string | undefined): MediaType | undefined {
  const [only] = contents;
  if (contents.length <= 1) return only;
  const able = contents.filter((content) => carries(content, body));
  const among = able.length > 0 ? able : contents;
  for (const range of accepted(accept)) {
    const found = among.find(({ type }) => matches(range, type) || matches(type, range));
    if (found !== undefined) return found;
  }
  return among[0];
}

/** The media ranges of a header Accept, the most wanted first. */
function accepted(accept = ''): string[] {
  return accept
    .split(',')
    .map((part, index) => ({ range: essence(part), quality: Number(/;\s*q=([\d.]+)/i.exec(part)?.[1] ?? 1), index }))
    .filter(({ range, quality }) => range !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.index - b.index)
    .map(({ range }) => range);
}

/** Whether a value can be a body of this kind. */
function carries({ kind }: MediaType, body: unknown): boolean {
  const isSequence = isIterable(body) && !isChunks(body);
  if (kind === 'events' || kind === 'json-lines') return isSequence || isRaw(body);
  if (isRaw(body) || isIterable(body)) return kind === 'bytes' || kind === 'text';
  if (typeof body === 'string') return kind === 'text' || kind === 'json';
  return kind === 'json' || kind === 'form';
}

const isRaw = (body: unknown): boolean =>
  body instanceof Uint8Array || body instanceof ArrayBuffer || isChunks(body) || isBlob(body);

function typeOf(content: MediaType | undefined, body: unknown): string {
  if (content !== undefined && !content.type.includes('*')) return content.name;
  if (isBlob(body) && body.type !== '') return body.type;
  if (typeof body === 'string' && content?.kind !== 'json') return 'text/plain';
  return isRaw(body) || isIterable(body) ? 'application/octet-stream' : 'application/json';
}

/** How an answer breaks the document. */
export function violationsOf(
  checks: Checks,
  { response: to }: Exchange,
  operation: Operation,
  settled: Settled,
): readonly Violation[] {
  const { status, response, content, body, headers, text } = settled;
  if (operation.responses.length === 0) return []; // there is nothing to break
  if (response === undefined) {
    return [{ path: '/response', message: `has the status ${status}, which the document doesn't give this operation` }];
  }
  const found: Violation[] = [];
  if (body !== undefined && response.contents.length === 0)
    found.push({ path: '/response', message: 'must not have a body' });
  if (body !== undefined && response.contents.length > 0 && content === undefined) {
    found.push({
      path: '/response',
      message: `has the type ${settled.type}, which the document doesn't give this status`,
    });
  }
  if (body === undefined && response.contents.length > 0 && operation.method !== 'HEAD' && !isBodiless(status)) {
    found.push({ path: '/response', message: 'needs a body' });
  }
  const given: Record<string, unknown> = {};
  // The app sets some of them by itself, such as the request's id.
  for (const { name } of response.headers) {
    const already = to.getHeader(name);
    if (already !== undefined) given[name.toLowerCase()] = already;
  }
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) given[name.toLowerCase()] = value;
  const unknown = Object.keys(headers).filter(
    (name) =>
      name.toLowerCase() !== 'content-type' &&
      !response.headers.some((one) => one.name.toLowerCase() === name.toLowerCase()),
  );
  for (const name of unknown)
    found.push({ path: '/response/headers', message: `has ${name}, which the document doesn't give this status` });
  const isChecked = body !== undefined && !isIterable(body) && !isRaw(body) && content !== undefined;
  const value = { headers: given, ...(isChecked && { body }) };
  const broken = checks.response(operation, response, content, value, text?.length ?? 0);
  if (broken.length === 0) return found;
  // A date is a text once it has been sent.
  const sent = text === undefined ? value : { headers: given, body: JSON.parse(text) };
  return [...found, ...checks.response(operation, response, content, sent, text?.length ?? 0)];
}

/** Sends an answer. Its `source` is read no faster than the caller takes it, and no further once the caller is gone. */
export async function send(
  exchange: Exchange,
  { status, headers, response, content, type, body, text }: Settled,
  source: Source,
): Promise<void> {
  const { response: to, request } = exchange;
  to.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const declared = response?.headers.find((one) => one.name.toLowerCase() === name.toLowerCase());
    to.setHeader(name, encodeHeader({ name, explode: declared?.object.explode === true }, value));
  }
  if (body === undefined) {
    to.end();
    return;
  }
  if (type !== undefined) to.setHeader('Content-Type', withCharset(type));
  const whole = text ?? wholeOf(content, body);
  if (whole !== undefined) {
    to.setHeader('Content-Length', Buffer.byteLength(whole));
    to.end(whole);
    return;
  }
  if (isBlob(body) && !isChunks(body)) to.setHeader('Content-Length', body.size);
  if (content?.kind === 'events') to.setHeader('Cache-Control', 'no-cache');
  if (exchange.method === 'HEAD') {
    to.end();
    return;
  }
  request.socket.setNoDelay(true);
  await pump(exchange, content, source);
}

function wholeOf(content: MediaType | undefined, body: unknown): string | Uint8Array | undefined {
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (isIterable(body) || isBlob(body)) return undefined;
  if (content?.kind === 'form') return encodeForm(content, body);
  if (content?.kind === 'json-lines' && Array.isArray(body))
    return body.map((item) => `${JSON.stringify(item)}\n`).join('');
  return typeof body === 'object' ? JSON.stringify(body) : String(body);
}

async function pump(
  { response, signal }: Exchange,
  content: MediaType | undefined,
  source: Pick<Source, 'next'>,
): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  response.flushHeaders();
  try {
    while (!signal.aborted) {
      // A source that waits must not outlive its caller.
      const next = await Promise.race([source.next(), gone]);
      if (next === undefined || next.done) break;
      const isFull = !response.write(chunkOf(content, next.value));
      if (isFull && !signal.aborted) await Promise.race([once(response, 'drain'), gone]);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (!signal.aborted) response.end();
}

function chunkOf(content: MediaType | undefined, item: unknown): string | Uint8Array {
  if (item instanceof Uint8Array) return item;
  if (content?.kind === 'events') return eventText(item);
  if (content?.kind === 'json-lines') return lineText(content, item);
  return typeof item === 'string' ? item : `${JSON.stringify(item)}\n`;
}

const lineText = ({ type }: MediaType, item: unknown): string =>
  `${type.endsWith('json-seq') ? '\x1e' : ''}${JSON.stringify(item)}\n`;

/** An event (HTML, 9.2). Text is sent as it is, one `data:` for each of its lines; other data as JSON. */
export function eventText(item: unknown): string {
  const { data, event, id, retry } = item instanceof ServerSentEvent ? item : new ServerSentEvent(item);
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const oneLine = (value: string) => value.replaceAll(/[\r\n\0]/g, ' ');
  const fields = [
    ...(event === undefined ? [] : [`event: ${oneLine(event)}`]),
    ...(id === undefined ? [] : [`id: ${oneLine(id)}`]),
    ...(retry === undefined ? [] : [`retry: ${retry}`]),
    ...(text === undefined ? [] : text.split(/\r\n|[\r\n]/).map((line) => `data: ${line}`)),
  ];
  return `${fields.join('\n')}\n\n`;
}
