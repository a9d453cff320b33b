// A correct server of tasks with Fastify and its OpenAPI plugin; its document is at /openapi.json.
import swagger from '@fastify/swagger';
import Fastify from 'fastify';

// Fastify's own defaults read "7" and 7 alike and drop what is not declared; a contract of JSON has neither.
const app = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } });
await app.register(swagger, { openapi: { openapi: '3.0.3', info: { title: 'Tasks', version: '1.0.0' } } });

const problem = {
  description: 'It was refused.',
  type: 'object',
  required: ['message'],
  properties: { message: { type: 'string' } },
};
const members = {
  title: { type: 'string', minLength: 1, maxLength: 50 },
  state: { type: 'string', enum: ['open', 'done'] },
  labels: { type: 'array', maxItems: 3, items: { type: 'string', minLength: 1 } },
};
const task = {
  description: 'The task.',
  type: 'object',
  required: ['id', 'title'],
  properties: { id: { type: 'string' }, ...members },
};
const params = { type: 'object', required: ['taskId'], properties: { taskId: { type: 'string' } } };
const body = { type: 'object', required: ['title'], additionalProperties: false, properties: members };
const tasks = new Map();
let last = 0;
const absent = (reply) => reply.code(404).send({ message: 'There is no such task.' });

app.route({
  method: 'GET',
  url: '/tasks',
  schema: {
    operationId: 'listTasks',
    querystring: { type: 'object', properties: { state: members.state } },
    response: { 200: { description: 'The tasks.', type: 'array', items: task }, 400: problem },
  },
  handler: ({ query }) => [...tasks.values()].filter(({ state }) => query.state === undefined || state === query.state),
});
app.route({
  method: 'POST',
  url: '/tasks',
  schema: { operationId: 'createTask', body, response: { 201: task, 400: problem } },
  handler: (request, reply) => {
    last += 1;
    const made = { ...request.body, id: `t${last}` };
    tasks.set(made.id, made);
    return reply.code(201).send(made);
  },
});
app.route({
  method: 'GET',
  url: '/tasks/:taskId',
  schema: { operationId: 'getTask', params, response: { 200: task, 404: problem } },
  handler: ({ params: { taskId } }, reply) => tasks.get(taskId) ?? absent(reply),
});
app.route({
  method: 'PUT',
  url: '/tasks/:taskId',
  schema: { operationId: 'putTask', params, body, response: { 200: task, 400: problem, 404: problem } },
  handler: ({ params: { taskId }, body: sent }, reply) => {
    if (!tasks.has(taskId)) return absent(reply);
    tasks.set(taskId, { ...sent, id: taskId });
    return tasks.get(taskId);
  },
});
app.route({
  method: 'DELETE',
  url: '/tasks/:taskId',
  schema: {
    operationId: 'deleteTask',
    params,
    response: { 204: { description: 'It is gone.', type: 'null' }, 404: problem },
  },
  handler: ({ params: { taskId } }, reply) => (tasks.delete(taskId) ? reply.code(204).send() : absent(reply)),
});
// A content type that it does not know is a bad request in this contract.
app.setErrorHandler((error, _request, reply) =>
  reply
    .code(error.statusCode === 415 || error.validation ? 400 : (error.statusCode ?? 500))
    .send({ message: error.message }),
);
app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
