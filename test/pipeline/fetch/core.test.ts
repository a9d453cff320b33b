import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import {
  basic,
  blob,
  byCursor,
  byLink,
  byOffset,
  byType,
  createApiClient,
  createRawClient,
  form,
  http,
  jsonEvents,
  jsonLines,
  keyInCookie,
  keyInHeader,
  keyInQuery,
  lines,
  listOf,
  multipart,
  type Operation,
  pathStyle,
  queryStyle,
  secured,
  textEvents,
  text as textOf,
  whole,
} from '../../../pipeline/fetch/index.ts';
import { answering } from '../../helpers/answering.ts';

interface Seen {
  method?: string | undefined;
  url?: string | undefined;
  headers: Record<string, unknown>;
  body: string;
}

/** A server that keeps each request and answers it with its parts as JSON, or as the function says. */
async function echo(answer?: (seen: Seen, number: number) => [number, Record<string, string | undefined>, string]) {
  const seen: Seen[] = [];
  const url = await answering(async (request, response, number) => {
    const { method, url, headers } = request;
    const one = { method, url, headers, body: await text(request) };
    seen.push(one);
    const [status, fields, body] = answer?.(one, number) ?? [200, {}, JSON.stringify(one)];
    response.writeHead(status, JSON.parse(JSON.stringify(fields))).end(body);
  });
  return { seen, url };
}

// biome-ignore lint/suspicious/noExplicitAny: the types have a test of their own
type Any = any;
const operation = (details: Partial<Operation>): Operation<Any, Any> => ({ method: 'POST', path: '/x', ...details });
const clientOf = (details: Partial<Operation>, baseUrl: string, options: object = {}): Any =>
  createApiClient({ Op: operation(details) }, { baseUrl, ...options });

describe('a parameter', () => {
  test('is written into its place in the usual style', async () => {
    const { seen, url } = await echo();
    const details = {
      path: '/a/{id}',
      query: ['q', 'a b'],
      header: ['X-A'],
      cookie: ['c', 'd'],
      body: 'members' as const,
    };
    await clientOf(details, url).op({ id: 'é/?', q: [1, 'b&c'], 'a b': true, 'X-A': 7, c: 'x;y', d: 2, rest: null });
    expect(seen[0]).toMatchObject({
      url: '/a/%C3%A9%2F%3F?q=1&q=b%26c&a%20b=true',
      headers: { 'x-a': '7', cookie: 'c=x%3By; d=2' },
      body: '{"rest":null}',
    });
  });

  test('is written in the style that the document gives it', async () => {
    const { seen, url } = await echo();
    const styles = {
      id: pathStyle({ name: 'id', style: 'matrix', explode: true }),
      ids: queryStyle({ name: 'ids', style: 'form', explode: false }),
      filter: queryStyle({ name: 'filter', style: 'deepObject', explode: true }),
    };
    const client = clientOf({ method: 'GET', path: '/a{id}', query: ['ids', 'filter'], styles }, url);
    await client.op({ id: ['x', 'y'], ids: [1, 2], filter: { a: { b: 1 } } });
    expect(decodeURIComponent(seen[0]?.url ?? '')).toBe('/a;id=x;id=y?ids=1,2&filter[a][b]=1');
    await expect(client.op({ id: [], ids: [] })).rejects.toThrow("Path parameter id can't be []");
  });
});

describe('a body', () => {
  test('is a form, a text, bytes or JSON lines where the document says so', async () => {
    const { seen, url } = await echo();
    const type = 'application/x-www-form-urlencoded';
    await clientOf({ body: 'members', type, write: form({ tags: { explode: false } }) }, url).op({
      a: 'b c',
      tags: [1, 2],
    });
    await clientOf({ body: 'value', type: 'text/plain', write: whole }, url).op({ body: 'é' });
    await clientOf({ body: 'value', type: 'image/png', write: whole }, url).op({ body: new Uint8Array([65, 66]) });
    await clientOf({ body: 'value', type: 'application/jsonl', write: lines }, url).op({ body: [{ a: 1 }, 2] });
    expect(seen.map(({ headers, body }) => [headers['content-type'], body])).toEqual([
      [type, 'a=b%20c&tags=1,2'],
      ['text/plain', 'é'],
      ['image/png', 'AB'],
      ['application/jsonl', '{"a":1}\n2\n'],
    ]);
  });

  test('is streamed, and not sent twice', async () => {
    const { seen, url } = await echo(() => [503, {}, '{}']);
    async function* chunks() {
      yield new TextEncoder().encode('one ');
      yield new TextEncoder().encode('two');
    }
    const call = clientOf({ body: 'value', type: 'text/plain', write: whole }, url).op({ body: chunks() });
    await expect(call).rejects.toMatchObject({ status: 503 });
    expect(seen).toMatchObject([{ body: 'one two', headers: { 'transfer-encoding': 'chunked' } }]);
  });

  test.each(['known', 'streamed'])(
    'has parts: files of every kind, lists, objects and texts; its length is %s',
    async (how) => {
      let received: FormData | undefined;
      const url = await answering(async (request, response) => {
        received = await new Response(Buffer.from(await text(request), 'utf8'), {
          headers: { 'content-type': `${request.headers['content-type']}` },
        }).formData();
        response.end('{}');
      });
      const file = new File(['hello'], 'a "b".txt', { type: 'text/plain' });
      const stream = { name: 's.bin', type: 'application/x-s', stream: () => new Blob(['streamed']).stream() };
      await clientOf(
        { body: 'members', type: 'multipart/form-data', write: multipart({ note: 'text/markdown' }) },
        url,
      ).op({
        title: 'é',
        count: 3,
        note: '# hi',
        tags: ['a', 'b'],
        meta: { a: [1] },
        file,
        more: [new Uint8Array([72, 105]), ...(how === 'streamed' ? [stream] : [])],
        none: undefined,
      });
      const fields: Record<string, unknown> = {};
      for (const [name, value] of received ?? []) {
        const shown = typeof value === 'string' ? value : [value.name, value.type, await value.text()];
        fields[name] = name in fields ? [fields[name], shown] : shown;
      }
      const bytes = ['file', 'application/octet-stream', 'Hi'];
      expect(fields).toMatchObject({
        title: 'é',
        count: '3',
        note: '# hi',
        tags: ['a', 'b'],
        meta: '{"a":[1]}',
        file: [expect.stringMatching(/^a .*b.*\.txt$/), 'text/plain', 'hello'],
        more: how === 'streamed' ? [bytes, ['s.bin', 'application/x-s', 'streamed']] : bytes,
      });
      expect(fields).not.toHaveProperty('none');
    },
  );
});

describe('an answer', () => {
  test('is told apart by its status, with its headers by their types', async () => {
    const { url } = await echo((_, number) => [
      number === 1 ? 200 : 202,
      { 'x-n': '7', 'x-l': '1, 2', 'x-request-id': 'r' },
      '{}',
    ]);
    const client = clientOf({ headers: { 'X-N': Number, 'X-L': listOf(Number), 'X-No': String } }, url);
    const first = await client.op.withResponse();
    expect(first).toMatchObject({ status: 200, body: {}, headers: { 'X-N': 7, 'X-L': [1, 2] }, requestId: 'r' });
    expect(first.headers).not.toHaveProperty('X-No');
    expect(first.response).toBeInstanceOf(Response);
    expect(await client.op.withResponse()).toMatchObject({ status: 202 });
  });

  test('is read by its media type, or as the call asks', async () => {
    const { url } = await echo((_, number) => [
      200,
      { 'content-type': ['text/csv', 'image/png', 'application/json'][number - 1] ?? 'text/csv' },
      number === 3 ? '{"a":1}' : 'a,b',
    ]);
    const client = clientOf({ read: byType([/^text\//, textOf], [/^image\//, blob]) }, url);
    expect(await client.op()).toBe('a,b');
    expect(await client.op()).toBeInstanceOf(Blob);
    expect(await client.op()).toEqual({ a: 1 });
    expect(await text((await client.op({}, { as: 'stream' })) as never)).toBe('a,b');
    expect(await client.op({}, { as: 'bytes' })).toBeInstanceOf(ArrayBuffer);
  });

  test('is asked for as JSON where the document has texts beside it, and as the caller says', async () => {
    const { url } = await echo(({ headers }) => {
      const isCsv = headers.accept === 'text/csv';
      return [
        200,
        { 'content-type': isCsv ? 'text/csv' : 'application/json' },
        isCsv ? 'a,b' : `["${headers.accept}"]`,
      ];
    });
    const details = { accept: 'application/json, */*;q=0.5', read: byType([/^text\//, textOf]) };
    const client = clientOf(details, url, { headers: { 'X-App': 'a' } });
    expect(await client.op()).toEqual([details.accept]);
    expect(await client.op({}, { headers: { Accept: 'text/csv' }, as: 'text' })).toBe('a,b');
    expect(await clientOf({}, url).op()).toEqual(['*/*']);
  });

  test('is checked where the client has a function for it', async () => {
    const { url } = await echo(() => [200, {}, '{"a":1}']);
    const told: unknown[] = [];
    const validate = (...call: unknown[]) => (told.push(call) === 1 ? [] : ['/a must be string', '/b is missing']);
    const client = clientOf({}, url, { validate });
    expect(await client.op()).toEqual({ a: 1 });
    await expect(client.op()).rejects.toMatchObject({
      name: 'UnreadableError',
      body: { a: 1 },
      message: expect.stringContaining('/a must be string; /b is missing'),
    });
    expect(told).toEqual(Array(2).fill(['Op', 200, { a: 1 }]));
  });

  test('is undefined where a 204 has no body, whatever the document says of other statuses', async () => {
    const { url } = await echo(() => [204, {}, '']);
    expect(await clientOf({}, url).op()).toBeUndefined();
    expect(await clientOf({ read: textOf }, url).op()).toBeUndefined();
  });
});

describe('a stream', () => {
  test('of events is read as the standard says, however it is cut into chunks', async () => {
    const events = ': note\r\nevent: a\rdata: 1\ndata:  2\r\n\r\nid: é\ndata\n\ndata: [DONE]\n\ndata: never\n\n';
    for (const size of [1, 2, 3, 1000]) {
      const url = await answering(async (_request, response) => {
        const bytes = Buffer.from(events);
        for (let at = 0; at < bytes.length; at += size) {
          if (response.destroyed) return;
          response.write(bytes.subarray(at, at + size));
          if (size < 4) await new Promise(setImmediate);
        }
        response.end();
      });
      const seen: unknown[] = [];
      for await (const event of await clientOf({ method: 'GET', read: textEvents }, url).op(
        {},
        { endOfStream: '[DONE]' },
      )) {
        seen.push(event);
      }
      expect(seen).toEqual([
        { data: '1\n 2', event: 'a', id: '' },
        { data: '', event: 'message', id: 'é' },
      ]);
    }
  });

  test.each([
    ['events', jsonEvents, 'data: 1\n\n'],
    ['lines', jsonLines, '1\n'],
  ])('of %s ends the connection on break', async (_, read, item) => {
    const closed = Promise.withResolvers<void>();
    const url = await answering((_request, response) => {
      response.on('close', closed.resolve);
      response.write(item);
    });
    for await (const _one of await clientOf({ method: 'GET', read }, url).op()) break;
    await closed.promise;
  });

  test('of JSON lines may lack the last line end, and a text sequence has separators', async () => {
    const { url } = await echo(() => [200, {}, '{"a":1}\r\n\n\x1e2\n3']);
    const seen: unknown[] = [];
    for await (const item of await clientOf({ method: 'GET', read: jsonLines }, url).op()) seen.push(item);
    expect(seen).toEqual([{ a: 1 }, 2, 3]);
  });
});

describe('pages', () => {
  const all = Array.from({ length: 5 }, (_, index) => ({ id: index + 1 }));
  const itemsOf = async (pages: AsyncIterable<unknown>) => {
    const seen: unknown[] = [];
    for await (const item of pages) seen.push(item);
    return seen;
  };

  test('follow a cursor, an offset and a Link header, and stop', async () => {
    const { url } = await echo(({ url = '' }) => {
      const query = new URL(url, 'http://x').searchParams;
      const from = Number(query.get('after') ?? query.get('offset') ?? 0);
      const page = all.slice(from, from + 2);
      const more = from + 2 < all.length;
      return [
        200,
        more ? { link: `<${url.split('?')[0]}?offset=${from + 2}>; rel="next"` } : {},
        JSON.stringify({ page, more }),
      ];
    });
    const get = { method: 'GET', query: ['after', 'offset'] };
    const cursor = clientOf({ ...get, pages: byCursor('page', 'after', 'id', 'more') }, url);
    expect(await itemsOf(cursor.op())).toEqual(all);
    expect(await itemsOf(clientOf({ ...get, pages: byOffset('page', 'offset') }, url).op())).toEqual(all);
    expect(await itemsOf(clientOf({ ...get, pages: byLink('page') }, url).op())).toEqual(all);
    expect(await cursor.op()).toMatchObject({ more: true });
    expect(await itemsOf(cursor.op.pages({ after: 2 }))).toHaveLength(2);
    expect(await itemsOf(cursor.op().pages())).toHaveLength(3);
  });

  test('of another origin are refused, for they would get the credentials', async () => {
    const { url } = await echo(() => [200, { link: '<http://other.invalid/>; rel=next' }, '[]']);
    await expect(itemsOf(clientOf({ pages: byLink('') }, url).op())).rejects.toThrow('another origin');
  });
});

describe('credentials', () => {
  test('go where the scheme says, by the first alternative that the client has', async () => {
    const { seen, url } = await echo();
    const security = secured(
      { cookie: keyInCookie('s'), header: keyInHeader('X-Key') },
      { query: keyInQuery('key') },
      { basic },
      { token: http('Bearer') },
    );
    const send = (given: object) => clientOf({ method: 'GET', security }, url, { security: given }).op();
    await send({ cookie: 'c', header: 'h' });
    await send({ query: 'a b', header: 'alone' });
    await send({ basic: { username: 'ü', password: 'p:w' } });
    await send({ token: 't' });
    await send({});
    expect(seen.map(({ url, headers }) => [url, headers.cookie, headers['x-key'], headers.authorization])).toEqual([
      ['/x', 's=c', 'h', undefined],
      ['/x?key=a%20b', undefined, undefined, undefined],
      ['/x', undefined, undefined, `Basic ${Buffer.from('ü:p:w').toString('base64')}`],
      ['/x', undefined, undefined, 'Bearer t'],
      ['/x', undefined, undefined, undefined],
    ]);
  });

  test('of a function are kept, and renewed once after a 401', async () => {
    let made = 0;
    const { seen, url } = await echo(({ headers }) => [headers.authorization === 'Bearer t1' ? 401 : 200, {}, '{}']);
    const security = { token: async () => `t${++made}` };
    const client = clientOf({ security: secured({ token: http('Bearer') }) }, url, { security });
    await client.op();
    await client.op();
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t2']);
    const refused = await echo(() => [401, {}, '{"message":"no"}']);
    const call = clientOf({ security: secured({ token: http('Bearer') }) }, refused.url, { security }).op();
    await expect(call).rejects.toMatchObject({ status: 401, message: 'no' });
    expect(refused.seen).toHaveLength(2);
  });
});

describe('a hook', () => {
  test('sees every attempt and every answer, and can add headers', async () => {
    const { seen, url } = await echo((_, number) => [number === 1 ? 503 : 200, {}, '{}']);
    const told: unknown[] = [];
    await clientOf({ method: 'GET' }, url, {
      onRequest: (attempt: Any) => {
        told.push([attempt.operation, attempt.number, attempt.url]);
        attempt.headers.set('x-traced', `${attempt.number}`);
      },
      onResponse: (response: Response) => told.push(response.status),
    }).op();
    expect(told).toEqual([['Op', 1, `${url}/x`], 503, ['Op', 2, `${url}/x`], 200]);
    expect(seen.map(({ headers }) => headers['x-traced'])).toEqual(['1', '2']);
  });

  test('that throws ends the call with its own error', async () => {
    const { seen, url } = await echo();
    const failure = new Error('not today');
    const onRequest = () => Promise.reject(failure);
    await expect(clientOf({}, url).op({}, { onRequest })).rejects.toBe(failure);
    expect(seen).toEqual([]);
  });
});

test('openapi-fetch by itself has the same retries, and refuses to send the braces of a path', async () => {
  const { seen, url } = await echo((_, number) => [number === 1 ? 503 : 200, {}, '{}']);
  const raw = createRawClient<Any>({ baseUrl: url });
  raw.use({ onRequest: ({ request }) => request.headers.set('x-traced', 'yes') });
  const { data } = await raw.POST('/a/{b}', { params: { path: { b: '/' } }, body: { c: 1 } });
  expect(data).toEqual({});
  expect(seen).toMatchObject(Array(2).fill({ url: '/a/%2F', body: '{"c":1}', headers: { 'x-traced': 'yes' } }));
  await expect(raw.GET('/a/{b}', {})).rejects.toThrow("Path parameter b can't be undefined");
});
