import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import './test/environment.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The long ones are `npm run proof`.
    exclude: [...configDefaults.exclude, 'test/proof/**'],
    // A thread costs less than a process, and none of the tests changes what threads share.
    pool: 'threads',
    // The files that a thread runs share the modules of the product, which took a quarter of the time to load anew for
    // each. So no file may leave anything behind: no variable of the environment, and nothing in a module.
    isolate: false,
    // The tests wait for processes, browsers and databases more than they compute.
    maxWorkers: availableParallelism() + 2,
    // A bound on what hangs, not on what is slow: a busy machine takes its time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
