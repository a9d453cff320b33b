import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { consumers } from '../helpers/consumers.ts';
import { blocksOf, type Page, pages, root } from '../helpers/guides.ts';
import { Workshop } from '../helpers/workshop.ts';

const execute = promisify(execFile);
const json = (schema: object) => ({ 'application/json': { schema } });
const pet = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const problem = { type: 'object', properties: { title: { type: 'string' } } };
const petId = { name: 'petId', in: 'path', required: true, schema: { type: 'integer' } };
const ok = (content: object) => ({ 200: { description: 'It.', content } });

/** The document of the page. */
const document = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  security: [{ bearerAuth: [] }],
  components: { securitySchemes: { bearerAuth: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/pets': {
      get: {
        operationId: 'listPets',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
          { name: 'tags', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
          { name: 'X-Shop', in: 'header', schema: { type: 'string' } },
        ],
        responses: ok(json({ type: 'array', items: pet })),
      },
      post: {
        operationId: 'addPet',
        requestBody: { required: true, content: json(pet) },
        responses: { 201: { description: 'It.', content: json(pet) } },
      },
    },
    '/pets/{petId}': {
      get: {
        operationId: 'getPet',
        parameters: [petId],
        responses: {
          200: { ...ok(json(pet))[200], headers: { 'X-Left': { schema: { type: 'integer' } } } },
          404: { description: 'No.', content: json(problem) },
        },
      },
    },
    '/pets/{petId}/photo': {
      post: {
        operationId: 'addPhoto',
        parameters: [petId],
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                required: ['file'],
                properties: { file: { type: 'string', format: 'binary' } },
              },
            },
          },
        },
        responses: { 204: { description: 'Done.' } },
      },
    },
    '/pets/events': {
      get: { operationId: 'watchPets', responses: ok({ 'text/event-stream': { schema: pet } }) },
    },
  },
};

const headers: Readonly<Record<string, string>> = {
  'openapi-fetch': `import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../generated/schema.ts';
declare const client: Client<paths>;`,
  'openapi-strict': `import { type Client, createClient, isError } from './index.ts';
declare const client: Client;`,
  'hey-api': `import { client } from '../hey-api/client.gen.ts';
import { addPet, addPhoto, getPet, listPets, watchPets } from '../hey-api/sdk.gen.ts';`,
};

/** Has hey-api write its client of a document. */
async function heyApi(spec: string, output: string): Promise<void> {
  const program = join(consumers, 'node_modules/@hey-api/openapi-ts/bin/run.js');
  await execute(process.execPath, [program, '-i', spec, '-o', output, '-c', '@hey-api/client-fetch']);
}

test('what the page on moving from other clients shows compiles, before and after', async () => {
  using shop = new Workshop();
  symlinkSync(join(root, 'node_modules/openapi-fetch'), join(shop.root, 'node_modules/openapi-fetch'));
  const spec = shop.write('pets.json', JSON.stringify(document));
  await heyApi(spec, join(shop.root, 'pets/hey-api'));
  const { code, complaints } = await shop.gen(spec, 'pets');
  expect([code, complaints]).toEqual([0, []]);
  const page = pages.find(({ path }) => path === 'docs/migration.md') as Page;
  const parts = blocksOf(page).flatMap(({ code }) => code.split(/^\/\/ (?=openapi-|hey-api)/m).slice(1));
  const of = (name: string) => parts.filter((part) => part.startsWith(name)).map((part) => part.replace(/.*\n/, ''));
  // Ten things of each of the two clients.
  expect([of('openapi-fetch').length, of('hey-api').length, of('openapi-strict').length]).toEqual([10, 10, 20]);
  const files = Object.keys(headers).map((name) => {
    const bodies = of(name).map((body) => `async () => {\n${body}},\n`);
    const text = `${headers[name]}\ndeclare const [file, token]: [File, string];\nexport default [\n${bodies.join('')}];\n`;
    shop.write(`pets/client/${name}.ts`, text);
    return `pets/client/${name}.ts`;
  });
  const quiet = { noUnusedLocals: false, noUnusedParameters: false };
  expect(shop.typeErrors(files, quiet)).toEqual([]);
});
