/**
 * `npm run test:long`: the tests that draw at random, kill processes or have many users, with more of them than `npm test`.
 *
 * Takes half an hour on two cores. A variable that is set already decides instead, e.g. `PROPERTY_RUNS=600`.
 */
import { join } from 'node:path';
import { ensureBuilt } from './lib/ensure-built.mjs';
import { checkNode, ensureInstalled } from './lib/ensure-installed.mjs';
import { root, run } from './lib/run.mjs';

const COUNTS = {
  PROPERTY_RUNS: '40',
  CRASH_KILLS: '20',
  RECORD_KILLS: '20',
  FUZZ_REQUESTS: '30000',
  UPGRADE_USERS: 'all',
};
const FILES = [
  'test/abuse/fuzz.test.ts',
  'test/alerts/kill.test.ts',
  'test/alerts/model-check.test.ts',
  'test/exports/sums.test.ts',
  'test/host-tables/archived.test.ts',
  'test/numbers',
  'test/recording/kill.test.ts',
  'test/rollup/crash.test.ts',
  'test/upgrade',
];

checkNode();
await ensureInstalled();
await ensureBuilt();
const env = Object.fromEntries(
  Object.entries(COUNTS).map(([name, count]) => [name, process.env[name] ?? count]),
);
console.log(
  Object.entries(env)
    .map(([name, count]) => `${name}=${count}`)
    .join(' '),
);
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const options = ['--testTimeout=3600000', '--hookTimeout=600000'];
process.exit(
  await run([process.execPath, vitest, 'run', ...options, ...FILES], {
    cwd: join(root, 'packages', 'server-sdk'),
    env,
  }),
);
