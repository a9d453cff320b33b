import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import document from '../../generated/openapi.json' with { type: 'json' };

/** The bytes of a request, and whether to stop in the middle of them and wait to be cut off. */
export interface Malformed {
  readonly bytes: Buffer;
  readonly unfinished: boolean;
}

type Examples = Record<string, { value: unknown }>;
const requests = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item as Record<string, { requestBody?: { content: Record<string, { examples: Examples }> } }>)
    .filter(([method]) => method !== 'parameters' && method !== 'options')
    .map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      bodies: Object.values(operation.requestBody?.content['application/json']?.examples ?? {}).map(
        ({ value }) => value,
      ),
    })),
);

const weird = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(null, '', 0, -1, 1e308, true, [], {}, '\ud800', '\u0000', '__proto__', '{####}', 'x'.repeat(5000)),
  fc.constantFrom({ __proto__: null, constructor: { prototype: { polluted: 1 } } }, [[[[[]]]]], {
    a: { b: { c: {} } },
  }),
);

/** A valid body with one place changed, added or removed; or any JSON. */
const body = fc
  .tuple(fc.constantFrom(...requests), fc.nat(), fc.nat(), weird, fc.constantFrom('replace', 'add', 'remove', 'any'))
  .map(([{ bodies }, which, where, value, how]) => {
    if (how === 'any' || bodies.length === 0) return value;
    const copy = structuredClone(bodies[which % bodies.length]);
    const places: [holder: Record<string, unknown>, name: string][] = [];
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const name of Object.keys(node)) {
        places.push([node as Record<string, unknown>, name]);
        visit((node as Record<string, unknown>)[name]);
      }
    };
    visit(copy);
    const [holder, name] = places[where % Math.max(places.length, 1)] ?? [copy as Record<string, unknown>, 'x'];
    if (how === 'remove') delete holder[name];
    else if (how === 'add') holder[`${name}x`] = value;
    else holder[name] = value;
    return copy;
  });

const depth = (open: string, close: string, count: number) => open.repeat(count) + close.repeat(count);
const text = fc.oneof(
  { weight: 6, arbitrary: body.map((value) => Buffer.from(JSON.stringify(value) ?? '')) },
  { weight: 1, arbitrary: body.map((value) => Buffer.from((JSON.stringify(value) ?? '').slice(0, -3))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        depth('[', ']', 50_000),
        depth('{"a":', '', 50_000),
        `{"resourceName":"a","resourceConfig":{"authResources":"USER_POOL_ONLY","service":"COGNITO","userPoolConfigs":{"mfa":{"settings":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}}}}`,
        '{"__proto__":{"polluted":true},"resourceName":"auth"}',
        '{"resourceName":"a","resourceName":"b"}',
        '1e999',
        '\ufeff{}',
        `[${'1,'.repeat(20_000)}1]`,
      )
      .map((text) => Buffer.from(text)),
  },
);

const label = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('d1', 'staging', '%20', 'caf%C3%A9') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).map(safely) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('.', '..', '%', '%00', '%2e%2e', '%2F', '', '%ff%fe', 'x'.repeat(3000)),
  },
);
const path = fc
  .tuple(
    fc.constantFrom(...requests),
    fc.array(label, { minLength: 3, maxLength: 3 }),
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('', '/prod') },
      { weight: 1, arbitrary: fc.constantFrom('/prod/', '//', '?a=1', '?__proto__[x]=1', '/..', '#x') },
    ),
  )
  .map(([request, values, extra]) => {
    let index = 0;
    const filled = request.path.replaceAll(/\{\w+\}/g, () => values[index++] ?? 'x');
    return { method: request.method, target: extra.startsWith('/') ? `${extra}${filled}` : `${filled}${extra}` };
  });
function safely(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}

const method = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom('GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'TRACE', 'OPTIONS', 'BREW') },
);
const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    'text/plain',
    '',
    'application/json; charset=utf-16',
    'multipart/form-data; boundary=x',
    'application/json;',
    ';',
    'a/b/c',
  ),
  fc
    .string({ unit: 'binary-ascii', maxLength: 30 })
    .map((value) => `application/json; x="${value.replaceAll(/[^ -~]|"/g, '')}"`),
);
const headers = fc.array(
  fc.constantFrom(
    'Expect: 100-continue',
    'Content-Encoding: gzip',
    'Content-Encoding: br',
    'Content-Encoding: nonsense',
    'Origin: http://localhost',
    'Authorization: AWS4-HMAC-SHA256 Credential=',
    'amz-sdk-invocation-id: x',
    `X-Long: ${'y'.repeat(9000)}`,
    'Accept: text/html',
    'X-Forwarded-For: 1.2.3.4',
    'Upgrade: websocket',
    'Cookie: a=b',
    'If-None-Match: *',
    'Range: bytes=0-1',
  ),
  { maxLength: 3 },
);
const length = fc.constantFrom(
  'right',
  'right',
  'right',
  'right',
  'short',
  'long',
  'none',
  'chunked',
  'chunked-garbage',
  'both',
);

/** Requests that no client of good will sends: paths, methods, headers, encodings, lengths and bodies. */
export const malformed: fc.Arbitrary<Malformed> = fc
  .tuple(path, method, contentType, headers, text, length, fc.boolean())
  .map(([{ method: usual, target }, other, type, more, plain, length, pack]) => {
    const body = pack && more.includes('Content-Encoding: gzip') ? gzipSync(plain) : plain;
    const lines = [
      `${other ?? usual} ${target} HTTP/1.1`,
      'Host: localhost',
      'Connection: close',
      `Content-Type: ${type}`,
      ...more,
    ];
    const chunk = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
    if (length === 'right' || length === 'both') lines.push(`Content-Length: ${body.length}`);
    if (length === 'short') lines.push(`Content-Length: ${Math.max(0, body.length - 2)}`);
    if (length === 'long') lines.push(`Content-Length: ${body.length + 10}`);
    if (length === 'chunked' || length === 'chunked-garbage' || length === 'both')
      lines.push('Transfer-Encoding: chunked');
    const sent = length === 'chunked' ? chunk : body;
    return {
      bytes: Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), sent]),
      unfinished: ['long', 'chunked-garbage', 'both'].includes(length),
    };
  });

/** The answer, or '' where the connection was closed without one. */
export function exchange(url: string, { bytes, unfinished }: Malformed): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket: Socket = connect(Number(port), hostname, () => {
      socket.write(bytes);
      // As a client that loses its connection in the middle.
      if (unfinished) setTimeout(() => socket.destroy(), 25);
    });
    socket.setTimeout(15_000, () => socket.destroy(new Error('hung')));
    socket.on('data', (data) => {
      answer += data.toString('latin1');
    });
    let hung = false;
    socket.on('error', (error) => {
      hung = error.message === 'hung';
    });
    socket.on('close', () => resolve(hung ? 'HUNG' : answer));
  });
}
