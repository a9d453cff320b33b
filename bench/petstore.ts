import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEMP } from './processes.ts';

export { default as pet } from './peers/pet.json' with { type: 'json' };

const id = { name: 'petId', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } };
const json = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
const problem = { description: 'Refused.', content: json('Problem') };
const one = { 200: { description: 'The pet.', content: json('Pet') }, default: problem };

/** A document of the usual kind, with an operation that reads and one that writes. All contenders serve it. */
export const petstore = {
  openapi: '3.0.3',
  info: { title: 'Petstore', version: '1.0.0' },
  paths: {
    '/pets': {
      post: { operationId: 'addPet', requestBody: { required: true, content: json('NewPet') }, responses: one },
    },
    '/pets/{petId}': {
      get: {
        operationId: 'getPet',
        parameters: [id, { name: 'fields', in: 'query', schema: { type: 'string', maxLength: 100 } }],
        responses: one,
      },
    },
  },
  components: {
    schemas: {
      NewPet: {
        type: 'object',
        required: ['name', 'owner'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 100 },
          tag: { type: 'string', enum: ['dog', 'cat', 'bird'] },
          age: { type: 'integer', minimum: 0 },
          owner: { $ref: '#/components/schemas/Owner' },
        },
      },
      Owner: {
        type: 'object',
        required: ['name', 'email'],
        properties: { name: { type: 'string' }, email: { type: 'string', format: 'email' } },
      },
      Pet: {
        allOf: [
          { $ref: '#/components/schemas/NewPet' },
          { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
        ],
      },
      Problem: { type: 'object', properties: { message: { type: 'string' } } },
    },
  },
};

/** The document as a file, for those that read one. */
export function petstoreFile(): string {
  const file = join(TEMP, 'petstore.json');
  writeFileSync(file, JSON.stringify(petstore));
  return file;
}
