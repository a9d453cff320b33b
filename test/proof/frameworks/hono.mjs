// A correct server of labels with Hono and its OpenAPI plugin; its document is at /openapi.json.
import { serve } from '@hono/node-server';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';

const Problem = z.object({ message: z.string() });
const New = z.object({
  name: z.string().min(1).max(30),
  color: z.enum(['red', 'blue']),
  weight: z.number().int().min(0).max(9).optional(),
});
const Label = New.extend({ id: z.number().int() });
const params = z.object({ labelId: z.string() });
const json = (schema, description) => ({ description, content: { 'application/json': { schema } } });
const refused = json(Problem, 'It was refused.');
const app = new OpenAPIHono({
  defaultHook: (result, c) => (result.success ? undefined : c.json({ message: 'It does not fit.' }, 400)),
});
app.onError((error, c) => c.json({ message: error.message }, error.status ?? 500));
const labels = new Map();
let last = 0;
const body = { required: true, content: { 'application/json': { schema: New } } };
const route = (method, path, operationId, request, responses) =>
  createRoute({ method, path, operationId, request, responses });

app.openapi(
  route(
    'get',
    '/labels',
    'listLabels',
    { query: z.object({ limit: z.coerce.number().int().min(1).max(20).optional() }) },
    {
      200: json(z.array(Label), 'The labels.'),
      400: refused,
    },
  ),
  (c) => c.json([...labels.values()].slice(0, c.req.valid('query').limit ?? 20), 200),
);
app.openapi(
  route('post', '/labels', 'createLabel', { body }, { 201: json(Label, 'The label.'), 400: refused }),
  (c) => {
    last += 1;
    const made = { ...c.req.valid('json'), id: last };
    labels.set(String(last), made);
    return c.json(made, 201);
  },
);
app.openapi(
  route('get', '/labels/{labelId}', 'getLabel', { params }, { 200: json(Label, 'The label.'), 404: refused }),
  (c) => {
    const found = labels.get(c.req.param('labelId'));
    return found ? c.json(found, 200) : c.json({ message: 'There is no such label.' }, 404);
  },
);
app.openapi(
  route(
    'delete',
    '/labels/{labelId}',
    'deleteLabel',
    { params },
    { 204: { description: 'It is gone.' }, 404: refused },
  ),
  (c) =>
    labels.delete(c.req.param('labelId')) ? c.body(null, 204) : c.json({ message: 'There is no such label.' }, 404),
);
app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: 'Labels', version: '1.0.0' } });
serve({ fetch: app.fetch, port: Number(process.argv[2]), hostname: '127.0.0.1' });
