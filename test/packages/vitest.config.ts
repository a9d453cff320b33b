import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// The packages as they are published, from their tarballs. `npm run check` runs these, `npm test` does not.
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    globalSetup: 'test/packages/pack.ts',
    include: ['test/packages/**/*.check.ts'],
    testTimeout: 60_000,
    hookTimeout: 240_000,
  },
});
