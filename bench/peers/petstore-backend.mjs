// The petstore on Express with openapi-backend, as its README wires it; answers are validated by its postResponseHandler.
import express from 'express';
import { OpenAPIBackend } from 'openapi-backend';
import pet from './pet.json' with { type: 'json' };

const api = new OpenAPIBackend({
  definition: process.argv[2],
  handlers: {
    addPet: ({ request }) => ({ ...request.requestBody, id: 1 }),
    getPet: ({ request }) => ({ ...pet, id: Number(request.params.petId) }),
    validationFail: ({ validation }, _request, response) => response.status(400).json({ errors: validation.errors }),
    notFound: (_context, _request, response) => response.status(404).json({ message: 'not found' }),
    postResponseHandler: (context, _request, response) => {
      if (response.headersSent) return;
      const { errors } = context.api.validateResponse(context.response, context.operation, 200);
      response.status(errors ? 502 : 200).json(errors ? { errors } : context.response);
    },
  },
});
await api.init();
const app = express();
app.use(express.json());
app.use((request, response) => api.handleRequest(request, request, response));
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
