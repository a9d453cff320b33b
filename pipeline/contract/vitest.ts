import { once } from 'node:events';
import { createServer, type RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { casesOf } from './plan.ts';
import { runCase } from './runCase.ts';
import { type ContractOptions, prepareSuite } from './suite.ts';

/** The implementation: at a URL, or an app of this process. */
export type TestOptions = Omit<ContractOptions, 'url'> &
  ({ readonly url: string } | { readonly app: RequestListener | Server });

/**
 * Makes each case of the contract a test, a `describe` for each operation. Await it at the top of a test file:
 * `await contractTests({ app, spec: 'openapi.yaml' })`.
 */
export async function contractTests(options: TestOptions): Promise<void> {
  const running = 'app' in options ? await listening(options.app) : undefined;
  const url = running?.url ?? ('url' in options ? options.url : '');
  const { operations, plan, beyond, newContext, sender } = await prepareSuite(
    { ...options, url },
    new AbortController().signal,
  );
  const groups = new Map(operations.map((operation) => [operation.id, [...casesOf(operation, plan)]]));
  for (const [name, cases] of Map.groupBy(beyond, ({ operation }) => operation)) groups.set(name, cases);
  for (const [operation, cases] of groups) {
    const wanted = cases.filter((one) => options.filter?.(one) ?? true);
    if (wanted.length === 0) continue;
    describe(operation, () => {
      const context = newContext();
      afterAll(() => context.state.close());
      it.each(wanted.map((one) => [one.title, one] as const))('%s', { timeout: 120_000 }, async (_title, one) => {
        const { failures } = await runCase(one, context);
        await context.state.endCase?.();
        const found = failures.map(({ rule, message, curl }) => `${rule}: ${message}\n    ${curl}`).join('\n');
        if (found !== '') expect.fail(found);
      });
    });
  }
  afterAll(async () => {
    sender.close();
    await running?.close();
  });
}

async function listening(app: RequestListener | Server): Promise<{ url: string; close(): Promise<void> }> {
  const server = app instanceof Server ? app : createServer(app);
  if (!server.listening) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
