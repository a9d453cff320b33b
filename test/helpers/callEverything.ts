import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isFile } from '../../pipeline/document/files.ts';
import { encodeForm } from '../../pipeline/document/formBody.ts';
import type { MediaType } from '../../pipeline/document/mediaTypes.ts';
import { type Operation, operationsOf } from '../../pipeline/document/operations.ts';
import { encode } from '../../pipeline/document/styles.ts';
import type { Document } from '../../pipeline/document/types.ts';
import { createApp, mockHandlers, type Protocol } from '../../pipeline/express/index.ts';
import { exampleOf, ownExample } from '../../pipeline/express/mock/example.ts';

/** A served document that was called at each operation. */
export interface CallsMade {
  readonly operations: number;
  /** By status, over good and bad requests. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Operations whose good request was refused: the document's examples break its own schemas, or none could be made. */
  readonly refused: readonly string[];
  /** Answers that were a 500, or broke the document. */
  readonly faults: readonly string[];
}

/** Serves a document by its mock and sends each operation a request made of its schemas, and two that break them. */
export async function callEverything(document: Document, protocol?: Protocol): Promise<CallsMade> {
  const faults: string[] = [];
  const line = (_fields: object, message: string) => {
    if (/breaks the contract|unexpected error/.test(message)) faults.push(message.slice(0, 400));
  };
  const security = Object.fromEntries(
    Object.keys(document.components?.securitySchemes ?? {}).map((name) => [name, () => ({})]),
  );
  const app = createApp<object>({
    document,
    handlers: mockHandlers(document),
    security,
    log: { info() {}, warn: line, error: line },
    ...(protocol && { protocol }),
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const statuses: Record<string, number> = {};
  const refused: string[] = [];
  const operations = operationsOf(document);
  for (const operation of operations) {
    const made = requestOf(document, operation);
    const headers = { ...made.headers, ...credentials(document) };
    const good = await send(port, { ...made, headers });
    const typed = { ...headers, ...(made.type !== undefined && { 'content-type': made.type }) };
    const bad = [
      await send(port, { ...made, headers, path: `${made.path}${made.path.includes('?') ? '&' : '?'}no-such=%ff` }),
      ...(operation.body ? [await send(port, { ...made, headers: typed, body: '{"a":[1,{"b":"\\u0000"}]' })] : []),
    ];
    for (const status of [good, ...bad].map(({ status }) => status)) statuses[status] = (statuses[status] ?? 0) + 1;
    if (
      good.status >= 400 &&
      !operation.responses.some((one) => one.status === String(good.status) && operation.responses.length === 1)
    ) {
      refused.push(`${operation.method} ${operation.path} ${good.status} ${good.text.slice(0, 300)}`);
    }
    for (const one of [good, ...bad]) {
      if (one.status === 500 || one.status === 0)
        faults.push(`${operation.method} ${operation.path}: ${one.status} ${one.text.slice(0, 200)}`);
    }
  }
  server.close();
  server.closeAllConnections();
  return { operations: operations.length, statuses, refused, faults };
}

interface Made {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly type?: string;
  readonly body?: string | Uint8Array;
}

function requestOf(document: Document, operation: Operation): Made {
  const sample = (one: Operation['parameters'][number]): unknown => {
    const own = ownExample(document, one.object as unknown as Record<string, unknown>);
    return own.found ? own.value : exampleOf(document, one.schema ?? one.content?.schema ?? {}, 'request');
  };
  let path = operation.path;
  const query: string[] = [];
  const headers: Record<string, string> = {};
  for (const parameter of operation.parameters) {
    if (!parameter.required) continue;
    const text = attempt(() => encode(parameter, sample(parameter))) ?? '';
    if (parameter.in === 'path') path = path.replaceAll(`{${parameter.name}}`, text || 'x');
    else if (parameter.in === 'header') headers[parameter.name] = text;
    else if (parameter.in === 'cookie') headers.cookie = text;
    else query.push(text);
  }
  path = path.replaceAll(/\{[^}]*\}/g, 'x').replaceAll(/[^!-~]/gu, encodeURIComponent);
  const content = operation.body?.contents[0];
  const target = query.length > 0 ? `${path.replaceAll('#', '%23')}?${query.join('&')}` : path;
  if (content === undefined) return { method: operation.method, path: target, headers };
  const { type, body } = bodyOf(document, content);
  return { method: operation.method, path: target, headers: { ...headers, 'content-type': type }, type, body };
}

function bodyOf(document: Document, content: MediaType): { type: string; body: string | Uint8Array } {
  const own = ownExample(document, content.object as Record<string, unknown>);
  const value = own.found ? own.value : exampleOf(document, content.schema ?? content.itemSchema ?? {}, 'request');
  const name = content.name.includes('*')
    ? content.kind === 'json'
      ? 'application/json'
      : 'application/octet-stream'
    : content.name;
  switch (content.kind) {
    case 'json':
      return { type: name, body: JSON.stringify(value ?? null) };
    case 'form':
      return { type: name, body: attempt(() => encodeForm(content, value)) ?? '' };
    case 'json-lines':
      return { type: name, body: `${JSON.stringify(value ?? {})}\n` };
    case 'multipart': {
      const parts = Object.entries((value ?? {}) as object).flatMap(([member, one]) =>
        (Array.isArray(one) ? one : [one]).map((item) => {
          const file =
            content.schema && isFile(document, content.schema, member, content.encoding) ? '; filename="a.bin"' : '';
          const accepted = content.encoding?.[member]?.contentType?.split(',')[0]?.replace('*', 'x');
          const of = typeof item === 'object' ? 'application/json' : (accepted ?? 'text/plain');
          return `--b\r\nContent-Disposition: form-data; name="${member}"${file}\r\nContent-Type: ${of}\r\n\r\n${typeof item === 'object' ? JSON.stringify(item) : item}\r\n`;
        }),
      );
      return { type: 'multipart/form-data; boundary=b', body: `${parts.join('')}--b--\r\n` };
    }
    default:
      return { type: name, body: typeof value === 'string' ? value : 'text' };
  }
}

function credentials(document: Document): Record<string, string> {
  const headers: Record<string, string> = { authorization: 'Bearer a' };
  for (const scheme of Object.values(document.components?.securitySchemes ?? {})) {
    const {
      type,
      in: place,
      name = '',
      scheme: word,
    } = scheme as { type?: string; in?: string; name?: string; scheme?: string };
    if (type === 'apiKey' && place === 'header') headers[name.toLowerCase()] ??= 'key';
    if (type === 'http' && word?.toLowerCase() === 'basic')
      headers.authorization = `Basic ${Buffer.from('a:b').toString('base64')}`;
  }
  return headers;
}

function send(port: number, { method, path, headers, body }: Made): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve({ status: 0, text: error.message });
    try {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const sending = request({ port, method, path, headers: { ...headers, ...length } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', failed);
      });
      sending.on('error', failed);
      sending.end(body);
    } catch (error) {
      failed(error as Error);
    }
  });
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
