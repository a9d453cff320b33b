import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The long ones are `npm run proof`.
    exclude: [...configDefaults.exclude, 'test/proof/**'],
    // The tests wait for processes, browsers and databases more than they compute.
    maxWorkers: availableParallelism() + 1,
    // A bound on what hangs, not on what is slow: a busy machine takes its time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
