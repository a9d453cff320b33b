import { describe, expect, it } from 'vitest';
import { runContract } from '../../pipeline/contract/run.ts';
import { Boards, PECULIARITIES } from '../helpers/boards.ts';
import { aboutState, alarmsOf } from '../helpers/correctServers.ts';
import { ORDER_FAULTS, type OrderFault } from '../helpers/orders/faults.ts';
import { ORDERS_TOKEN, orders } from '../helpers/orders/server.ts';
import { ORDERS } from '../helpers/orders/world.ts';
import { listening } from '../helpers/shelf.ts';

const SEEDS = 5;
const auth = { token: ORDERS_TOKEN };
/** Faults that no document can rule out: exclusive bounds, members missing from a list, the body of a removal's answer. */
const UNSEEN: readonly OrderFault[] = ['to-exclusive', 'list-thin', 'cancel-lies'];

async function firstViolation(fault: OrderFault, operation: string): Promise<string | undefined> {
  const server = await listening(orders(fault));
  const options = { url: server.url, spec: ORDERS, auth, runs: 5, bail: true, only: [operation] };
  const [found] = (await runContract(options)).violations;
  await server.close();
  return found && `${found.operation} ${found.rule}: ${found.message}`;
}

describe('the contract suite, on servers that it knows nothing of', () => {
  it(`catches all of ${ORDER_FAULTS.length} faults but ${UNSEEN.length}`, async () => {
    const alive: string[] = [];
    const left = [...ORDER_FAULTS];
    const lane = async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const { fault, operation } = next;
        const line = await firstViolation(fault, operation);
        console.log(line === undefined ? `ALIVE   ${fault}` : `caught  ${fault}\n    by  ${line}`);
        if (line === undefined) alive.push(fault);
      }
    };
    // The suite waits for lists that may lag behind.
    await Promise.all(Array.from({ length: 8 }, lane));
    console.log(`caught ${ORDER_FAULTS.length - alive.length} of ${ORDER_FAULTS.length}; alive: ${alive.join(', ')}`);
    expect(alive.filter((fault) => !(UNSEEN as readonly string[]).includes(fault))).toEqual([]);
  });

  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    'gives no false alarm of a correct one, with seed %i',
    async (seed) => {
      expect(await alarmsOf(orders(), { spec: ORDERS, auth, seed })).toEqual([]);
    },
  );

  it.each(PECULIARITIES)('gives no false alarm of one that %s', async (peculiarity) => {
    const { app, document } = new Boards(peculiarity);
    expect(await alarmsOf(app, { spec: document, filter: aboutState })).toEqual([]);
  });
});
