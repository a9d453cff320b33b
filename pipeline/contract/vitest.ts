import { afterAll, describe, expect, it } from 'vitest';
import { type ContractOptions, prepareSuite, runCase } from './run.ts';

/**
 * Makes each case of the contract a test, a `describe` for each operation. Await it at the top of a test file:
 * `await contractTests({ url })`.
 */
export async function contractTests(options: ContractOptions): Promise<void> {
  const { cases, context, newState } = await prepareSuite(options);
  for (const [operation, group] of Map.groupBy(cases, (one) => one.operation)) {
    describe(operation, () => {
      const state = newState();
      afterAll(() => state.close());
      it.each(group.map((one) => [one.title, one] as const))('%s', { timeout: 120_000 }, async (_title, one) => {
        const { failures } = await runCase(one, { ...context, state });
        const told = failures.map(({ rule, message, curl }) => `${rule}: ${message}\n${curl}`).join('\n');
        expect(told).toBe('');
      });
    });
  }
}
