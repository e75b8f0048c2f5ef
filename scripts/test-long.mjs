/**
 * `npm run test:long`: what `npm test` has no time for: each file on the database that was not its turn, files that are
 * `*.long.test.ts`, more random histories and more kills, hosts in every version, every story in every look, MUI 9.
 *
 * `npm run test:long -- rest`, in CI, is the same with counts as small as CI's time. A variable that is set already decides
 * instead, e.g. `PROPERTY_RUNS=600`. Without `rest` it takes an hour on two cores.
 */
import { readFileSync, readdirSync } from 'node:fs';
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
const isRest = process.argv[2] === 'rest';
/** Marks of a file of the server that `npm test` runs a part of, and those whose part a helper chooses. */
const PARTLY = /\btake(Servers|SqliteFirst)\(|\breadCount\(|\bIS_LONG\b/;
const PARTLY_BY_HELPER = ['test/mount/hosts.test.ts'];

checkNode();
await ensureInstalled();
await ensureBuilt();
const { findBrowser } = await import('./find-browser.mjs');
const counts = isRest
  ? {}
  : Object.fromEntries(
      Object.entries(COUNTS).map(([name, count]) => [name, process.env[name] ?? count]),
    );
const env = {
  ...(isRest ? { TEST_DATABASES: 'others', STORY_LOOK: 'light' } : { TEST_DATABASES: 'all' }),
  ...counts,
  TEST_LONG: '1',
  CHROME_PATH: await findBrowser(),
};
console.log(
  Object.entries(env)
    .map(([name, value]) => `${name}=${value}`)
    .join(' '),
);

const timeouts = isRest ? [] : ['--testTimeout=3600000', '--hookTimeout=600000'];
// Those of a browser wait for it most of the time, the others for databases.
const codes = await Promise.all([
  runVitest('server-sdk', [...timeouts, ...listServerFiles()]),
  runInTurn([
    () => runVitest('widgets', ['--project', 'e2e', ...listBrowserFiles('widgets')]),
    // The other version of MUI.
    () => runVitest('react-pages', []),
    () => runVitest('demo-host', ['--project', 'e2e', ...listBrowserFiles('demo-host')]),
  ]),
]);
process.exit(Math.max(...codes));

/** The highest exit code of commands that run one after the other. */
async function runInTurn(commands) {
  let highest = 0;
  for (const command of commands) highest = Math.max(highest, await command());
  return highest;
}

function runVitest(name, args) {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  return run([process.execPath, vitest, 'run', ...args], { cwd: findFolder(name), env });
}

function findFolder(name) {
  return join(root, 'packages', name);
}

/** Test files of the server that `npm test` leaves something out of. */
function listServerFiles() {
  const found = [...listTests('server-sdk', 'src'), ...listTests('server-sdk')].filter(
    (file) =>
      file.endsWith('.long.test.ts') ||
      PARTLY.test(readFileSync(join(findFolder('server-sdk'), file), 'utf8')),
  );
  return [...found, ...PARTLY_BY_HELPER];
}

/** Browser tests of a package that `npm test` leaves something out of. */
function listBrowserFiles(name) {
  return listTests(name).filter(
    (file) =>
      file.endsWith('.long.test.ts') ||
      /\btakeCases\(|\bIS_LONG\b/.test(readFileSync(join(findFolder(name), file), 'utf8')),
  );
}

/** Paths of test files in a folder of a package. */
function listTests(name, folder = 'test') {
  return readdirSync(join(findFolder(name), folder), { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(folder, file));
}
