// Express with express-openapi-validator as its README wires it: one middleware for the whole document, both ways.
import express from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import { keeper } from './keep.mjs';

const [database, apiSpec] = process.argv.slice(2);
const keep = keeper(database);
const app = express();
app.use(express.json());
// Nobody signs here: ours is measured without credentials, too.
app.use(
  OpenApiValidator.middleware({ apiSpec, validateRequests: true, validateResponses: true, validateSecurity: false }),
);
app.post('/backend/:appId/auth/:backendEnvironmentName', ({ params, body }, response) => {
  response.json(keep(params.appId, params.backendEnvironmentName, body));
});
app.use((error, _request, response, _next) => {
  response.status(error.status ?? 500).json({ message: error.message, errors: error.errors });
});
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
