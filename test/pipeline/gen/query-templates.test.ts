import { expect, it } from 'vitest';
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
