import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Workshop } from '../../helpers/workshop.ts';

const shop = new Workshop();
afterAll(() => shop[Symbol.dispose]());

const ok = { 200: { description: 'Done.' } };
const document = (paths: object, more: object = {}) =>
  JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, ...more }, null, 1);
const good = { get: { operationId: 'good', responses: ok } };
const schema = { type: 'number', minimum: 'zero' };
const bad = {
  post: { operationId: 'bad', requestBody: { content: { 'application/json': { schema } } }, responses: ok },
};

test('--lenient leaves out an operation that is wrong and names it; without it, the spot refuses the document', async () => {
  const spec = shop.write('spot.json', document({ '/good': good, '/bad': bad }));
  const refused = await shop.gen(spec, 'spot');
  expect([refused.code, refused.complaints]).toEqual([
    2,
    [expect.stringMatching(/spot\.json:\d+:\d+ struct: .*string/)],
  ]);
  expect(shop.files('.').some((file) => file.startsWith('spot/'))).toBe(false);
  const { code, said } = await shop.gen(spec, 'spot', { lenient: true });
  expect(code).toBe(0);
  expect(said).toContainEqual(expect.stringMatching(/^Left out: POST \/bad: .*spot\.json:\d+:\d+/));
  expect(Object.keys(JSON.parse(shop.read('spot/generated/openapi.json')).paths['/good'])).toEqual(['get']);
  expect(shop.read('spot/server/operations/index.ts')).not.toContain('bad');
});

test('--lenient leaves out what reaches a component that is wrong, too', async () => {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Outer' } } };
  const uses = { get: { operationId: 'uses', responses: { 200: { description: 'Done.', content } } } };
  const schemas = {
    Inner: schema,
    Outer: { type: 'object', properties: { inner: { $ref: '#/components/schemas/Inner' } } },
  };
  const spec = shop.write('reach.json', document({ '/good': good, '/uses': uses }, { components: { schemas } }));
  const { code, said } = await shop.gen(spec, 'reach', { lenient: true });
  expect(code).toBe(0);
  expect(said).toContainEqual(expect.stringContaining('Left out: GET /uses: '));
});

test('--lenient leaves out each operation of a path whose own parameters are wrong, or reach what is', async () => {
  const own = { parameters: [{ in: 'query', name: 'n', schema }], get: { operationId: 'own', responses: ok } };
  const N = { in: 'query', name: 'n', schema };
  const reaching = {
    parameters: [{ $ref: '#/components/parameters/N' }],
    get: { operationId: 'reaching', responses: ok },
    put: { operationId: 'reachingToo', responses: ok },
  };
  const paths = { '/good': good, '/own': own, '/reaching': reaching };
  const spec = shop.write('paths.json', document(paths, { components: { parameters: { N } } }));
  const { code, said } = await shop.gen(spec, 'paths', { lenient: true });
  expect(code).toBe(0);
  const left = said.flatMap((line) => /^Left out: (\S+ \S+):/.exec(line)?.[1] ?? []);
  expect(left.toSorted()).toEqual(['GET /own', 'GET /reaching', 'PUT /reaching']);
  expect(Object.keys(JSON.parse(shop.read('paths/generated/openapi.json')).paths)).toEqual(['/good']);
});

test('--lenient leaves out what is wrong in another file, by its place there, and ends where two files have one pointer', async () => {
  const body = (ref: string) => ({
    requestBody: { content: { 'application/json': { schema: { $ref: ref } } } },
    responses: ok,
  });
  shop.write('files/wrong.json', JSON.stringify(schema));
  shop.write('files/holds.json', JSON.stringify({ type: 'object', properties: { a: { $ref: 'wrong.json' } } }));
  const maximum = { type: 'number', maximum: 'one' };
  shop.write('files/other.json', JSON.stringify({ components: { schemas: { N: maximum } } }, null, 1));
  const paths = {
    '/good': good,
    '/a': { post: { operationId: 'a', ...body('holds.json') } },
    '/b': { post: { operationId: 'b', ...body('other.json#/components/schemas/N') } },
    '/c': { post: { operationId: 'c', ...body('#/components/schemas/N') } },
  };
  const spec = shop.write('files/root.json', document(paths, { components: { schemas: { N: { type: 'string' } } } }));
  const { code, said } = await shop.gen(spec, 'files-out', { lenient: true });
  expect(code).toBe(0);
  expect(said.filter((line) => line.startsWith('Left out')).sort()).toEqual([
    expect.stringMatching(/^Left out: POST \/a: .*wrong\.json:1:\d+/),
    expect.stringMatching(/^Left out: POST \/b: .*other\.json:\d+:\d+/),
  ]);
  const made = JSON.parse(shop.read('files-out/generated/openapi.json')) as { paths: Record<string, object> };
  const served = Object.entries(made.paths).filter(([, item]) => Object.keys(item).length > 0);
  expect(served.map(([path]) => path)).toEqual(['/good', '/c']);
});

test('--report has every remark with its place in the document, and --strict refuses what is left out', async () => {
  const callbacks = { done: { '{$url}': { post: { responses: ok } } } };
  const spec = shop.write('called.json', document({ '/a': { get: { callbacks, responses: ok } } }));
  const report = join(shop.root, 'report.json');
  expect((await shop.gen(spec, 'called', { report })).code).toBe(0);
  expect(JSON.parse(shop.read('report.json')).remarks).toEqual([
    expect.objectContaining({ kind: 'renamed', operations: ['getA'], pointer: '#/paths/~1a/get' }),
    expect.objectContaining({
      kind: 'left-out',
      message: 'callbacks: not called',
      operations: ['getA'],
      pointer: '#/paths/~1a/get',
    }),
  ]);
  const { code, complaints } = await shop.gen(spec, 'strict', { strict: true });
  expect([code, complaints]).toEqual([2, ['#/paths/~1a/get --strict: left out: callbacks: not called.']]);
  expect(shop.files('.').some((file) => file.startsWith('strict/'))).toBe(false);
});

test('a document can be fetched, with the files beside it, and a server that fails is named in one sentence', async () => {
  const files: Record<string, string> = {
    '/openapi.json': document({ '/a': { $ref: 'paths/a.json' } }),
    '/paths/a.json': JSON.stringify(good),
  };
  const server = createServer((request, response) => {
    const text = files[request.url ?? ''];
    response.writeHead(text === undefined ? 404 : 200).end(text);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect(await shop.gen(`${url}/openapi.json`, 'fetched')).toMatchObject({ code: 0, complaints: [] });
    expect(shop.read('fetched/server/operations/index.ts')).toContain('good');
    const gone = await shop.gen(`${url}/gone.json`, 'gone');
    expect(gone).toMatchObject({ code: 2, complaints: [`${url}/gone.json: The server answered 404.`] });
  } finally {
    server.close();
  }
});

test('a reference that leads nowhere within an extension is a remark', async () => {
  const spec = shop.write(
    'topics.json',
    document({ '/a': good }, { 'x-topics': [{ content: { $ref: './start.md' } }] }),
  );
  expect(await shop.gen(spec, 'topics')).toMatchObject({ code: 0, complaints: [] });
});
