import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['usage-kit-source'] },
  ssr: { resolve: { conditions: ['usage-kit-source'] } },
  test: {
    name: 'server-sdk',
    // One of their packages has TypeScript under the condition "source", which Node would load as it is.
    server: { deps: { inline: [/node_modules\/(ai|@ai-sdk|eventsource-parser)\//] } },
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Vitest leaves one core free, which a test that waits for a database does by itself.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
