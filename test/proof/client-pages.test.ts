import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blocksOf, root } from '../helpers/guides.ts';
import { Workshop } from '../helpers/workshop.ts';

const json = (schema: object) => ({ 'application/json': { schema } });
const ok = (content: object) => ({ 200: { description: 'It.', content } });
const object = (properties: object) => ({ type: 'object', required: Object.keys(properties), properties });
const text = { type: 'string' };
const problem = { description: 'No.', content: json(object({ title: text })) };
const jobs = { type: 'array', items: object({ id: text }) };

/** The API that the pages on the client use. */
const document = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  security: [{ apiKey: [] }],
  components: { securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  paths: {
    '/pets': {
      get: { operationId: 'ListPets', responses: ok(json({ type: 'array', items: object({ name: text }) })) },
    },
    '/pets/{petId}': {
      get: {
        operationId: 'GetPet',
        parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { ...ok(json(object({ name: text }))), 404: problem },
      },
    },
    '/prices': {
      get: {
        operationId: 'WatchPrices',
        responses: ok({ 'text/event-stream': { schema: object({ price: { type: 'number' } }) } }),
      },
    },
    '/jobs': {
      get: {
        operationId: 'ListJobs',
        'x-pagination': { items: 'jobs', token: 'nextToken' },
        parameters: ['status', 'nextToken'].map((name) => ({ name, in: 'query', schema: text })),
        responses: ok(json({ type: 'object', required: ['jobs'], properties: { jobs, nextToken: text } })),
      },
    },
  },
};

/** The imports that a block of code leaves out. */
const GIVEN = `import { type Client, createClient, isError } from './client/index.ts';
declare const client: Client;
`;

/** A block of code as a program: what is left to the reader is empty. */
function program(code: string): string {
  const imports = code.match(/^import .*;$/gm) ?? [];
  const body = code.replaceAll(/^import .*;$/gm, '').replaceAll(' …', ' {}');
  const given = code.includes('createClient } from') || code.includes('createClient, ') ? '' : GIVEN;
  // The block on the configuration shows members of it.
  const whole = body.replace(/^clientOptions: (.*)$/m, 'export const clientOptions = $1;');
  const shown = /^export/m.test(whole) ? whole : `export async function shown(baseUrl: string) {\n${whole}}\n`;
  return [...imports, given, shown].join('\n');
}

test('each block of code on the pages on the client compiles', async () => {
  using shop = new Workshop();
  const made = await shop.gen(shop.write('pets.json', JSON.stringify(document)), 'pets', {
    clientOptions: { validate: true },
  });
  expect(made).toMatchObject({ code: 0, complaints: [] });
  const files = ['pipeline/fetch/README.md', 'docs/client.md'].flatMap((path) => {
    const page = { path, text: readFileSync(join(root, path), 'utf8') };
    const blocks = blocksOf(page).filter(({ language }) => language === 'ts');
    expect(blocks.length).toBeGreaterThan(1);
    return blocks.map(({ code }, index) => {
      const file = `pets/${path.replaceAll(/\W/g, '-')}-${index}.ts`;
      shop.write(file, program(code));
      return file;
    });
  });
  expect(shop.typeErrors(files, { noUnusedLocals: false, noUnusedParameters: false })).toEqual([]);
});
