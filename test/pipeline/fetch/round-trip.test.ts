import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, ServerSentEvent } from '../../../pipeline/express/index.ts';
import { launchBrowser } from '../../helpers/browser.ts';
import { type Served, Workshop } from '../../helpers/workshop.ts';

const json = (schema: object) => ({ 'application/json': { schema } });
const ok = (content: object) => ({ description: 'It.', content });
const any = ok(json({}));
const named = { type: 'object', properties: { name: { type: 'string' }, n: { type: 'integer' } } };
const document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    schemas: {
      Problem: { type: 'object', properties: { title: { type: 'string' }, status: { type: 'integer' } } },
    },
    responses: { NotFound: { description: 'No.', content: json({ $ref: '#/components/schemas/Problem' }) } },
  },
  paths: {
    '/styles/{id}': {
      get: {
        operationId: 'styles',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            style: 'matrix',
            explode: true,
            schema: { type: 'array', items: { type: 'string' } },
          },
          { name: 'ids', in: 'query', explode: false, schema: { type: 'array', items: { type: 'integer' } } },
          {
            name: 'pipes',
            in: 'query',
            style: 'pipeDelimited',
            explode: false,
            schema: { type: 'array', items: { type: 'string' } },
          },
          {
            name: 'filter',
            in: 'query',
            style: 'deepObject',
            schema: { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'string' } } },
          },
          { name: 'X-List', in: 'header', schema: { type: 'array', items: { type: 'string' } } },
          {
            name: 'json',
            in: 'query',
            content: json({ type: 'object', properties: { deep: { type: 'array', items: { type: 'integer' } } } }),
          },
        ],
        responses: { 200: any },
      },
    },
    '/things/{id}': {
      get: {
        operationId: 'getThing',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: {
          200: { ...any, headers: { 'X-Left': { schema: { type: 'integer' } } } },
          202: ok({ 'text/plain': { schema: { type: 'string' } } }),
          404: { $ref: '#/components/responses/NotFound' },
        },
      },
    },
    '/same-names/{id}': {
      put: {
        operationId: 'sameNames',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'id', in: 'query', required: true, schema: { type: 'string' } },
          { name: 'body', in: 'query', required: true, schema: { type: 'integer' } },
        ],
        requestBody: { required: true, content: json({ type: 'array', items: { type: 'string' } }) },
        responses: { 200: any },
      },
    },
    '/form': {
      post: {
        operationId: 'sendForm',
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                properties: {
                  name: { type: 'string' },
                  tags: { type: 'array', items: { type: 'string' } },
                  n: { type: 'integer' },
                },
              },
            },
          },
        },
        responses: { 200: any },
      },
    },
    '/upload': {
      post: {
        operationId: 'upload',
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                required: ['title', 'file'],
                properties: {
                  title: { type: 'string' },
                  meta: { type: 'object', properties: { n: { type: 'integer' } } },
                  file: { type: 'string', format: 'binary' },
                  more: { type: 'array', items: { type: 'string', format: 'binary' } },
                },
              },
            },
          },
        },
        responses: { 200: any },
      },
    },
    '/bytes': {
      post: {
        operationId: 'bytes',
        requestBody: { required: true, content: { 'application/octet-stream': {} } },
        responses: { 200: ok({ 'application/octet-stream': {} }) },
      },
    },
    '/either': {
      post: {
        operationId: 'either',
        requestBody: {
          required: true,
          content: {
            ...json(named),
            'application/x-www-form-urlencoded': { schema: named },
            'multipart/form-data': { schema: named },
          },
        },
        responses: { 200: any },
      },
    },
    '/raw': {
      put: {
        operationId: 'store',
        requestBody: {
          required: true,
          content: {
            ...json({ type: 'array', items: { type: 'integer' } }),
            'application/problem+json': { schema: { type: 'object' } },
            'text/plain': { schema: { type: 'string' } },
            'image/*': {},
            'application/*': {},
          },
        },
        responses: { 200: any },
      },
    },
    '/any': {
      put: {
        operationId: 'any',
        requestBody: { content: { '*/*': { schema: { type: 'object' } } } },
        responses: { 200: any },
      },
    },
    '/watch': {
      get: {
        operationId: 'watch',
        responses: {
          200: ok({ 'text/event-stream': { schema: { type: 'object', properties: { n: { type: 'integer' } } } } }),
        },
      },
    },
    '/lines': {
      get: { operationId: 'lines', responses: { 200: ok({ 'application/jsonl': { schema: {} } }) } },
    },
    '/pages': {
      get: {
        operationId: 'listThings',
        'x-pagination': { items: 'things', token: { input: 'from', output: 'next' } },
        parameters: [{ name: 'from', in: 'query', schema: { type: 'string' } }],
        responses: { 200: any },
      },
    },
    '/secret': {
      get: { operationId: 'secret', security: [{ key: [] }], responses: { 200: any, 401: { description: 'Who?' } } },
    },
  },
};

interface FileLike {
  readonly name: string;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}
const shown = async (file: FileLike) => [file.name, file.type, Buffer.from(await file.arrayBuffer()).toString()];
interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
}
const typeOf = (headers: Received['headers']) => `${headers['content-type']}`.split(';')[0];
const handlers = {
  styles: async (input: object) => input,
  getThing: async ({ id }: { id: number }) => {
    if (id === 1) return answer(200, { id }, { headers: { 'X-Left': 3 } } as never);
    if (id === 2) return answer(202, 'later', { type: 'text/plain' } as never);
    return answer(404, { title: 'No thing', status: 404 });
  },
  sameNames: async (input: object) => input,
  sendForm: async (input: object) => input,
  upload: async ({ file, more = [], ...rest }: { file: FileLike; more?: FileLike[] }) => ({
    ...rest,
    file: await shown(file),
    more: await Promise.all(more.map(shown)),
  }),
  bytes: async ({ body }: { body: unknown }) =>
    answer(200, body as never, { type: 'application/octet-stream' } as never),
  either: async (input: object, _: unknown, { headers }: Received) => [typeOf(headers), input],
  store: async ({ body }: { body: unknown }, _: unknown, { headers }: Received) => [
    typeOf(headers),
    body instanceof Uint8Array ? new TextDecoder().decode(body) : body,
  ],
  any: async (input: object, _: unknown, { headers }: Received) => [typeOf(headers), input],
  watch: async () =>
    answer(
      200,
      (async function* () {
        for (let n = 1; n <= 3; n++) yield new ServerSentEvent({ n }, { event: 'tick', id: `${n}` });
      })() as never,
      { type: 'text/event-stream' } as never,
    ),
  lines: async () =>
    answer(
      200,
      (async function* () {
        yield { a: 1 };
        yield 'two';
      })() as never,
      { type: 'application/jsonl' } as never,
    ),
  listThings: async ({ from = '0' }: { from?: string }) => ({
    things: [Number(from), Number(from) + 1],
    ...(Number(from) < 4 && { next: `${Number(from) + 2}` }),
  }),
  secret: async () => 'told',
};

let shop: Workshop;
let served: Served;
beforeAll(async () => {
  shop = new Workshop();
  shop.write('things.json', JSON.stringify(document));
  const { code, complaints } = await shop.gen(join(shop.root, 'things.json'), 'things', false as never);
  expect([code, complaints]).toEqual([0, []]);
  served = await shop.serve('things', handlers);
});
afterAll(() => {
  served?.stop();
  shop[Symbol.dispose]();
});

const all = async (items: AsyncIterable<unknown>) => {
  const seen: unknown[] = [];
  for await (const item of items) seen.push(item);
  return seen;
};

describe('the generated client and the generated server', () => {
  test('mean the same by every style of parameters', async () => {
    const input = {
      id: ['a;b', 'ü'],
      ids: [1, 2],
      pipes: ['x', 'y z'],
      filter: { a: 1, b: 'c&d' },
      'X-List': ['p', 'q'],
      json: { deep: [1, 2] },
    };
    expect(await served.client.styles(input)).toEqual(input);
  });

  test('keep a parameter named body apart from the body, and give parameters of one name one value', async () => {
    const input = { id: 'a', body: 7, requestBody: ['x'] };
    expect(await served.client.sameNames(input)).toEqual(input);
  });

  test('tell successes apart, with their headers, and errors', async () => {
    expect(await served.client.getThing.withResponse({ id: 1 })).toMatchObject({
      status: 200,
      headers: { 'X-Left': 3 },
      body: { id: 1 },
    });
    expect(await served.client.getThing.withResponse({ id: 2 })).toMatchObject({ status: 202, body: 'later' });
    await expect(served.client.getThing({ id: 3 })).rejects.toMatchObject({
      name: 'NotFoundError',
      status: 404,
      message: 'No thing',
      body: { title: 'No thing' },
    });
  });

  test('pass forms, files, bytes, events, JSON lines and pages', async () => {
    const form = { name: 'a b', tags: ['x', 'y'], n: 7 };
    expect(await served.client.sendForm(form)).toEqual(form);
    const file = new File(['hello'], 'h.txt', { type: 'text/plain' });
    expect(await served.client.upload({ title: 't', meta: { n: 1 }, file, more: [file, new Blob(['raw'])] })).toEqual({
      title: 't',
      meta: { n: 1 },
      file: ['h.txt', 'text/plain', 'hello'],
      more: [
        ['h.txt', 'text/plain', 'hello'],
        ['file', 'application/octet-stream', 'raw'],
      ],
    });
    const blob: Blob = await served.client.bytes({ body: new Uint8Array([0, 255]) });
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(new Uint8Array([0, 255]));
    expect(await all(await served.client.watch())).toEqual(
      [1, 2, 3].map((n) => ({ data: { n }, event: 'tick', id: `${n}` })),
    );
    expect(await all(await served.client.lines())).toEqual([{ a: 1 }, 'two']);
    expect(await all(served.client.listThings())).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('send a body in the media type that the caller chooses', async () => {
    const { either, store, any: anything } = served.client;
    const input = { name: 'é & ü', n: 7 };
    const types = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];
    for (const type of types) expect(await either(input, { type })).toEqual([type, input]);
    expect(await either(input)).toEqual([types[0], input]);
    expect(await either.withResponse(input, { type: types[1] })).toMatchObject({ body: [types[1], input] });
    expect(await store({ body: [1] })).toEqual(['application/json', [1]]);
    expect(await store({ body: { title: 'x' } }, { type: 'application/problem+json' })).toEqual([
      'application/problem+json',
      { title: 'x' },
    ]);
    expect(await store({ body: '[1]' }, { type: 'text/plain' })).toEqual(['text/plain', '[1]']);
    const bytes = new TextEncoder().encode('bytes');
    for (const type of ['image/png', 'application/zip']) {
      expect(await store({ body: bytes }, { type })).toEqual([type, 'bytes']);
    }
    // A range is no media type: that of the file is sent.
    expect(await store({ body: new Blob(['x'], { type: 'image/gif' }) }, { type: 'image/*' })).toEqual([
      'image/gif',
      'x',
    ]);
    expect(await anything({ body: { a: 1 } })).toEqual(['application/json', { body: { a: 1 } }]);
  });

  test('pass uploads, streams and pages in Chromium', async ({ skip }) => {
    const browser = await launchBrowser();
    if (browser === undefined) return skip('no Chromium runs here');
    try {
      const { rolldown } = await import(
        createRequire(join(import.meta.dirname, '../../../node_modules/tsdown/package.json')).resolve('rolldown')
      );
      const bundle = await rolldown({ input: join(shop.root, 'things/client/index.ts'), platform: 'browser' });
      const { output } = await bundle.generate({ format: 'iife', name: 'things' });
      const page = await browser.newPage();
      // A page of the server's own origin.
      await page.route(`${served.url}/page`, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
      );
      await page.goto(`${served.url}/page`);
      await page.addScriptTag({ content: output[0].code });
      const seen = await page.evaluate(`(async () => {
        const client = things.createClient({ baseUrl: location.origin });
        const all = async (items) => { const seen = []; for await (const item of items) seen.push(item); return seen; };
        const file = new File(['hello'], 'h.txt', { type: 'text/plain' });
        const stream = { name: 's', type: 'x/y', stream: () => new Blob(['streamed']).stream() };
        return {
          upload: await client.upload({ title: 't', file, more: [stream] }),
          events: (await all(await client.watch())).map(({ data }) => data.n),
          lines: await all(await client.lines()),
          pages: await all(client.listThings()),
          error: await client.getThing({ id: 3 }).catch((error) => [things.isError(error, 'getThing', 404), error.name]),
        };
      })()`);
      expect(seen).toEqual({
        upload: { title: 't', file: ['h.txt', 'text/plain', 'hello'], more: [['s', 'x/y', 'streamed']] },
        events: [1, 2, 3],
        lines: [{ a: 1 }, 'two'],
        pages: [0, 1, 2, 3, 4, 5],
        error: [true, 'NotFoundError'],
      });
    } finally {
      await browser.close();
    }
  });
});
