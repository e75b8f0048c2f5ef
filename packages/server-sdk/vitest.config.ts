import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const ALL = ['src/**/*.test.ts', 'test/**/*.test.ts'];
/** `npm test` has no time for these. */
const LONG = process.env['TEST_LONG'] === '1' ? [] : ['test/**/*.long.test.ts'];
/** Tests that replace modules, or need one that is not loaded yet. */
const OWN_MODULES = [
  'src/db/sqlite/sqlite-driver.test.ts',
  'test/conformance/conformance.test.ts',
  'test/http/{idempotency-keys,write-bodies,writes}.test.ts',
  'test/mount/hosts.test.ts',
  'test/recording/examples.test.ts',
  'test/upgrade/future.test.ts',
];

export default defineConfig({
  resolve: { conditions: ['usage-kit-source'] },
  ssr: { resolve: { conditions: ['usage-kit-source'] } },
  test: {
    // Vitest leaves one core free; tests wait for databases a third of the time.
    maxWorkers: availableParallelism() + 1,
    env: { TEST_RUN: `${randomBytes(4).toString('hex')}_` },
    globalSetup: ['test/helpers/drop-databases.ts'],
    // A test that hangs ends; on a machine that has other work a test takes three times as long as on one at rest.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // Ends as soon as it passes; Vitest's second is too short on a machine that has other work.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      // Loading the package took a third of the time: files that run in one process share its modules.
      {
        extends: true,
        test: {
          name: 'server-sdk',
          isolate: false,
          include: ALL,
          exclude: [...OWN_MODULES, ...LONG],
        },
      },
      { extends: true, test: { name: 'own modules', include: OWN_MODULES } },
    ],
  },
});
