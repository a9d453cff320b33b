// Fastify with fastify-openapi-glue: Ajv validates requests, fast-json-stringify writes answers without validating them.
import Ajv2020 from 'ajv/dist/2020.js';
import Fastify from 'fastify';
import openapiGlue from 'fastify-openapi-glue';
import { keeper } from './keep.mjs';

const [database, specification] = process.argv.slice(2);
const keep = keeper(database);
const app = Fastify();
const ajv = new Ajv2020({ removeAdditional: false, useDefaults: true, coerceTypes: 'array', strict: false });
app.setValidatorCompiler(({ schema }) => ajv.compile(schema));
app.register(openapiGlue, {
  specification,
  serviceHandlers: {
    UpdateBackendAuth: async ({ params, body }) => keep(params.appId, params.backendEnvironmentName, body),
  },
});
console.log(await app.listen({ port: 0, host: '127.0.0.1' }));
