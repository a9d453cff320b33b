import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isFile } from '../../pipeline/document/files.ts';
import { encodeForm } from '../../pipeline/document/formBody.ts';
import type { MediaType } from '../../pipeline/document/mediaTypes.ts';
import { type Operation, operationsOf } from '../../pipeline/document/operations.ts';
import { resolve } from '../../pipeline/document/references.ts';
import { encode } from '../../pipeline/document/styles.ts';
import { hiddenIn } from '../../pipeline/document/templates.ts';
import type { Document, SecurityScheme } from '../../pipeline/document/types.ts';
import { createApp, mockHandlers, type Protocol } from '../../pipeline/express/index.ts';
import { Examples, ownExamples } from '../../pipeline/express/mock/example.ts';
import { Checks } from '../../pipeline/express/validate/checks.ts';

/** A served document that was called at each operation. */
export interface CallsMade {
  readonly operations: number;
  /** By status, over good and bad requests. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Answers that were asked for by their status. */
  readonly answers: number;
  /** Operations whose good request was refused. */
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
  // Making a request can hold this process, and so both sides, for longer than the usual 5 s.
  server.keepAliveTimeout = 65_000;
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const statuses: Record<string, number> = {};
  const refused: string[] = [];
  const all = operationsOf(document);
  const hidden = hiddenIn(all);
  const operations = all.filter((one) => !hidden.has(one));
  const requests = new Requests(document);
  let answers = 0;
  for (const operation of operations) {
    const made = requests.of(operation);
    const good = await send(port, made);
    const bad = await Promise.all(spoilt(operation, made).map((one) => send(port, one)));
    for (const { status } of [good, ...bad]) statuses[status] = (statuses[status] ?? 0) + 1;
    const name = `${operation.method} ${operation.path}`;
    if (good.status >= 400 && !isOnlyRefusal(operation, good.status)) {
      refused.push(`${name} ${good.status} ${good.text.slice(0, 300)}`);
      continue;
    }
    for (const { status, text } of [good, ...bad]) {
      if (status === 500 || status === 0) faults.push(`${name}: ${status} ${text.slice(0, 200)}`);
    }
    for (const code of codesOf(operation)) {
      answers += 1;
      const { status, text } = await send(port, { ...made, headers: { ...made.headers, prefer: `code=${code}` } });
      if (status !== code) faults.push(`${name}: ${status} in place of ${code} ${text.slice(0, 200)}`);
    }
  }
  server.close();
  server.closeAllConnections();
  return { operations: operations.length, answers, statuses, refused, faults };
}

interface Made {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly type?: string;
  readonly body?: string | Uint8Array;
}

/** Requests that no document allows. */
const spoilt = (operation: Operation, made: Made): Made[] => [
  { ...made, path: `${made.path}${made.path.includes('?') ? '&' : '?'}no-such=%ff` },
  ...(operation.body === undefined ? [] : [{ ...made, body: '{"a":[1,{"b":"\\u0000"}]' }]),
];

/** Whether a mock has no other answer. */
const isOnlyRefusal = ({ responses }: Operation, status: number): boolean =>
  responses.every((one) => /^[1456]/.test(one.status)) && responses.some((one) => one.status === String(status));

/** The statuses that an operation documents: one of each range, and one that it does not name for its default. */
const codesOf = ({ responses }: Operation): number[] => {
  const named = responses.map(({ status }) => (status === 'default' ? 418 : Number(status.replace('XX', '00'))));
  return [...new Set(named)].filter((code) => code >= 200);
};

class Requests {
  readonly #document: Document;
  readonly #examples: Examples;

  constructor(document: Document) {
    this.#document = document;
    this.#examples = new Examples(document, new Checks(document, () => {}), 'request');
  }

  /** A request that the document allows: of its own examples where they fit, else of its schemas. */
  of(operation: Operation): Made {
    const { headers, cookies, query } = this.#credentials(operation);
    let path = operation.path.replace(/#.*$/s, '');
    for (const parameter of operation.parameters) {
      if (!parameter.required) continue;
      const own = ownExamples(this.#document, parameter.object as unknown as Record<string, unknown>);
      const { value } = this.#examples.of(parameter.schema ?? parameter.content?.schema ?? {}, own);
      const text = attempt(() => encode(parameter, value)) ?? '';
      if (parameter.in === 'path') path = path.replaceAll(`{${parameter.name}}`, text || 'x');
      else if (parameter.in === 'header') headers[parameter.name] = text;
      else if (parameter.in === 'cookie') cookies.push(text);
      else query.push(text);
    }
    if (cookies.length > 0) headers.cookie = cookies.join('; ');
    path = path.replaceAll(/\{[^}]*\}/g, 'x').replaceAll(/[^!-~]/gu, encodeURIComponent);
    const content = operation.body?.contents[0];
    const target = [path, ...(query.length > 0 ? [query.join('&')] : [])].join(path.includes('?') ? '&' : '?');
    if (content === undefined) return { method: operation.method, path: target, headers };
    const { type, body } = this.#body(content);
    return { method: operation.method, path: target, headers: { ...headers, 'content-type': type }, type, body };
  }

  #body(content: MediaType): { type: string; body: string | Uint8Array } {
    const own = ownExamples(this.#document, content.object as Record<string, unknown>);
    const { value } = this.#examples.of(content.schema ?? content.itemSchema ?? {}, own);
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
      case 'multipart':
        return this.#multipart(content, value);
      default:
        return { type: name, body: typeof value === 'string' ? value : 'text' };
    }
  }

  #multipart(content: MediaType, value: unknown): { type: string; body: string } {
    const parts = Object.entries((value ?? {}) as object).flatMap(([member, one]) =>
      (Array.isArray(one) ? one : [one]).map((item) => {
        const isPartFile = content.schema && isFile(this.#document, content.schema, member, content.encoding);
        const file = isPartFile ? '; filename="a.bin"' : '';
        const accepted = content.encoding?.[member]?.contentType?.split(',')[0]?.replace('*', 'x');
        const of = typeof item === 'object' ? 'application/json' : (accepted ?? 'text/plain');
        const text = typeof item === 'object' ? JSON.stringify(item) : item;
        return `--b\r\nContent-Disposition: form-data; name="${member}"${file}\r\nContent-Type: ${of}\r\n\r\n${text}\r\n`;
      }),
    );
    return { type: 'multipart/form-data; boundary=b', body: `${parts.join('')}--b--\r\n` };
  }

  /** Credentials for the first security requirement that needs any. */
  #credentials({ security, parameters }: Operation): {
    headers: Record<string, string>;
    cookies: string[];
    query: string[];
  } {
    const headers: Record<string, string> = {};
    const [cookies, query]: [string[], string[]] = [[], []];
    for (const name of Object.keys(security[0] ?? {})) {
      const node = this.#document.components?.securitySchemes?.[name];
      const scheme = node && resolve<SecurityScheme>(this.#document, node);
      if (scheme === undefined) continue;
      const { in: place, name: key = '' } = scheme;
      if (scheme.type !== 'apiKey') {
        const word = (scheme.type === 'http' && scheme.scheme) || 'Bearer';
        const isBasic = word.toLowerCase() === 'basic';
        headers.authorization = `${word} ${isBasic ? Buffer.from('a:b').toString('base64') : 'a'}`;
      } else if (place === 'header') headers[key.toLowerCase()] = 'key';
      else if (place === 'cookie') cookies.push(`${key}=key`);
      // Some documents declare a key as a parameter, too.
      else if (!parameters.some((one) => one.in === 'query' && one.name === key))
        query.push(`${encodeURIComponent(key)}=key`);
    }
    return { headers, cookies, query };
  }
}

function send(port: number, { method, path, headers, body }: Made): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve({ status: 0, text: error.message });
    try {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      // A connection may time out while a value is made in this very process.
      const sending = request({ agent: false, port, method, path, headers: { ...headers, ...length } }, (response) => {
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
