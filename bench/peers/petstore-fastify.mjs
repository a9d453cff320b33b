// The petstore on Fastify with fastify-openapi-glue: requests are validated, answers are serialized by their schema.
import Fastify from 'fastify';
import openapiGlue from 'fastify-openapi-glue';
import pet from './pet.json' with { type: 'json' };

const app = Fastify();
app.register(openapiGlue, {
  specification: process.argv[2],
  serviceHandlers: {
    addPet: async ({ body }) => ({ ...body, id: 1 }),
    getPet: async ({ params }) => ({ ...pet, id: params.petId }),
  },
});
console.log(await app.listen({ port: 0, host: '127.0.0.1' }));
