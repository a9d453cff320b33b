// The petstore on Express with express-openapi-validator as its README wires it, both ways.
import express from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import pet from './pet.json' with { type: 'json' };

const app = express();
app.use(express.json());
app.use(OpenApiValidator.middleware({ apiSpec: process.argv[2], validateRequests: true, validateResponses: true }));
app.post('/pets', ({ body }, response) => void response.json({ ...body, id: 1 }));
app.get('/pets/:petId', ({ params }, response) => void response.json({ ...pet, id: params.petId }));
app.use((error, _request, response, _next) => {
  response.status(error.status ?? 500).json({ message: error.message, errors: error.errors });
});
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
