import { defineConfig } from 'vitest/config';

const conditions = ['usage-kit-source', 'module', 'node', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
          include: ['src/**/*.test.ts', 'test/node/**/*.test.ts'],
          // Those run in a real browser, by @web/test-runner.
          exclude: ['src/**/*.browser.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/support/build.ts'],
          // Stories wait for frames most of the time.
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 240_000,
          expect: { poll: { timeout: 45_000, interval: 100 } },
        },
      },
    ],
  },
});
