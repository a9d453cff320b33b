import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Document } from '../../../pipeline/contract/document/document.ts';
import { loadDocument } from '../../../pipeline/contract/document/load.ts';
import { viewOf } from '../../../pipeline/contract/schema/schema.ts';

async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'contract-load-'));
  onTestFinished(() => rm(made, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(made, name), text);
  return made;
}

it('reads a document of several files that refer to each other, and to themselves', async () => {
  const at = await folder({
    'api.yaml': 'openapi: 3.1.0\npaths: { /notes: { $ref: "notes.yaml#/path" } }\n',
    'notes.yaml': `path: { post: { requestBody: { content: { application/json: { schema: { $ref: "#/Note" } } } }, responses: {} } }
Note: { type: object, properties: { parent: { $ref: "#/Note" }, tag: { $ref: "more.json#/Tag" } } }
`,
    'more.json': '{ "Tag": { "type": "string", "maxLength": 3 }, "Back": { "$ref": "notes.yaml#/Note" } }',
  });
  const document = new Document(await loadDocument(join(at, 'api.yaml')));
  const [operation] = document.operations;
  const { properties } = viewOf(document.resolve, operation?.body?.schema ?? {});
  expect(Object.keys(properties)).toEqual(['parent', 'tag']);
  expect(viewOf(document.resolve, properties.tag ?? {}).maxLength).toBe(3);
  expect(Object.keys(viewOf(document.resolve, properties.parent ?? {}).properties)).toEqual(['parent', 'tag']);
  expect([...document.unusable]).toEqual([]);
});

it.each([
  ['swagger: "2.0"\npaths: {}\n', /is Swagger 2\.0; the suite takes OpenAPI 3\.0, 3\.1 and 3\.2\. swagger2openapi/],
  ['openapi: 4.0.0\n', /is not an OpenAPI document of version 3/],
  ['- a list\n', /it is no object/],
])('refuses %j in one sentence', async (text, sentence) => {
  const at = await folder({ 'api.yaml': text });
  await expect(loadDocument(join(at, 'api.yaml'))).rejects.toThrow(sentence);
});

it('reads what a document says beside references that lead nowhere, and tells of these', () => {
  const dangling = { $ref: '#/components/none' };
  const document = new Document({
    openapi: '3.1.0',
    paths: {
      '/a/{id}': {
        parameters: [dangling, { name: 'size', in: 'query', schema: dangling }],
        get: {
          responses: {
            200: { $ref: '#/components/responses/Circle' },
            404: { description: 'none', content: { 'a/b': dangling } },
          },
        },
        post: { requestBody: dangling, responses: { default: dangling } },
      },
    },
    components: { responses: { Circle: { $ref: '#/components/responses/Circle' } } },
  });
  expect(document.operations.map(({ id }) => id)).toEqual(['GET /a/{id}', 'POST /a/{id}']);
  expect(document.operations[0]?.parameters.map(({ name }) => name)).toEqual(['size', 'id']);
  expect(document.operations[0]?.responses[404]?.description).toBe('none');
  expect([...document.unusable]).toEqual(['#/components/none', '#/components/responses/Circle']);
});
