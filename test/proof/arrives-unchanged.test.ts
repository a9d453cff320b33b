import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeForm } from '../../pipeline/document/formBody.ts';
import { operationsOf } from '../../pipeline/document/operations.ts';
import { encode, StyleError } from '../../pipeline/document/styles.ts';
import type { Document } from '../../pipeline/document/types.ts';
import { answer, createApp } from '../../pipeline/express/index.ts';

const DOCUMENTS = 200;
const VALUES = 8;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** A schema, and values that it allows. */
interface Typed {
  readonly schema: object;
  readonly values: fc.Arbitrary<unknown>;
}

const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      '',
      'a,b',
      'a b',
      'a+b',
      'a&b=c',
      '100%',
      '[x]',
      'é😀',
      '.',
      '..',
      '/',
      '?#',
      '|',
      'true',
      '7',
      'null',
      '{"a":1}',
      "!*'();:@$",
    ),
  )
  .filter((one) => !one.includes('\0'));
const scalar: fc.Arbitrary<Typed> = fc.constantFrom<Typed>(
  { schema: { type: 'string' }, values: text },
  { schema: { type: 'integer' }, values: fc.integer() },
  {
    schema: { type: 'number' },
    values: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0)),
  },
  { schema: { type: 'boolean' }, values: fc.boolean() },
  { schema: { type: 'string', enum: ['', 'a', 'b c', 'd,e'] }, values: fc.constantFrom('', 'a', 'b c', 'd,e') },
);
const list = (of: fc.Arbitrary<Typed>): fc.Arbitrary<Typed> =>
  of.map(({ schema, values }) => ({
    schema: { type: 'array', items: schema },
    values: fc.array(values, { minLength: 1, maxLength: 4 }),
  }));
const object = (of: fc.Arbitrary<Typed>, prefix: string): fc.Arbitrary<Typed> =>
  fc.array(of, { minLength: 1, maxLength: 3 }).map((members) => ({
    schema: {
      type: 'object',
      properties: Object.fromEntries(members.map(({ schema }, index) => [`${prefix}${index}`, schema])),
    },
    values: fc
      .record(Object.fromEntries(members.map(({ values }, index) => [`${prefix}${index}`, values])), {
        requiredKeys: [],
      })
      .filter((made) => Object.keys(made).length > 0),
  }));
const json = (depth: number): fc.Arbitrary<Typed> =>
  depth === 0
    ? scalar
    : fc.oneof(
        scalar,
        list(json(depth - 1)),
        object(json(depth - 1), 'm'),
        fc.constant<Typed>({
          schema: { type: 'object' },
          values: fc.dictionary(fc.string(), fc.jsonValue().map(asJson)).filter(isSound),
        }),
      );

/** JSON has no -0. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const isSound = (value: unknown): boolean =>
  !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value)) && !JSON.stringify(value).includes('__proto__');

interface Place {
  readonly in: string;
  readonly style?: string;
  readonly explode?: boolean;
}

function parameter(index: number): fc.Arbitrary<{ readonly object: object; readonly typed: Typed }> {
  const name = fc.constantFrom('p', 'p-q', 'p.q', 'P_q', 'é', 'p[]').map((base) => `${base}${index}`);
  const any = fc.oneof(scalar, list(scalar), object(scalar, `o${index}_`));
  const styled = (places: Place[], of: fc.Arbitrary<Typed>) => fc.tuple(fc.constantFrom(...places), of);
  const kinds = fc.oneof(
    styled(
      ['simple', 'label', 'matrix'].flatMap((style) =>
        [true, false].map((explode) => ({ in: 'path', style, explode })),
      ),
      any,
    ),
    styled([{ in: 'query' }, { in: 'query', explode: false }], any),
    styled(
      [
        { in: 'query', style: 'pipeDelimited', explode: false },
        { in: 'query', style: 'spaceDelimited', explode: false },
      ],
      list(scalar),
    ),
    styled([{ in: 'query', style: 'deepObject' }], object(fc.oneof(scalar, list(scalar), object(scalar, 'n')), 'd')),
    styled([{ in: 'header' }, { in: 'header', explode: true }], any),
    styled([{ in: 'cookie', explode: false }], any),
  );
  return fc.tuple(name, kinds).map(([given, [place, typed]]) => {
    const isToken = place.in === 'header' || place.in === 'cookie';
    const own = isToken || place.in === 'path' ? given.replaceAll(/[^\w-]/g, 'x') : given;
    return { object: { name: own, ...place, required: place.in === 'path', schema: typed.schema }, typed };
  });
}

const body = fc.oneof(
  object(json(2), 'b').map((typed) => ({ type: 'application/json', typed })),
  object(fc.oneof(scalar, list(scalar)), 'b').map((typed) => ({ type: 'application/x-www-form-urlencoded', typed })),
  fc.constant({ type: 'text/plain', typed: { schema: { type: 'string' }, values: text } }),
);

const documents = fc.tuple(parameter(1), parameter(2), parameter(3), fc.option(body)).map(([a, b, c, sent]) => {
  const parameters = [a, b, c];
  const path = `/x${parameters
    .map(({ object }) => object as { name: string; in: string })
    .filter((one) => one.in === 'path')
    .map(({ name }) => `/{${name}}`)
    .join('')}`;
  return { parameters, sent, path };
});

it(`what its types allow arrives unchanged in the handler, and back, for ${DOCUMENTS} documents (SEED=${SEED})`, async () => {
  let sent = 0;
  let unsendable = 0;
  for (const [index, made] of fc.sample(documents, { numRuns: DOCUMENTS, seed: SEED }).entries()) {
    const schema = made.sent?.typed.schema ?? {};
    const operation = {
      operationId: 'op',
      parameters: made.parameters.map(({ object }) => object),
      ...(made.sent && { requestBody: { required: true, content: { [made.sent.type]: { schema } } } }),
      responses: {
        200: {
          description: 'ok',
          headers: { 'X-List': { schema: { type: 'array', items: { type: 'integer' } } } },
          content: { 'application/json': { schema: { type: 'object' } } },
        },
      },
    };
    const document = {
      openapi: '3.0.3',
      info: { title: 'T', version: '1' },
      paths: { [made.path]: { post: operation } },
    } as unknown as Document;
    let input: Record<string, unknown> = {};
    const handler = async (given: Record<string, unknown>) => {
      input = given;
      return answer(200, { ...given, back: true }, { headers: { 'X-List': [1, 2] } });
    };
    const app = createApp<object>({
      document,
      handlers: { op: handler as never },
      onInvalidResponse: 'throw',
      log: silent,
    });
    const server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const [found] = operationsOf(document);
    const valuesOf = fc.tuple(
      ...made.parameters.map(({ typed }) => typed.values),
      made.sent?.typed.values ?? fc.constant(undefined),
    );
    for (const values of fc.sample(valuesOf, { numRuns: VALUES, seed: SEED + index })) {
      const expected: Record<string, unknown> = {};
      let path = made.path;
      const query: string[] = [];
      const cookies: string[] = [];
      const headers: Record<string, string> = {};
      try {
        for (const [at, one] of (found?.parameters ?? []).entries()) {
          const written = encode(one, values[at]);
          if (one.in === 'path' && written === '') throw new StyleError('An empty segment is another path.');
          expected[one.name] = values[at];
          if (one.in === 'path') path = path.replace(`{${one.name}}`, () => written);
          else if (one.in === 'header') headers[one.name] = written;
          else if (one.in === 'cookie') cookies.push(written);
          else query.push(written);
        }
      } catch (error) {
        if (!(error instanceof StyleError)) throw error;
        unsendable += 1;
        continue;
      }
      const value = values.at(-1);
      let bytes: string | undefined;
      if (made.sent?.type === 'application/json') bytes = JSON.stringify(value);
      else if (made.sent?.type === 'text/plain') bytes = String(value);
      else if (made.sent) bytes = encodeForm({}, value);
      if (made.sent?.type === 'text/plain') expected.body = value;
      else if (made.sent) Object.assign(expected, value);
      if (made.sent) headers['content-type'] = made.sent.type;
      if (cookies.length > 0) headers.cookie = cookies.join('; ');
      const target = query.length > 0 ? `${path}?${query.join('&')}` : path;
      const got = await send(port, target, headers, bytes);
      const about = `SEED=${SEED} document ${index}: ${JSON.stringify(operation.parameters)} ${JSON.stringify(schema)} ${target} ${JSON.stringify(headers)} ${bytes}`;
      expect(got.status, `${about}\n${got.text}`).toBe(200);
      expect(input, about).toEqual(expected);
      expect(JSON.parse(got.text), about).toEqual({ ...JSON.parse(JSON.stringify(expected)), back: true });
      expect(got.list).toBe('1,2');
      sent += 1;
    }
    server.close();
    server.closeAllConnections();
  }
  console.log(`${sent} requests arrived unchanged, ${unsendable} can't be written in their style; SEED=${SEED}`);
  expect(sent).toBeGreaterThan(DOCUMENTS);
});

const silent = { info() {}, warn() {}, error() {} };

function send(
  port: number,
  path: string,
  headers: Record<string, string>,
  body: string | undefined,
): Promise<{ status: number; text: string; list: unknown }> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sending = request({ port, method: 'POST', path, headers: { ...headers, ...length } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, list: response.headers['x-list'] }));
    });
    sending.on('error', reject);
    // Bytes: with a string, node:http would write the headers in its encoding too, UTF-8 in place of Latin-1.
    sending.end(body === undefined ? undefined : Buffer.from(body));
  });
}
