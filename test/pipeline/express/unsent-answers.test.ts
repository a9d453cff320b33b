import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { answer, JsonText, type RequestContext } from '../../../pipeline/express/index.ts';
import { json, serving } from '../../helpers/serving.ts';

/** What waits for ever, and tells when it is closed. */
const waiting = (closed: () => void) => ({
  [Symbol.asyncIterator]() {
    return this;
  },
  next: () => new Promise<IteratorResult<string>>(() => {}),
  return: async (): Promise<IteratorResult<string>> => {
    closed();
    return { done: true, value: undefined };
  },
});

const bodies: Readonly<Record<string, (closed: () => void) => unknown>> = {
  'the text of JSON': (closed) => new JsonText(waiting(closed)),
  'an async iterable': waiting,
  'a Node stream': (closed) =>
    new Readable({
      read() {},
      destroy(error, done) {
        closed();
        done(error);
      },
    }),
  'a Node stream that fails when it is closed': (closed) =>
    new Readable({
      read() {},
      destroy(_error, done) {
        closed();
        done(new Error('It can not be closed.'));
      },
    }),
  'a web stream': (cancel) => new ReadableStream({ cancel }),
};

/** Serves an operation whose handler is told by `goOn` when to answer. */
async function served(body: unknown, { status = 200, headers = {}, requestTimeout = 29_000 } = {}) {
  const begun = Promise.withResolvers<RequestContext>();
  const goOn = Promise.withResolvers<void>();
  const type = body instanceof JsonText ? 'application/json' : 'application/octet-stream';
  const responses = { 200: { description: 'ok', content: json({}, type), headers: { x: { schema: {} } } } };
  const get = async (_input: object, _services: object, request: RequestContext) => {
    begun.resolve(request);
    await goOn.promise;
    return answer(status, body, { headers });
  };
  const { url, call } = await serving(
    { paths: { '/a': { get: { operationId: 'get', responses } } } },
    { get },
    { onInvalidResponse: 'throw', requestTimeout },
  );
  return { url, call, begun: begun.promise, goOn: goOn.resolve };
}

type Body = Parameters<typeof served>[0];

const ends: Readonly<Record<string, (body: Body) => Promise<unknown>>> = {
  'the caller left before it began': async (body) => {
    const { url, begun, goOn } = await served(body);
    const leaving = new AbortController();
    const left = fetch(`${url}/a`, { signal: leaving.signal }).catch(() => {});
    const { signal } = await begun;
    const gone = new Promise((resolve) => signal.addEventListener('abort', resolve));
    leaving.abort();
    await Promise.all([left, gone]);
    goOn();
  },
  'the caller leaves while it waits': async (body) => {
    const { url, goOn } = await served(body);
    goOn();
    const { body: received } = await fetch(`${url}/a`);
    await received?.cancel();
  },
  'the caller asked for the headers alone': async (body) => {
    const { call, goOn } = await served(body);
    goOn();
    expect((await call('HEAD', '/a')).status).toBe(200);
  },
  'a header can not be sent': async (body) => {
    const { call, goOn } = await served(body, { headers: { x: 'two\nlines' } });
    goOn();
    expect((await call('GET', '/a')).status).toBe(500);
  },
  'it breaks the document': async (body) => {
    const { call, goOn } = await served(body, { status: 404 });
    goOn();
    expect((await call('GET', '/a')).status).toBe(500);
  },
  'it has no body by its status': async (body) => {
    const { call, goOn } = await served(body, { status: 304 });
    goOn();
    await call('GET', '/a');
  },
  'it comes too late': async (body) => {
    const { call, goOn } = await served(body, { requestTimeout: 1 });
    expect((await call('GET', '/a')).status).toBe(504);
    goOn();
  },
};

const cases = Object.keys(bodies).flatMap((body) => Object.keys(ends).map((end) => [body, end] as const));

test.each(cases)('%s is closed once where %s', async (body, end) => {
  const closed = Promise.withResolvers<void>();
  let times = 0;
  const made = bodies[body]?.(() => {
    times += 1;
    closed.resolve();
  });
  await ends[end]?.(made);
  await closed.promise;
  expect(times).toBe(1);
});

test('a file whose headers alone are asked for is not opened', async () => {
  const opened: string[] = [];
  const file = {
    type: '',
    size: 3,
    stream: () => {
      opened.push('once');
      return new ReadableStream();
    },
  };
  const { call, goOn } = await served(file);
  goOn();
  expect((await call('HEAD', '/a')).headers.get('content-length')).toBe('3');
  expect(opened).toEqual([]);
});

test('a source that was read to its end is not closed again', async () => {
  const told: string[] = [];
  const pieces = {
    left: ['{', '}'],
    async next(): Promise<IteratorResult<string>> {
      const value = this.left.shift();
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    async return(): Promise<IteratorResult<string>> {
      told.push('closed');
      return { done: true, value: undefined };
    },
  };
  const { call, goOn } = await served(new JsonText(pieces));
  goOn();
  expect((await call('GET', '/a')).body).toEqual({});
  expect(told).toEqual([]);
});
