// The petstore on Express alone: nothing is validated.
import express from 'express';
import pet from './pet.json' with { type: 'json' };

const app = express();
app.use(express.json());
app.post('/pets', ({ body }, response) => void response.json({ ...body, id: 1 }));
app.get('/pets/:petId', ({ params }, response) => void response.json({ ...pet, id: Number(params.petId) }));
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
