import { describe, expect, it } from 'vitest';
import { Boards, type Peculiarity } from '../../helpers/boards.ts';
import { aboutState, alarmsOf } from '../../helpers/correctServers.ts';
import { ORDERS_TOKEN, orders } from '../../helpers/orders/server.ts';
import { ORDERS } from '../../helpers/orders/world.ts';

describe('the contract suite finds nothing in a correct server', () => {
  // The others are tried in the proofs.
  it.each<Peculiarity>([
    'reads from a copy that lags behind',
    'keeps what was removed, and says so',
    'refuses to remove what has parts',
    'has one default at a time',
  ])('that %s', async (peculiarity) => {
    const { app, document } = new Boards(peculiarity);
    expect(await alarmsOf(app, { spec: document, filter: aboutState })).toEqual([]);
  });

  it('that looks whether a name is free, and takes none', async () => {
    const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
    const check = {
      operationId: 'check',
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: { 200: { description: 'It is free.' }, 409: { description: 'The name is taken.' } },
    };
    const spec = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/names/check': { post: check } } };
    expect(await alarmsOf((_request, response) => response.end(), { spec })).toEqual([]);
  });

  it('of orders, with all its rules', async () => {
    const auth = { token: ORDERS_TOKEN };
    expect(await alarmsOf(orders(), { spec: ORDERS, auth, filter: aboutState })).toEqual([]);
  });
});
