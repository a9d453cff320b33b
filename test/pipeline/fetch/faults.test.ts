import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import {
  byToken,
  createApiClient,
  jsonEvents,
  jsonLines,
  NetworkError,
  type Operation,
  TimeoutError,
  UnreadableError,
} from '../../../pipeline/fetch/index.ts';
import { answering } from '../../helpers/answering.ts';

// Each title is the first cell of a line of the table in docs/client.md, whose second says what the test expects.

interface Things {
  responses: { 200: { content: { 'application/json': { things: number[]; next?: string } } } };
  parameters: { query?: { next?: string } };
}
const GetThing: Operation<Things> = { method: 'GET', path: '/thing', query: ['next'] };
const AddThing: Operation<Things> = { method: 'POST', path: '/thing' };
const ListThings: Operation<Things, { items: 'things' }> = {
  method: 'GET',
  path: '/thing',
  query: ['next'],
  pages: byToken('things', 'next', 'next'),
};
interface Stream<Type extends string> {
  responses: { 200: { content: { [Key in Type]: { n: number } } } };
}
const Watch: Operation<Stream<'text/event-stream'>> = { method: 'GET', path: '/events', read: jsonEvents };
const Follow: Operation<Stream<'application/jsonl'>> = { method: 'GET', path: '/lines', read: jsonLines };
// biome-ignore lint/suspicious/noExplicitAny: the types have a test of their own
type Any = any;
const table = { GetThing, AddThing, ListThings, Watch, Follow };

const clientOf = (baseUrl: string, options: object = {}) => createApiClient(table, { baseUrl, ...options });
const good = '{"things":[1]}';
const caught = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'nothing',
    (error: unknown) => error,
  );

describe('a fault', () => {
  test('the connection is reset once, before the answer', async () => {
    const keys: unknown[] = [];
    const url = await answering((request, response, number) => {
      keys.push(request.headers['idempotency-key']);
      if (number % 2 === 1) request.socket.destroy();
      else response.end(good);
    });
    expect(await clientOf(url).getThing()).toEqual({ things: [1] });
    expect(await clientOf(url).addThing()).toEqual({ things: [1] });
    expect(keys).toEqual([undefined, undefined, expect.any(String), keys[2]]);
  });

  test('the connection is reset after the request, when the server has done the work', async () => {
    const done = new Map<unknown, string>();
    const url = await answering(async (request, response, number) => {
      const key = request.headers['idempotency-key'];
      const body = await text(request);
      const known = done.get(key);
      if (known === undefined) done.set(key, body);
      if (number === 1) request.socket.resetAndDestroy();
      else response.end(JSON.stringify({ known, things: [number] }));
    });
    const Add = { ...AddThing, body: 'members' } as const;
    const client: Any = createApiClient({ Add }, { baseUrl: url });
    expect(await client.add({ n: 1 })).toEqual({ known: '{"n":1}', things: [2] });
    expect(done.size).toBe(1);
  });

  test('a POST without a key is reset after the request', async () => {
    let done = 0;
    const url = await answering(async (request) => {
      await text(request);
      done += 1;
      request.socket.resetAndDestroy();
    });
    expect(await caught(clientOf(url, { idempotencyHeader: false }).addThing())).toBeInstanceOf(NetworkError);
    expect(done).toBe(1);
  });

  test('the connection is reset every time', async () => {
    let asked = 0;
    const url = await answering((request) => {
      asked += 1;
      request.socket.destroy();
    });
    expect(await caught(clientOf(url).getThing())).toMatchObject({
      name: 'NetworkError',
      cause: expect.any(TypeError),
    });
    expect(asked).toBe(3);
  });

  test('a POST without a key is reset before the answer', async () => {
    let asked = 0;
    const url = await answering((request) => {
      asked += 1;
      request.socket.destroy();
    });
    expect(await caught(clientOf(url, { idempotencyHeader: false }).addThing())).toBeInstanceOf(NetworkError);
    expect(asked).toBe(1);
  });

  test('an answer breaks in the middle once', async () => {
    const url = await answering((_request, response, number) => {
      if (number > 1) return void response.end(good);
      response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy());
    });
    expect(await clientOf(url).getThing()).toEqual({ things: [1] });
  });

  test('every answer breaks in the middle', async () => {
    const url = await answering((_request, response) => {
      response.writeHead(200, { 'content-length': '100', 'x-request-id': 'r1' }).write('{', () => response.destroy());
    });
    const error = await caught(clientOf(url).getThing());
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ status: 200, requestId: 'r1' });
  });

  test('the first byte comes too late', async () => {
    let asked = 0;
    const url = await answering(() => {
      asked += 1;
    });
    const error = await caught(clientOf(url, { retry: { timeout: 100 } }).getThing());
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ message: 'GetThing: no answer within 100 ms' });
    expect(asked).toBe(3);
  });

  test('the body comes too slowly', async () => {
    const url = await answering((_request, response) => response.writeHead(200).write('{'));
    const error = await caught(clientOf(url, { retry: { timeout: 2000, attempts: 1 } }).getThing());
    expect(error).toMatchObject({ name: 'TimeoutError', status: 200 });
  });

  test('all attempts together take too long', async () => {
    const url = await answering(() => {});
    const error = await caught(clientOf(url, { timeout: 200 }).getThing());
    expect(error).toBeInstanceOf(TimeoutError);
  });

  test.each([
    ['seconds', () => '1'],
    ['a date', () => new Date(Date.now() + 2000).toUTCString()],
  ])('429 with `Retry-After` in seconds or as a date', async (_, after) => {
    const asked: number[] = [];
    const url = await answering((_request, response, number) => {
      asked.push(Date.now());
      if (number === 1) response.writeHead(429, { 'retry-after': after() }).end();
      else response.end(good);
    });
    expect(await clientOf(url).addThing()).toEqual({ things: [1] });
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(900);
  });

  test('`Retry-After` is later than the time that is left', async () => {
    let asked = 0;
    const url = await answering((_request, response) => {
      asked += 1;
      response.writeHead(429, { 'retry-after': '600' }).end('{"message":"later"}');
    });
    expect(await caught(clientOf(url).getThing())).toMatchObject({ status: 429, message: 'later' });
    expect(asked).toBe(1);
  });

  test('three times 503', async () => {
    let asked = 0;
    const url = await answering((_request, response) => {
      asked += 1;
      response.writeHead(503).end(`{"detail":"down ${asked}"}`);
    });
    expect(await caught(clientOf(url).getThing())).toMatchObject({ status: 503, message: 'down 3' });
  });

  test('404 or another status that no waiting changes', async () => {
    let asked = 0;
    const url = await answering((_request, response) => {
      asked += 1;
      response.writeHead(404).end('<p>no</p>');
    });
    expect(await caught(clientOf(url).getThing())).toMatchObject({ status: 404, body: '<p>no</p>' });
    expect(asked).toBe(1);
  });

  test('a success that is no JSON', async () => {
    const url = await answering((_request, response) => response.end('<p>Sign in</p>'));
    const error = await caught(clientOf(url).getThing());
    expect(error).toBeInstanceOf(UnreadableError);
    expect(error).toMatchObject({ status: 200, body: '<p>Sign in</p>', cause: expect.any(SyntaxError) });
  });

  test('503 in the middle of pages', async () => {
    let down = true;
    const url = await answering((request, response) => {
      const next = new URL(request.url ?? '', 'http://x').searchParams.get('next');
      if (next === 'b' && down) return void response.writeHead(503).end('{}');
      response.end(JSON.stringify(next === null ? { things: [1, 2], next: 'b' } : { things: [3] }));
    });
    const client = clientOf(url, { retry: { attempts: 1 } });
    const seen: number[] = [];
    let next: string | undefined;
    const run = async () => {
      for await (const page of client.listThings.pages(next === undefined ? {} : { next })) {
        seen.push(...page.things);
        next = page.next;
      }
    };
    expect(await caught(run())).toMatchObject({ status: 503 });
    expect([seen, next]).toEqual([[1, 2], 'b']);
    down = false;
    await run();
    expect(seen).toEqual([1, 2, 3]);
  });

  test('an event stream is cut within an item', async () => {
    const ids: unknown[] = [];
    const url = await answering((request, response, number) => {
      ids.push(request.headers['last-event-id']);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      if (number === 1) {
        response.write('retry: 10\n\nid: 7\ndata: {"n":1}\n\nid: 8\ndata: {"n"', () => response.destroy());
      } else response.end('id: 8\ndata: {"n":2}\n\n');
    });
    const seen: unknown[] = [];
    for await (const event of await clientOf(url).watch()) seen.push(event);
    expect(seen).toEqual([
      { data: { n: 1 }, event: 'message', id: '7' },
      { data: { n: 2 }, event: 'message', id: '8' },
    ]);
    expect(ids).toEqual([undefined, '7']);
  });

  test('a stream without ids is cut', async () => {
    const url = await answering((request, response) => {
      const isEvents = request.url === '/events';
      response.write(isEvents ? 'data: {"n":1}\n\ndata: {"n"' : '{"n":1}\n{"n"', () => response.destroy());
    });
    for (const stream of [clientOf(url).watch(), clientOf(url).follow()] as const) {
      const seen: unknown[] = [];
      const run = async () => {
        for await (const item of await stream) seen.push(item);
      };
      expect(await caught(run())).toBeInstanceOf(NetworkError);
      expect(seen).toHaveLength(1);
    }
  });

  test('an item of a stream is no JSON', async () => {
    const url = await answering((_request, response) => response.end('{"n":1}\n{"n"\n{"n":3}\n'));
    const seen: unknown[] = [];
    const run = async () => {
      for await (const item of await clientOf(url).follow()) seen.push(item);
    };
    expect(await caught(run())).toMatchObject({ name: 'UnreadableError', body: '{"n"' });
    expect(seen).toEqual([{ n: 1 }]);
  });

  test('the signal aborts', async () => {
    const stop = new AbortController();
    const url = await answering((request, response) => {
      if (request.url === '/events') response.write('data: {"n":1}\n\n');
      else response.writeHead(503, { 'retry-after': '60' }).end();
    });
    const waiting = clientOf(url).getThing({}, { signal: stop.signal });
    const events = await clientOf(url).watch({}, { signal: stop.signal });
    const reading = (async () => {
      for await (const _ of events) stop.abort('enough');
    })();
    expect(await Promise.all([caught(waiting), caught(reading)])).toEqual(['enough', 'enough']);
    expect(await caught(clientOf(url).getThing({}, { signal: stop.signal }))).toBe('enough');
  });
});
