import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { UploadedFile } from '../../../pipeline/express/index.ts';
import { serving } from '../../helpers/serving.ts';

const takes = (content: object, required = true) => ({
  '/a': {
    post: {
      operationId: 'a',
      requestBody: { required, content },
      responses: { 200: { description: 'ok', content: { 'application/json': {} } } },
    },
  },
});
const members = (name: string) => ({
  schema: { type: 'object', required: [name], properties: { [name]: { type: 'integer' } } },
});

describe('a body', () => {
  it('is read by the media type that it was sent as, and validated by its own schema', async () => {
    const { call } = await serving({
      paths: takes({
        'application/json; charset=utf-8': members('a'),
        'application/merge-patch+json': members('b'),
        'application/vnd.x+json': members('c'),
      }),
    });
    const send = (type: string, body: object) =>
      call('POST', '/a', { body: JSON.stringify(body), headers: { 'content-type': type } });
    expect((await send('application/json', { a: 1 })).body).toEqual({ a: 1 });
    expect((await send('APPLICATION/JSON ; charset="UTF-8"', { a: 1 })).body).toEqual({ a: 1 });
    expect((await send('application/merge-patch+json', { b: 1 })).body).toEqual({ b: 1 });
    expect((await send('application/vnd.x+json', { c: 1 })).body).toEqual({ c: 1 });
    expect((await send('application/merge-patch+json', { a: 1 })).body.detail).toBe('/body/b is required');
    expect((await send('text/plain', {})).status).toBe(415);
    expect((await send('application/json; charset=utf-16', { a: 1 })).status).toBe(415);
  });

  it('of any type is taken as what it is', async () => {
    const { call } = await serving({ paths: takes({ '*/*': members('a') }) });
    expect((await call('POST', '/a', { body: { a: 1 } })).body).toEqual({ a: 1 });
    expect((await call('POST', '/a', { body: new URLSearchParams({ a: '1' }) })).body).toEqual({ a: 1 });
    expect((await call('POST', '/a', { body: '<a/>', headers: { 'content-type': 'application/xml' } })).status).toBe(
      400,
    );
  });

  it('may be left out where it is optional, and not where it is required', async () => {
    const optional = await serving({ paths: takes({ 'application/json': members('a') }, false) });
    expect((await optional.call('POST', '/a')).body).toEqual({});
    expect((await optional.call('POST', '/a', { body: {} })).status).toBe(400);
    const required = await serving({ paths: takes({ 'application/json': members('a') }) });
    expect((await required.call('POST', '/a')).body.detail).toBe('/body is required, as JSON.');
  });

  it.each([
    ['a string', { type: 'string' }, 'a'],
    ['a list', { type: 'array', items: { type: 'integer' } }, [1]],
    ['null', { type: 'string', nullable: true }, null],
    ['false', { type: 'boolean' }, false],
  ])('that is %s is the input’s body', async (_what, schema, value) => {
    const { call } = await serving({ paths: takes({ 'application/json': { schema } }) });
    const headers = { 'content-type': 'application/json' };
    expect((await call('POST', '/a', { body: JSON.stringify(value), headers })).body).toEqual({ body: value });
    expect((await call('POST', '/a', { body: '{}', headers })).status).toBe(400);
  });

  it('of DELETE is read', async () => {
    const paths = { '/a': { delete: takes({ 'application/json': members('a') })['/a'].post } };
    const { call } = await serving({ paths });
    expect((await call('DELETE', '/a', { body: { a: 1 } })).body).toEqual({ a: 1 });
  });

  it('of a form has the types of its schema', async () => {
    const schema = {
      type: 'object',
      required: ['n'],
      properties: {
        n: { type: 'integer' },
        tags: { type: 'array', items: { type: 'string' } },
        deep: { type: 'object', properties: { x: { type: 'integer' } } },
        csv: { type: 'array', items: { type: 'integer' } },
      },
    };
    const encoding = { csv: { explode: false } };
    const { call } = await serving({ paths: takes({ 'application/x-www-form-urlencoded': { schema, encoding } }) });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'n=1&tags=a&tags=b%26c&deep=%7B%22x%22%3A1%7D&csv=1,2&more=x+y';
    expect((await call('POST', '/a', { body, headers })).body).toEqual({
      n: 1,
      tags: ['a', 'b&c'],
      deep: { x: 1 },
      csv: [1, 2],
      more: 'x y',
    });
    expect((await call('POST', '/a', { body: 'n=x', headers })).body.detail).toBe('/body/n must be integer');
  });

  it('of text is a text, in the charset that it names', async () => {
    const { call } = await serving({ paths: takes({ 'text/plain': { schema: { type: 'string' } } }) });
    expect((await call('POST', '/a', { body: 'é' })).body).toEqual({ body: 'é' });
    const latin = { body: Uint8Array.of(0xe9), headers: { 'content-type': 'text/plain; charset=iso-8859-1' } };
    expect((await call('POST', '/a', latin)).body).toEqual({ body: 'é' });
    expect(
      (await call('POST', '/a', { body: Uint8Array.of(0xe9), headers: { 'content-type': 'text/plain' } })).status,
    ).toBe(400);
  });

  it('of bytes is bytes, and of JSON lines a list', async () => {
    let given: unknown;
    const handlers = {
      a: async ({ body }: { body: unknown }) => {
        given = body;
        return {};
      },
    };
    const bytes = await serving({ paths: takes({ 'application/octet-stream': {} }) }, handlers);
    await bytes.call('POST', '/a', {
      body: Uint8Array.of(0, 255),
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(given).toEqual(Uint8Array.of(0, 255));
    const lines = await serving({ paths: takes({ 'application/jsonl': {} }) }, handlers);
    await lines.call('POST', '/a', { body: '{"a":1}\n\n[2]\n', headers: { 'content-type': 'application/jsonl' } });
    expect(given).toEqual([{ a: 1 }, [2]]);
  });

  it.each([
    ['application/jsonl', 'schema', '3.0.3', '\n'],
    ['application/x-ndjson', 'itemSchema', '3.2.0', '\n'],
    ['application/json-seq', 'itemSchema', '3.2.0', '\n\u001e'],
  ])('in lines of %s is checked item by item, by its %s', async (type, name, openapi, separator) => {
    const item = { type: 'object', required: ['n'], properties: { n: { type: 'integer' }, kind: { default: 'a' } } };
    const { call, inputs } = await serving({ openapi, paths: takes({ [type]: { [name]: item } }) });
    const send = (...items: unknown[]) =>
      call('POST', '/a', {
        body: items.map((one) => JSON.stringify(one)).join(separator),
        headers: { 'content-type': type },
      });
    expect((await send({ n: 1 }, { n: 2, kind: 'b' })).status).toBe(200);
    expect(inputs.a).toEqual({
      body: [
        { n: 1, kind: 'a' },
        { n: 2, kind: 'b' },
      ],
    });
    expect(await send({ n: 1 }, { n: 'x' })).toMatchObject({
      status: 400,
      body: { detail: '/body/1/n must be integer' },
    });
  });

  it.each(['application/xml', 'text/csv', 'application/yaml'])(
    'of %s alone is handed over as text, whatever its schema',
    async (type) => {
      const schema = { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } };
      const { call, inputs } = await serving({ paths: takes({ [type]: { schema } }) });
      expect((await call('POST', '/a', { body: 'text', headers: { 'content-type': type } })).status).toBe(200);
      expect(inputs.a).toEqual({ body: 'text' });
    },
  );

  it('is unpacked within its limit', async () => {
    const { call } = await serving(
      { paths: takes({ 'application/json': { schema: { type: 'object', properties: { s: { type: 'string' } } } } }) },
      {},
      { bodyLimit: 1000 },
    );
    const small = Buffer.from('{"s":"a"}');
    const bomb = Buffer.from(JSON.stringify({ s: 'x'.repeat(100_000) }));
    for (const [encoding, pack] of [
      ['gzip', gzipSync],
      ['br', brotliCompressSync],
    ] as const) {
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
      expect((await call('POST', '/a', { body: new Uint8Array(pack(small)), headers })).body).toEqual({ s: 'a' });
      expect((await call('POST', '/a', { body: new Uint8Array(pack(bomb)), headers })).status).toBe(413);
    }
  });

  it.each([
    ['half a character', '{"s":"\\ud800"}', '/body/s must be well-formed Unicode.'],
    ['a NUL', '{"s":"a\\u0000"}', '/body/s must not hold a NUL character.'],
    ['a name with a NUL', '{"\\u0000":1}', "/body: a member's name must not hold a NUL character."],
    ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'The body is not valid UTF-8.'],
  ])('that holds %s is refused', async (_what, body, message) => {
    const { call } = await serving({ paths: takes({ 'application/json': {} }) });
    const answer = await call('POST', '/a', { body, headers: { 'content-type': 'application/json' } });
    expect([answer.status, answer.body.detail]).toEqual([400, message]);
  });

  it('of wrong items is refused at a small cost, with the first violations alone', async () => {
    const schema = { type: 'object', properties: { x: { type: 'array', items: { enum: ['a', 'b'] } } } };
    const { call } = await serving({ paths: takes({ 'application/json': { schema } }) });
    const few = await call('POST', '/a', { body: { x: Array.from({ length: 50 }, () => 'z') } });
    expect(few.body.detail.split('\n')).toHaveLength(21);
    expect(few.body.detail).toContain('… and 30 more');
    const many = await call('POST', '/a', { body: { x: Array.from({ length: 200_000 }, () => 'z') } });
    expect([many.status, many.body.detail]).toEqual([400, '/body/x/0 must be one of: a, b']);
  });
});

describe('a multipart body', () => {
  const schema = {
    type: 'object',
    required: ['title', 'photo'],
    properties: {
      title: { type: 'string' },
      count: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
      meta: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
      photo: { type: 'string', format: 'binary' },
      more: { type: 'array', items: { type: 'string', format: 'binary' } },
    },
  };
  const upload = (encoding?: object) => takes({ 'multipart/form-data': { schema, ...(encoding && { encoding }) } });
  const form = (parts: [name: string, value: string | Blob, fileName?: string][]) => {
    const made = new FormData();
    for (const [name, value, fileName] of parts) {
      if (value instanceof Blob) made.append(name, value, fileName);
      else made.append(name, value);
    }
    return made;
  };
  const photo = new Blob([new Uint8Array(100_000).fill(7)], { type: 'image/png' });

  it('has typed members, and files that can be streamed and read', async () => {
    let seen: unknown;
    const { call } = await serving(
      { paths: upload() },
      {
        async a({ photo, more, ...members }: { photo: UploadedFile; more: UploadedFile[] }) {
          let streamed = 0;
          for await (const chunk of photo.stream() as unknown as AsyncIterable<Uint8Array>) streamed += chunk.length;
          const { name, type, size } = photo;
          seen = {
            members,
            name,
            type,
            size,
            streamed,
            read: (await photo.arrayBuffer()).byteLength,
            texts: await Promise.all(more.map((file) => file.text())),
          };
          return {};
        },
      },
    );
    const body = form([
      ['title', 'a'],
      ['photo', photo, 'me.png'],
      ['count', '3'],
      ['tags', 'x'],
      ['tags', 'y'],
      ['meta', '{"a":1}'],
      ['more', new Blob(['1']), '1.txt'],
      ['more', new Blob(['2']), '2.txt'],
    ]);
    expect((await call('POST', '/a', { body })).status).toBe(200);
    expect(seen).toEqual({
      members: { title: 'a', count: 3, tags: ['x', 'y'], meta: { a: 1 } },
      name: 'me.png',
      type: 'image/png',
      size: 100_000,
      streamed: 100_000,
      read: 100_000,
      texts: ['1', '2'],
    });
  });

  it.each([
    ['without a required file', form([['title', 'a']]), '/body/photo is required'],
    [
      'with a text that is no number',
      form([
        ['title', 'a'],
        ['photo', photo],
        ['count', 'x'],
      ]),
      '/body/count must be integer',
    ],
    [
      'with a member that is no JSON',
      form([
        ['title', 'a'],
        ['photo', photo],
        ['meta', '{'],
      ]),
      '/body/meta must be JSON',
    ],
    [
      'with a wrong member of a member',
      form([
        ['title', 'a'],
        ['photo', photo],
        ['meta', '{}'],
      ]),
      '/body/meta/a is required',
    ],
  ])('is refused %s', async (_what, body, message) => {
    const { call } = await serving({ paths: upload() });
    const answer = await call('POST', '/a', { body });
    expect([answer.status, answer.body.detail]).toEqual([400, message]);
  });

  it('has to have the media types that its encoding names', async () => {
    const { call } = await serving({ paths: upload({ photo: { contentType: 'image/jpeg, image/gif' } }) });
    const answer = await call('POST', '/a', {
      body: form([
        ['title', 'a'],
        ['photo', photo],
      ]),
    });
    expect([answer.status, answer.body.detail]).toEqual([
      400,
      '/body/photo must be of the type image/jpeg or image/gif',
    ]);
  });

  it('is bounded, and refused where it is malformed', async () => {
    const { call } = await serving({ paths: upload() }, {}, { uploads: { maxBytes: 50_000, maxFiles: 2 } });
    expect(
      (
        await call('POST', '/a', {
          body: form([
            ['title', 'a'],
            ['photo', photo],
          ]),
        })
      ).status,
    ).toBe(413);
    const files = [1, 2, 3].map((n): [string, Blob, string] => ['more', new Blob(['x']), `${n}`]);
    expect((await call('POST', '/a', { body: form([['title', 'a'], ...files]) })).status).toBe(413);
    const headers = { 'content-type': 'multipart/form-data' };
    expect((await call('POST', '/a', { body: 'x', headers })).status).toBe(400);
    const cut = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(
      (await call('POST', '/a', { body: '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\na', headers: cut }))
        .status,
    ).toBe(400);
  });
});
