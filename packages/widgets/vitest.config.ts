import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source', 'module', 'node', 'default'] },
  ssr: { resolve: { conditions: ['source', 'module', 'node', 'default'] } },
  test: {
    name: 'widgets',
    environment: 'node',
    include: ['src/**/*.test.ts'],
    // Those run in a real browser, by @web/test-runner.
    exclude: ['src/**/*.browser.test.ts'],
  },
});
