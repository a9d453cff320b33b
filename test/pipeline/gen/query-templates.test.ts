import { expect, it } from 'vitest';
import { gen } from '../../../pipeline/gen/gen.ts';
import { Workshop } from '../../helpers/workshop.ts';

const text = { type: 'string' };
const responses = { 200: { description: 'ok', content: { 'application/json': { schema: {} } } } };
const inPath = (name: string, more: object = {}) => ({ name, in: 'path', required: true, schema: text, ...more });

const kinds: Record<string, readonly [path: string, item: object, input: object, url: string]> = {
  'declared as parameters of the path': [
    '/search/{of}?text={q}&limit={limit}&kind=all',
    { get: { parameters: [inPath('of'), inPath('q'), inPath('limit', { schema: { type: 'integer' } })], responses } },
    { of: 'a', text: 'b c', limit: 3 },
    '/search/a?kind=all&text=b%20c&limit=3',
  ],
  'declared by the path, behind a reference': [
    '/search?text={text}',
    { parameters: [{ $ref: '#/components/parameters/Text' }], get: { responses } },
    { text: 'b' },
    '/search?text=b',
  ],
  'declared as parameters of the query': [
    '/search?text={text}',
    { get: { parameters: [{ name: 'text', in: 'query', schema: text }], responses } },
    { text: 'b' },
    '/search?text=b',
  ],
  'not declared': ['/search?text={text}', { get: { responses } }, { text: 'b' }, '/search?text=b'],
};

it.each(Object.entries(kinds))(
  'parameters in the query of a path are parameters of the query: %s',
  async (_name, [path, item, input, url]) => {
    using shop = new Workshop();
    const document = { openapi: '3.0.3', info: { title: 'T', version: '1' }, paths: { [path]: item } };
    const components = { parameters: { Text: inPath('text') } };
    const spec = shop.write('spec.json', JSON.stringify({ ...document, components }));
    const { code, complaints, said } = await shop.gen(spec, 'out');
    expect([code, complaints]).toEqual([0, []]);
    expect(said.join('\n')).toContain('read as parameters of the query');
    const served = await shop.serve('out');
    const [id = ''] = Object.keys(served.handlers);
    served.handlers[id] = async (given: object) => given;
    expect(await served.client[id](input)).toEqual(input);
    expect(await (await fetch(served.url + url)).json()).toEqual(input);
    served.stop();
  },
);

it('a parameter that the path itself has is its own, also where its query repeats it', async () => {
  using shop = new Workshop();
  const paths = { '/a/{id}?of={id}': { get: { parameters: [inPath('id')], responses } } };
  const spec = shop.write('spec.json', JSON.stringify({ openapi: '3.0.3', info: { title: 'T', version: '1' }, paths }));
  const { said } = await shop.gen(spec, 'out');
  expect(said.join('\n')).not.toContain('read as');
});

/** Runs gen on paths, in a project with lint rules of its own. */
async function byOwnRules(shop: Workshop, paths: object, lenient = false) {
  shop.write('spec.json', JSON.stringify({ openapi: '3.0.3', info: { title: 'T', version: '1' }, paths }, null, 1));
  shop.write('redocly.yaml', 'rules:\n  struct: error\n  path-parameters-defined: error\n');
  const documents = [{ spec: 'spec.json', redocly: 'redocly.yaml', page: false, tryIt: false }];
  shop.write('openapi-strict.config.ts', `export default ${JSON.stringify({ documents })};`);
  const [said, complaints]: [string[], string[]] = [[], []];
  const complain = (line: string) => complaints.push(line);
  const code = await gen({ root: shop.root, page: false, lenient, say: (line) => said.push(line), complain });
  return { code, said, complaints };
}

it.each([
  ['not declared', {}],
  ['a parameter of the query', { parameters: [{ name: 'text', in: 'query', schema: text }] }],
  ['a parameter of the path', { parameters: [inPath('text')] }],
])('a project with lint rules of its own is told of a parameter in the query of a path: %s', async (_name, more) => {
  using shop = new Workshop();
  const item = { get: { ...more, responses } };
  const told = /spec\.json:\d+:\d+:? The query of a path holds `text`: OpenAPI has no such paths/;
  expect(await byOwnRules(shop, { '/search?text={text}': item })).toEqual({
    code: 2,
    said: expect.anything(),
    complaints: [expect.stringMatching(told)],
  });
  const { code, said } = await byOwnRules(shop, { '/search?text={text}': item, '/a': item }, true);
  expect([code, said.filter((line) => told.test(line))]).toEqual([
    0,
    [expect.stringContaining('Left out: GET /search')],
  ]);
  expect(Object.keys(JSON.parse(shop.read('generated/openapi.json')).paths)).toEqual(['/a']);
});
