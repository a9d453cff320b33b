import { defineConfig } from 'vitest/config';

// Tests that take minutes: real processes killed under load, and the like. One file at a time, since each uses the machine.
export default defineConfig({
  test: {
    include: ['test/proof/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 15 * 60_000,
    hookTimeout: 2 * 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
