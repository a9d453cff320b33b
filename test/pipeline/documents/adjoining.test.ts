import { expect, it } from 'vitest';
import { get, serving } from '../../helpers/serving.ts';

const inPath = (name: string, schema: object) => ({ name, in: 'path', required: true, schema });
const text = { type: 'string' };

it.each([
  ['/files/{id}{ext}', { ext: ['.json', '.tar.gz'] }, '/files/a.b.tar.gz', { id: 'a.b', ext: '.tar.gz' }],
  ['/files/{kind}{id}', { kind: ['a', 'abc'] }, '/files/abcd', { kind: 'abc', id: 'd' }],
  ['/files/{x}.{format}', { format: ['json', 'xml'] }, '/files/52.5.json', { x: '52.5', format: 'json' }],
  ['/files/{id}{ext}', { ext: ['|', ' (x)'] }, '/files/a%20(x)', { id: 'a', ext: ' (x)' }],
])(
  'of parameters of one segment, the one that lists its values tells where the other ends: %s',
  async (path, lists, url, input) => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const values = lists as Record<string, string[] | undefined>;
    const parameters = names.map((name) => inPath(name, { ...text, ...(values[name] && { enum: values[name] }) }));
    const { call } = await serving({ paths: { [path]: get('read', parameters) } });
    expect((await call('GET', url)).body).toEqual(input);
    expect((await call('GET', '/files/zz.z')).status).toBe(400);
  },
);
