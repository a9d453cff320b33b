import { defineConfig } from 'vitest/config';
import './test/environment.ts';

// Tests that take minutes: real processes killed under load, and the like.
const test = {
  testTimeout: 15 * 60_000,
  hookTimeout: 2 * 60_000,
  expect: { poll: { timeout: 30_000 } },
};

/** These measure memory or time, or load the machine on purpose, so they run alone. */
const alone = ['console-scale', 'fuzz', 'killed', 'memory', 'postgres-restart', 'streams', 'suspended'].map(
  (name) => `test/proof/${name}.test.ts`,
);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...test,
          name: 'together',
          include: ['test/proof/*.test.ts'],
          exclude: alone,
          globalSetup: 'test/helpers/consumers.ts',
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...test, name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
