import { describe, expect, it } from 'vitest';
import { Boards, PECULIARITIES } from '../helpers/boards.ts';
import { aboutState, alarmsOf } from '../helpers/correctServers.ts';
import { ORDER_FAULTS, type OrderFault } from '../helpers/orders/faults.ts';
import { ORDERS_TOKEN, orders } from '../helpers/orders/server.ts';
import { ORDERS } from '../helpers/orders/world.ts';
import { aliveOf } from '../helpers/seeded.ts';
import { faults, told, tried } from '../helpers/shelfTried.ts';
import { WORKSPACE_FAULTS, type WorkspaceFault } from '../helpers/workspaces/faults.ts';
import { WORKSPACES_AUTH } from '../helpers/workspaces/http.ts';
import { WORKSPACES } from '../helpers/workspaces/schemas.ts';
import { workspaces } from '../helpers/workspaces/server.ts';

const SEEDS = 5;
const auth = { token: ORDERS_TOKEN };
/** Faults that no document can rule out: exclusive bounds, members missing from a list, the body of a removal's answer. */
const UNSEEN: readonly OrderFault[] = ['to-exclusive', 'list-thin', 'cancel-lies'];

describe('the contract suite, on servers that it knows nothing of', () => {
  it(`catches all of ${ORDER_FAULTS.length} faults of orders but ${UNSEEN.length}`, async () => {
    const seeded = ORDER_FAULTS.map(({ fault, operation }) => ({
      fault,
      app: () => orders(fault),
      operations: [operation],
    }));
    const alive = await aliveOf(seeded, { spec: ORDERS, auth });
    expect(alive.filter((fault) => !(UNSEEN as readonly string[]).includes(fault))).toEqual([]);
  });

  it('catches all faults of workspaces but one', async () => {
    const seeded = Object.entries(WORKSPACE_FAULTS).map(([fault, operations]) => ({
      fault,
      app: () => workspaces(fault as WorkspaceFault),
      operations,
    }));
    const alive = await aliveOf(seeded, { spec: WORKSPACES, auth: WORKSPACES_AUTH, base: '/api/v2' });
    // Many servers trim; no document says that they must not.
    expect(alive).toEqual(['doc-trim']);
  });

  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    'gives no false alarm of a correct one, with seed %i',
    async (seed) => {
      expect(await alarmsOf(orders(), { spec: ORDERS, auth, seed })).toEqual([]);
    },
  );

  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    'gives no false alarm of correct workspaces, with seed %i',
    async (seed) => {
      const options = { spec: WORKSPACES, auth: WORKSPACES_AUTH, base: '/api/v2', seed };
      expect(await alarmsOf(workspaces(), options)).toEqual([]);
    },
  );

  it.each(faults)('catches a shelf that %s', async (fault, operation, rule) => {
    const report = await tried(fault, { bail: true });
    const [first] = report.violations;
    expect(first && `${first.operation} ${first.rule}`, told(report).slice(0, 3).join('\n')).toBe(
      `${operation} ${rule}`,
    );
  });

  it.each(PECULIARITIES)('gives no false alarm of one that %s', async (peculiarity) => {
    const { app, document } = new Boards(peculiarity);
    expect(await alarmsOf(app, { spec: document, filter: aboutState })).toEqual([]);
  });
});
