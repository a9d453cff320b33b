import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Document } from '../pipeline/document/types.ts';
import { createApp } from '../pipeline/express/index.ts';
import { pet, petstore } from './petstore.ts';

/** A process of its own: serves the petstore as a generated server does, and prints where it listens. */
const app = createApp<object>({
  document: petstore as unknown as Document,
  handlers: {
    addPet: async (input: object) => ({ ...input, id: 1 }),
    getPet: async ({ petId }: { petId: number }) => ({ ...pet, id: petId }),
  },
  services: {},
});
const server = createServer(app).listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
