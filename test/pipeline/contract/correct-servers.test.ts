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

  it('of orders, with all its rules', async () => {
    const auth = { token: ORDERS_TOKEN };
    expect(await alarmsOf(orders(), { spec: ORDERS, auth, filter: aboutState })).toEqual([]);
  });
});
