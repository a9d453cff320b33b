import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, Workshop } from '../../helpers/workshop.ts';

const responses = { 200: { description: 'ok', content: { 'application/json': { schema: {} } } } };
const integer = { type: 'integer' };

/** An operation for each path, whose parameters are integers. */
const document = (paths: readonly string[]) => ({
  openapi: '3.0.3',
  info: { title: 'Paths', version: '1' },
  paths: Object.fromEntries(
    paths.map((path) => {
      const names = new Set([...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name));
      const parameters = [...names].map((name) => ({ name, in: 'path', required: true, schema: integer }));
      return [path, { get: { parameters, responses } }];
    }),
  ),
});

const paths = [
  '/plain/{id}',
  '/hyphen/{user-id}',
  '/dot/{user.id}',
  '/prefix/{userId}/{user}',
  '/suffix/{id}.json',
  '/two/{a}-{b}',
  '/twice/{x}/{x}',
  '/pattern/(x)/a+b*/[y]/{id}',
  '/verb/{id}:run',
  '/größe/{名}',
  '/a b/{id}',
  '/escaped/%2F/{id}',
  '/digit/{1}',
  '/inherited/{constructor}/{toString}',
];

describe('paths of other documents', () => {
  const shop = new Workshop();
  let served: Served;
  let said: string[];
  beforeAll(async () => {
    const spec = shop.write(
      'paths.json',
      JSON.stringify(
        document([
          ...paths,
          '/query/{id}',
          '/query/{id}?a=1',
          '/query/{id}?a=1&b=2',
          '/alone/{id}#hash',
          '/plain/{id}#hash',
        ]),
      ),
    );
    ({ said } = await shop.gen(spec, 'paths'));
    served = await shop.serve('paths');
    // The stubs are replaced by what answers its input.
    const { handlers } = served;
    for (const id of Object.keys(handlers)) handlers[id] = async (input: object) => Object.entries(input);
  });
  afterAll(() => {
    served.stop();
    shop[Symbol.dispose]();
  });

  test.each(paths)('%s is found, its values are what the document says, and others are refused', async (path) => {
    const [id = ''] = Object.entries(served.operations).find(([, operation]) => operation.path === path) ?? [];
    const { pathParams } = served.operations[id] ?? { pathParams: [] };
    const call = (value: unknown) => served.client[id](Object.fromEntries(pathParams.map((name) => [name, value])));
    expect(await call(7)).toEqual(pathParams.map((name) => [name, 7]));
    expect(await call(8)).toEqual(pathParams.map((name) => [name, 8]));
    await expect(call('x')).rejects.toMatchObject({
      status: 400,
      body: { detail: pathParams.map((name) => `/params/${name} must be integer`).join('\n') },
    });
  });

  test('operations that their queries tell apart are each found', async () => {
    const { client } = served;
    const handled = async (id: string) =>
      (await client[id].withResponse({ id: 7 })).response.url.replace(/^.*\/query/, '');
    expect([await handled('getQueryId'), await handled('getQueryIdA1'), await handled('getQueryIdA1B2')]).toEqual([
      '/7',
      '/7?a=1',
      '/7?a=1&b=2',
    ]);
    const { document: _, ...own } = served.handlers;
    const called: string[] = [];
    for (const id of Object.keys(own)) served.handlers[id] = async () => void called.push(id);
    for (const query of ['', '?a=1', '?b=2&a=1', '?a=%31']) await fetch(`${served.url}/query/7${query}`);
    expect(called).toEqual(['getQueryId', 'getQueryIdA1', 'getQueryIdA1B2', 'getQueryIdA1']);
    const { status } = await fetch(`${served.url}/query/7?a=2`);
    expect(status).toBe(400);
  });

  test('a fragment never reaches a server: its operation is served without it where no other has the path', async () => {
    expect((await fetch(`${served.url}/alone/7`)).status).toBeLessThan(400);
    expect(said).toContain(
      'Left out: a path with #: served without what is behind it (getAloneIdHash, getPlainIdHash).',
    );
    expect(said).toContain(
      'Left out: getPlainIdHash: its path is also that of getPlainId, which is served (getPlainIdHash).',
    );
  });

  test('a header that is a list is taken as one', async () => {
    const parameters = [
      { name: 'X-List', in: 'header', schema: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } } },
      { $ref: '#/components/parameters/Other' },
    ];
    const components = { parameters: { Other: { name: 'X-Other', in: 'header', schema: integer } } };
    const text = JSON.stringify({ ...document([]), paths: { '/': { get: { parameters, responses } } }, components });
    await shop.gen(shop.write('lists.json', text), 'lists');
    const { client, stop } = await shop.serve('lists', { get: async (input: object) => input });
    for (const input of [{ 'X-List': ['a', 'b'], 'X-Other': 3 }, { 'X-List': ['b'] }]) {
      expect(await client.get(input)).toEqual(input);
    }
    await expect(client.get({ 'X-List': ['x'] })).rejects.toMatchObject({ status: 400 });
    stop();
  });
});
