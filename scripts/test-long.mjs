/**
 * `npm run test:long`: what `npm test` has no time for: more random histories and more kills, hosts in every version,
 * upgrades with many users, every story in every look with its pictures.
 *
 * Takes half an hour on two cores. A variable that is set already decides instead, e.g. `PROPERTY_RUNS=600`.
 */
import { join } from 'node:path';
import { ensureBuilt } from './lib/ensure-built.mjs';
import { checkNode, ensureInstalled } from './lib/ensure-installed.mjs';
import { root, run } from './lib/run.mjs';

const COUNTS = {
  PROPERTY_RUNS: '40',
  PROGRESS_SEEDS: '10',
  CRASH_KILLS: '20',
  RECORD_KILLS: '20',
  FUZZ_REQUESTS: '30000',
  UPGRADE_USERS: 'all',
};
const SERVER_FILES = [
  // Of these `npm test` runs a part.
  'test/alerts/thousand-rules.test.ts',
  'test/conformance',
  'test/faults/migrations.test.ts',
  'test/mount/hosts.test.ts',
  'test/upgrade',
  // These have the counts above.
  'test/abuse/fuzz.test.ts',
  'test/alerts/kill.test.ts',
  'test/alerts/model-check.test.ts',
  'test/exports/sums.test.ts',
  'test/host-tables/archived.test.ts',
  'test/numbers',
  'test/recording/kill.test.ts',
  'test/recording/progress.test.ts',
  'test/rollup/crash.test.ts',
];

checkNode();
await ensureInstalled();
await ensureBuilt();
const { findBrowser } = await import('./find-browser.mjs');
const counts = Object.fromEntries(
  Object.entries(COUNTS).map(([name, count]) => [name, process.env[name] ?? count]),
);
console.log(
  Object.entries(counts)
    .map(([name, count]) => `${name}=${count}`)
    .join(' '),
);
const env = { ...counts, TEST_LONG: '1', CHROME_PATH: await findBrowser() };
const vitest = [process.execPath, join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run'];
// Stories wait for a browser most of the time, the others for databases.
const codes = await Promise.all([
  run([...vitest, '--testTimeout=3600000', '--hookTimeout=600000', ...SERVER_FILES], {
    cwd: join(root, 'packages', 'server-sdk'),
    env,
  }),
  run([...vitest, '--project', 'e2e', 'test/e2e/stories.test.ts'], {
    cwd: join(root, 'packages', 'widgets'),
    env,
  }),
  run([...vitest, '--project', 'e2e', 'test/e2e/plain-pages.test.ts'], {
    cwd: join(root, 'packages', 'demo-host'),
    env,
  }),
]);
process.exit(Math.max(...codes));
