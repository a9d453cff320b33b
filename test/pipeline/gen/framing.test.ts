import { expect, it } from 'vitest';
import { Workshop } from '../../helpers/workshop.ts';

const header = (name: string, schema: object) => ({ name, in: 'header', required: true, schema });

it.each([
  ['Content-Length', { type: 'integer', minimum: 1000 }],
  ['transfer-encoding', { type: 'string', enum: ['gzip'] }],
  ['Expect', { type: 'string' }],
])('a header parameter that HTTP itself sets is no input, which gen says: %s', async (name, schema) => {
  using shop = new Workshop();
  const operation = {
    operationId: 'write',
    parameters: [header(name, schema), header('X-Own', { type: 'string' })],
    requestBody: { content: { 'text/plain': { schema: { type: 'string' } } } },
    responses: { 200: { description: 'ok', content: { 'application/json': { schema: {} } } } },
  };
  const document = { openapi: '3.0.3', info: { title: 'T', version: '1' }, paths: { '/a': { put: operation } } };
  const { code, said } = await shop.gen(shop.write('spec.json', JSON.stringify(document)), 'out');
  expect([code, said.filter((line) => line.startsWith('Left out'))]).toEqual([
    0,
    [`Left out: the header parameter ${name}: HTTP sets it, and it is no input (write).`],
  ]);
  const served = await shop.serve('out', { write: async (input: object) => input });
  expect(await served.client.write({ 'X-Own': 'a', body: 'text' })).toEqual({ 'X-Own': 'a', body: 'text' });
  served.stop();
});

it.each([
  ['of the path', [header('Expect', { type: 'string' })]],
  ['of the path, behind a reference', [{ $ref: '#/components/parameters/Expect' }]],
])('a header parameter that HTTP itself sets is told where it is %s, too', async (_name, parameters) => {
  using shop = new Workshop();
  const document = {
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: { '/a': { parameters, get: { operationId: 'read', responses: { 200: { description: 'ok' } } } } },
    components: { parameters: { Expect: header('Expect', { type: 'string' }) } },
  };
  const { said } = await shop.gen(shop.write('spec.json', JSON.stringify(document)), 'out');
  expect(said).toContain('Left out: the header parameter Expect: HTTP sets it, and it is no input (read).');
});
