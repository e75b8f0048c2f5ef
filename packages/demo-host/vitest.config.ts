import { defineConfig } from 'vitest/config';
import { IS_LONG } from '../../scripts/test-size.mjs';

export default defineConfig({
  // Workspace packages by their sources: no build before a test.
  resolve: { conditions: ['usage-kit-source', 'import', 'module', 'default'] },
  ssr: { resolve: { conditions: ['usage-kit-source', 'import', 'module', 'default', 'node'] } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['src/**/*.test.ts', 'test/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          globalSetup: ['test/e2e/share-load.ts'],
          include: ['test/e2e/**/*.test.ts'],
          // `npm test` has no time for these.
          exclude: IS_LONG ? [] : ['test/e2e/**/*.long.test.ts'],
          // One browser and one host at a time: two cores, and failures that can be read.
          fileParallelism: false,
          testTimeout: 300_000,
          expect: { poll: { timeout: 45_000, interval: 100 } },
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
