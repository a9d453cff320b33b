import { describe, expect, it, onTestFinished } from 'vitest';
import { runContract } from '../../../pipeline/contract/run.ts';
import { Boards, PECULIARITIES } from '../../helpers/boards.ts';
import { ORDERS_TOKEN, orders } from '../../helpers/orders/server.ts';
import { ORDERS } from '../../helpers/orders/world.ts';
import { listening } from '../../helpers/shelf.ts';

async function alarms(options: Parameters<typeof runContract>[0]): Promise<string[]> {
  const report = await runContract({ runs: 3, ...options });
  expect(report.coverage.accepted.missing).toEqual([]);
  return report.violations.map(
    ({ operation, rule, title, message, curl }) => `${operation} ${rule}: ${message} (${title}) ${curl}`,
  );
}

describe('the contract suite finds nothing in a correct server', () => {
  it.each(PECULIARITIES)('that %s', async (peculiarity) => {
    const boards = new Boards(peculiarity);
    const server = await listening(boards.app);
    onTestFinished(() => server.close());
    expect(await alarms({ url: server.url, spec: boards.document })).toEqual([]);
  });

  it('of orders, with all its rules', async () => {
    const server = await listening(orders());
    onTestFinished(() => server.close());
    expect(await alarms({ url: server.url, spec: ORDERS, auth: { token: ORDERS_TOKEN } })).toEqual([]);
  });
});
