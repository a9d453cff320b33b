import { once } from 'node:events';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answer, HttpError, type RequestContext, ServerSentEvent } from '../../../pipeline/express/index.ts';
import { get, json, post, serving } from '../../helpers/serving.ts';

const text = { type: 'string' };
const ok = (more: object) => ({ responses: { 200: { description: 'ok', ...more } } });
const throws = { onInvalidResponse: 'throw' } as const;

describe('an answer', () => {
  it('has the status of its only success, with a body or without', async () => {
    const { call } = await serving(
      {
        paths: {
          '/a': {
            ...get('e200', [], { responses: { 200: { description: 'ok' } } }),
            delete: { operationId: 'e204', responses: { 204: { description: 'gone' } } },
            put: {
              operationId: 'e202',
              responses: { 202: { description: 'later', content: json({ type: 'object' }) } },
            },
            patch: {
              operationId: 'def',
              responses: { default: { description: 'any', content: json({ type: 'object' }) } },
            },
          },
          '/null': get('nul', [], ok({ content: json({ ...text, nullable: true }) })),
          '/w': get('wild', [], { responses: { '2XX': { description: 'w', content: json({ type: 'object' }) } } }),
        },
      },
      {
        e200: () => undefined,
        e204: () => undefined,
        e202: () => ({}),
        def: () => ({}),
        nul: () => null,
        wild: () => answer(207, {}),
      },
      throws,
    );
    expect(await call('GET', '/a')).toMatchObject({ status: 200, body: undefined, type: null });
    expect((await call('DELETE', '/a')).status).toBe(204);
    expect(await call('PUT', '/a')).toMatchObject({ status: 202, body: {} });
    expect(await call('PATCH', '/a')).toMatchObject({ status: 200, body: {} });
    expect(await call('GET', '/null')).toMatchObject({ status: 200, body: null });
    expect((await call('GET', '/w')).status).toBe(207);
  });

  it('has headers, redirects, and one of several successes', async () => {
    const headers = {
      Location: { required: true, schema: text },
      'X-List': { schema: { type: 'array', items: { type: 'integer' } } },
    };
    const responses = {
      200: { description: 'there' },
      201: { description: 'made', headers },
      302: { description: 'go', headers },
    };
    let next: unknown;
    const { call } = await serving({ paths: { '/a': get('a', [], { responses }) } }, { a: () => next }, throws);
    next = answer(201, undefined, { headers: { Location: '/a/1', 'X-List': [1, 2] } });
    const made = await call('GET', '/a');
    expect([made.status, made.headers.get('location'), made.headers.get('x-list')]).toEqual([201, '/a/1', '1,2']);
    next = answer(302, undefined, { headers: { Location: '/b' } });
    expect((await call('GET', '/a')).headers.get('location')).toBe('/b');
    next = answer(200);
    expect((await call('GET', '/a')).status).toBe(200);
  });

  it.each([
    ['a missing header', answer(201), 'headers/location is required'],
    [
      'a header of a wrong type',
      answer(201, undefined, { headers: { Location: 'a', 'X-N': 'b' } }),
      'headers/x-n must be integer',
    ],
    [
      'a header that is not documented',
      answer(201, undefined, { headers: { Location: 'a', 'X-More': 'b' } }),
      'has X-More',
    ],
    ['a status that is not documented', answer(418), 'has the status 418'],
    ['a body where there is none', answer(201, {}, { headers: { Location: 'a' } }), 'must not have a body'],
    ['no body where there is one', answer(200), 'needs a body'],
    ['a wrong body', answer(200, { n: 'x' }), '/response/n must be integer'],
    ['a wrong error', answer(404, { m: 1 }), '/response/m must be string'],
    ['a type that is not documented', answer(200, 'x', { type: 'text/csv' }), 'has the type text/csv'],
  ])('with %s breaks the contract, which is logged', async (_what, result, message) => {
    const headers = { Location: { required: true, schema: text }, 'X-N': { schema: { type: 'integer' } } };
    const responses = {
      200: { description: 'ok', content: json({ type: 'object', properties: { n: { type: 'integer' } } }) },
      201: { description: 'made', headers },
      404: { description: 'none', content: json({ type: 'object', properties: { m: text } }) },
    };
    const { call, logged } = await serving({ paths: { '/a': get('a', [], { responses }) } }, { a: () => result });
    expect((await call('GET', '/a')).status).toBe(result.status);
    expect(logged.join()).toContain('breaks the contract');
    expect(logged.join()).toContain(message);
  });

  it('has the media type that the document gives it, or the caller asks for', async () => {
    const one = { type: 'object', properties: { a: { type: 'integer' } } };
    const { call } = await serving(
      {
        paths: {
          '/vendor': get('vendor', [], ok({ content: json(one, 'application/vnd.api+json') })),
          '/two': get('two', [], ok({ content: { ...json(one), 'text/csv': { schema: text } } })),
        },
      },
      {
        vendor: () => ({ a: 1 }),
        two: (_input: object, _services: object, { headers }: RequestContext) =>
          headers.accept === 'text/csv' ? 'a\n1' : { a: 1 },
      },
      throws,
    );
    expect(await call('GET', '/vendor')).toMatchObject({ type: 'application/vnd.api+json', body: { a: 1 } });
    expect(await call('GET', '/two')).toMatchObject({ type: 'application/json; charset=utf-8' });
    expect(await call('GET', '/two', { headers: { accept: 'text/csv' } })).toMatchObject({
      type: 'text/csv; charset=utf-8',
      body: 'a\n1',
    });
  });

  it.each([
    ['bytes', () => Buffer.from('abc')],
    ['a web stream', () => new Blob(['abc']).stream()],
    ['a Node stream', () => Readable.from(['a', 'bc'])],
    ['a Blob', () => new Blob(['abc'])],
    [
      'chunks',
      async function* chunks() {
        yield 'a';
        yield Buffer.from('bc');
      },
    ],
  ])('may be %s', async (_what, make) => {
    const { call } = await serving(
      { paths: { '/a': get('a', [], ok({ content: { 'application/octet-stream': {} } })) } },
      { a: make },
      throws,
    );
    expect(await call('GET', '/a')).toMatchObject({ type: 'application/octet-stream', body: 'abc' });
    expect(await call('HEAD', '/a')).toMatchObject({ status: 200, body: undefined });
  });

  it('of events and of JSON lines is sent item by item', async () => {
    const paths = {
      '/events': get('events', [], ok({ content: { 'text/event-stream': { schema: text } } })),
      '/lines': get('lines', [], ok({ content: { 'application/jsonl': {} } })),
    };
    const { call } = await serving(
      { paths },
      {
        async *events() {
          yield 'one';
          yield { two: 2 };
          yield new ServerSentEvent('a\nb', { event: 'more', id: '7', retry: 10 });
        },
        async *lines() {
          yield { a: 1 };
          yield [2];
        },
      },
    );
    expect(await call('GET', '/events')).toMatchObject({
      type: 'text/event-stream',
      body: 'data: one\n\ndata: {"two":2}\n\nevent: more\nid: 7\nretry: 10\ndata: a\ndata: b\n\n',
    });
    expect(await call('GET', '/lines')).toMatchObject({ body: '{"a":1}\n[2]\n' });
  });

  it('is never a 304 that the document does not have', async () => {
    const { call } = await serving({ paths: { '/a': get('a') } });
    expect((await call('GET', '/a', { headers: { 'if-none-match': '*' } })).status).toBe(200);
  });
});

describe('methods', () => {
  it('that are declared are operations: HEAD, OPTIONS, TRACE, QUERY and others', async () => {
    const one = (operationId: string) => ({
      operationId,
      responses: { 200: { description: 'ok', headers: { 'X-Of': { schema: text } } } },
    });
    const { call, url } = await serving(
      {
        openapi: '3.2.0',
        paths: {
          '/a': {
            ...get('read'),
            head: one('head'),
            options: one('options'),
            trace: one('trace'),
            query: {
              operationId: 'query',
              requestBody: { content: json({ type: 'object', properties: { q: text } }) },
              responses: { 200: { description: 'ok', content: json({}) } },
            },
            additionalOperations: { LINK: one('link') },
          },
        },
      },
      Object.fromEntries(
        ['head', 'options', 'trace', 'link'].map((id) => [
          id,
          () => answer(200, undefined, { headers: { 'X-Of': id } }),
        ]),
      ),
    );
    for (const method of ['HEAD', 'OPTIONS'])
      expect((await call(method, '/a')).headers.get('x-of')).toBe(method.toLowerCase());
    // fetch refuses to send TRACE.
    for (const method of ['TRACE', 'LINK']) {
      const sent = request(`${url}/a`, { method }).end();
      const [response] = await once(sent, 'response');
      response.resume();
      expect(response.headers['x-of']).toBe(method.toLowerCase());
    }
    expect((await call('QUERY', '/a', { body: { q: 'x' } })).body).toEqual({ q: 'x' });
  });

  it('that are not are refused, but for HEAD of a GET and OPTIONS', async () => {
    const { call } = await serving({ paths: { '/a': get('a') } });
    expect(await call('HEAD', '/a')).toMatchObject({ status: 200, body: undefined });
    expect((await call('OPTIONS', '/a')).headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect((await call('PUT', '/a')).status).toBe(405);
  });
});

describe('a client that goes away', () => {
  it('ends the signal of its handler, and the stream that it was sent', async () => {
    const seen: string[] = [];
    const { url } = await serving(
      { paths: { '/wait': get('wait'), '/events': get('events', [], ok({ content: { 'text/event-stream': {} } })) } },
      {
        async wait(_input: object, _services: object, { signal }: RequestContext) {
          await once(signal, 'abort');
          seen.push('aborted');
        },
        async *events(_input: object, _services: object, { signal }: RequestContext) {
          try {
            for (;;) {
              yield 'tick';
              await sleep(5);
            }
          } finally {
            seen.push(`ended ${signal.aborted}`);
          }
        },
      },
    );
    for (const path of ['/wait', '/events']) {
      const gone = new AbortController();
      const asked = fetch(url + path, { signal: gone.signal }).then((response) => response.text());
      await sleep(100);
      gone.abort();
      await expect(asked).rejects.toThrow();
    }
    await expect.poll(() => seen).toEqual(['aborted', 'ended true']);
  });
});

describe('an error', () => {
  const problem = {
    type: 'object',
    required: ['title', 'errors'],
    additionalProperties: false,
    properties: { title: text, errors: { type: 'array', items: text } },
  };
  const body = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };
  const with400 = (schema: object, type = 'application/json', status = '400') =>
    post('a', body, {
      responses: { 200: { description: 'ok' }, [status]: { description: 'bad', content: json(schema, type) } },
    });

  it.each([
    ['RFC 9457 with a list of texts', problem, { title: 'Bad Request', errors: ['/body/n is required'] }],
    [
      'a message and a code',
      { type: 'object', required: ['code', 'message'], properties: { code: { type: 'integer' }, message: text } },
      { code: 400, message: '/body/n is required' },
    ],
    [
      'a code that is a text',
      { type: 'object', properties: { code: text, message: text } },
      { code: 'BAD_REQUEST', message: '/body/n is required' },
    ],
    [
      'an error within',
      {
        type: 'object',
        required: ['error'],
        properties: {
          error: { type: 'object', required: ['message'], properties: { message: text, status: { type: 'integer' } } },
        },
      },
      { error: { message: '/body/n is required', status: 400 } },
    ],
    [
      'a list of objects',
      {
        type: 'object',
        properties: { errors: { type: 'array', items: { type: 'object', properties: { path: text, message: text } } } },
      },
      { errors: [{ path: '/body/n', message: 'is required' }] },
    ],
    ['an error that is a text', { type: 'object', properties: { error: text } }, { error: '/body/n is required' }],
    [
      'values to choose from',
      { type: 'object', required: ['code'], properties: { code: { ...text, enum: ['not_found', 'bad_request'] } } },
      { code: 'bad_request' },
    ],
    [
      'an allOf',
      {
        allOf: [
          { type: 'object', properties: { title: text } },
          { type: 'object', properties: { detail: text } },
        ],
      },
      { title: 'Bad Request', detail: '/body/n is required' },
    ],
    [
      'a constant',
      { type: 'object', required: ['object'], properties: { object: { ...text, enum: ['error'] }, message: text } },
      { object: 'error', message: '/body/n is required' },
    ],
    [
      'a message that is an object, within an error of another name',
      {
        type: 'object',
        properties: {
          'odata.error': {
            type: 'object',
            properties: { code: text, message: { type: 'object', properties: { lang: text, value: text } } },
          },
        },
      },
      { 'odata.error': { code: 'BAD_REQUEST', message: { value: '/body/n is required' } } },
    ],
    ['a text', text, '/body/n is required'],
  ])('has the documented form: %s', async (_what, schema, expected) => {
    const { call, logged } = await serving({ paths: { '/a': with400(schema) } });
    expect(await call('POST', '/a', { body: {} })).toMatchObject({ status: 400, body: expected });
    expect(logged).toEqual([]);
  });

  it('has the documented media type, by 4XX and default too', async () => {
    for (const status of ['4XX', 'default']) {
      const { call } = await serving({ paths: { '/a': with400(problem, 'application/vnd.error+json', status) } });
      expect(await call('POST', '/a', { body: {} })).toMatchObject({ status: 400, type: 'application/vnd.error+json' });
    }
  });

  it('is a 422 where the document describes invalid requests so', async () => {
    const { call } = await serving({ paths: { '/a': with400(problem, 'application/json', '422') } });
    expect((await call('POST', '/a', { body: {} })).status).toBe(422);
  });

  it('is a problem where nothing is documented, or nothing fits', async () => {
    const odd = { type: 'object', required: ['at'], properties: { at: { type: 'string', pattern: '^\\d{9}$' } } };
    const { call, logged } = await serving({ paths: { '/a': with400(odd), '/b': post('b', body) } });
    const expected = {
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: '/body/n is required',
      errors: [{ pointer: '/body/n', detail: 'is required' }],
    };
    expect(await call('POST', '/b', { body: {} })).toMatchObject({ type: 'application/problem+json', body: expected });
    expect(await call('POST', '/a', { body: {} })).toMatchObject({ type: 'application/problem+json', body: expected });
    expect(logged.join()).toContain("POST /a can't be filled");
  });

  it('of a handler has members of its own, and a refused method the form of its path', async () => {
    const form = { type: 'object', required: ['message'], properties: { message: text, resource: text } };
    const responses = {
      200: { description: 'ok' },
      404: { description: 'none', content: json(form) },
      405: { description: 'no', content: json(form) },
    };
    const { call } = await serving(
      { paths: { '/a': get('a', [], { responses }) } },
      {
        a() {
          throw new HttpError(404, 'There is no such thing.', { resource: 'thing' });
        },
      },
    );
    expect((await call('GET', '/a')).body).toEqual({ message: 'There is no such thing.', resource: 'thing' });
    const refused = await call('PUT', '/a');
    expect([refused.status, refused.headers.get('allow'), refused.body]).toEqual([
      405,
      'GET, HEAD, OPTIONS',
      { message: 'PUT is not allowed here; use GET or HEAD.' },
    ]);
    expect(await call('GET', '/nothing')).toMatchObject({ status: 404, type: 'application/problem+json' });
  });

  it('that nobody foresaw says nothing of itself', async () => {
    const { call, logged } = await serving(
      { paths: { '/a': get('a') } },
      {
        a() {
          throw new Error('secret');
        },
      },
    );
    const failed = await call('GET', '/a');
    expect([failed.status, JSON.stringify(failed.body).includes('secret')]).toEqual([500, false]);
    expect(logged.join()).toContain('secret');
  });

  it('may have a form of the app’s own', async () => {
    const protocol = {
      requestIdHeader: 'X-Trace',
      refuse: ({ status, message, requestId }: { status: number; message: string; requestId: string }) => ({
        status,
        type: 'application/json',
        body: { no: message, requestId },
        headers: { 'X-No': '1' },
      }),
    };
    const { call } = await serving({ paths: { '/a': get('a') } }, {}, { protocol, newId: () => 'id' });
    const answered = await call('GET', '/nothing');
    expect(answered.body).toEqual({ no: 'There is nothing at GET /nothing.', requestId: 'id' });
    expect([answered.headers.get('x-trace'), answered.headers.get('x-no')]).toEqual(['id', '1']);
  });
});
