import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The long ones are `npm run proof`.
    exclude: [...configDefaults.exclude, 'test/proof/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
