import { describe, expect, it, onTestFinished } from 'vitest';
import type { Report } from '../../pipeline/contract/report/report.ts';
import { runContract } from '../../pipeline/contract/run.ts';
import { ORDER_FAULTS, type OrderFault } from '../helpers/orders/faults.ts';
import { ORDERS_TOKEN, orders } from '../helpers/orders/server.ts';
import { ORDERS } from '../helpers/orders/world.ts';
import { listening } from '../helpers/shelf.ts';

const SEEDS = 20;
/** Of the faults; those that survive are printed. */
const LEAST = 106;

async function tried(fault: OrderFault, options: { seed?: number; only?: string[] }): Promise<Report> {
  const server = await listening(orders(fault));
  onTestFinished(() => server.close());
  const auth = { token: ORDERS_TOKEN };
  return runContract({ url: server.url, spec: ORDERS, auth, runs: 5, bail: fault !== 'none', ...options });
}

describe('the contract suite, on a server of orders', () => {
  it(`catches at least ${LEAST} of its ${ORDER_FAULTS.length} faults`, async () => {
    const alive: string[] = [];
    for (const { fault, operation } of ORDER_FAULTS) {
      const [found] = (await tried(fault, { only: [operation] })).violations;
      const line = found && `${found.operation} ${found.rule}: ${found.message}`;
      console.log(line === undefined ? `ALIVE   ${fault}` : `caught  ${fault}\n    by  ${line}`);
      if (line === undefined) alive.push(fault);
    }
    console.log(`caught ${ORDER_FAULTS.length - alive.length} of ${ORDER_FAULTS.length}; alive: ${alive.join(', ')}`);
    expect(ORDER_FAULTS.length - alive.length).toBeGreaterThanOrEqual(LEAST);
  });

  it('gives no false alarm, whatever the seed', async () => {
    const alarms: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { violations } = await tried('none', { seed });
      alarms.push(...violations.map(({ operation, title, message }) => `${seed}: ${operation} ${title}: ${message}`));
    }
    expect(alarms).toEqual([]);
  });
});
