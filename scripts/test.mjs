/**
 * `npm test`: installs what is missing, finds a browser, runs every test and says what ran.
 *
 * Nothing but Node's own modules until the packages are there.
 */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureBuilt } from './lib/ensure-built.mjs';
import { checkNode, ensureInstalled } from './lib/ensure-installed.mjs';
import { root, run } from './lib/run.mjs';
import {
  addCounts,
  noCounts,
  readFileTimes,
  readVitestReport,
  readWebTestRunnerOutput,
} from './lib/test-counts.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt();

const { findBrowser } = await import('./find-browser.mjs');
const browser = await findBrowser();
console.log(`Browser: ${browser}`);

const reports = mkdtempSync(join(tmpdir(), 'usage-kit-test-'));
const results = [];
/** Of every test file of Vitest, how long it took. */
const fileTimes = [];
const SLOWEST_SHOWN = 10;
/** Named by the tests that ran on them. */
const databases = new Set();
try {
  // By itself: it uses both cores.
  await testWithVitest('server-sdk', 'node');
  // Each of these waits for one browser or one server most of the time; the longest first.
  const suites = [
    (output) => testWithVitest('widgets', 'end to end', ['--project', 'e2e'], output),
    (output) => testWithVitest('demo-host', 'end to end', ['--project', 'e2e'], output),
    testWidgets,
    (output) => testWithVitest('react-pages', 'node', [], output),
    (output) => testWithVitest('widgets', 'node', ['--project', 'node'], output),
    (output) => testWithVitest('aigne-hub', 'node', [], output),
    (output) => testWithVitest('demo-host', 'node', ['--project', 'node'], output),
    (output) => testWithVitest('scripts', 'node', [], output),
  ];
  await Promise.all([runAll(suites), runAll(suites)]);
} finally {
  rmSync(reports, { recursive: true, force: true });
}
process.exit(summarize());

/** Takes suites until there is none, and prints what each said when it has ended: others print meanwhile. */
async function runAll(suites) {
  for (let suite = suites.shift(); suite !== undefined; suite = suites.shift()) {
    let text = '';
    await suite({ write: (chunk) => (text += chunk) });
    process.stdout.write(text);
  }
}

/** Runs the Vitest of a package; its counts come from its own report. */
async function testWithVitest(name, where, args = [], output = process.stdout) {
  announce(name, where, output);
  const report = join(reports, `${name}-${where.replaceAll(' ', '-')}.json`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const command = [process.execPath, vitest, 'run', ...reporters, ...args];
  const startedAtMs = Date.now();
  const code = await run(command, {
    cwd: findPackage(name),
    env: testEnvironment(),
    output,
    onLine: (line) => {
      const named = /^databases: (.+)$/.exec(line.trim())?.[1] ?? '';
      for (const database of named.split(', ').filter(Boolean)) databases.add(database);
    },
  });
  const text = existsSync(report) ? readFileSync(report, 'utf8') : null;
  if (text !== null) fileTimes.push(...readFileTimes(text));
  const counts = text === null ? noCounts() : readVitestReport(text);
  record({ name, where, code, counts, startedAtMs });
}

/** The folder of a package or of an example, or the scripts. */
function findPackage(name) {
  const folders = ['packages', 'examples', '.'].map((parent) => join(root, parent, name));
  return folders.find((folder) => existsSync(folder));
}

/** Runs the elements' tests in the browser; their counts come from the runner's summary. */
async function testWidgets(output) {
  announce('widgets', 'browser', output);
  const directory = join(root, 'packages', 'widgets');
  const config = readdirSync(directory).find((file) =>
    /^web-test-runner\.config\.m?js$/.test(file),
  );
  const runner = join(root, 'node_modules', '@web', 'test-runner', 'dist', 'bin.js');
  let lines = '';
  const startedAtMs = Date.now();
  const command = [process.execPath, runner, ...(config ? ['--config', config] : [])];
  const code = await run(command, {
    cwd: directory,
    env: testEnvironment(),
    output,
    onLine: (line) => {
      lines += `${line}\n`;
    },
  });
  const counts = readWebTestRunnerOutput(lines);
  record({ name: 'widgets', where: 'browser', code, counts, startedAtMs });
}

function testEnvironment() {
  // Not CI: where that is not set, a database server that is not there is no failure.
  return { CHROME_PATH: browser, NO_COLOR: '1', FORCE_COLOR: '0' };
}

function announce(name, where, output) {
  const line = '─'.repeat(Math.max(3, 60 - name.length - where.length));
  output.write(`\n── ${name}, ${where} ${line}\n`);
}

function record({ startedAtMs, ...result }) {
  results.push({ ...result, seconds: (Date.now() - startedAtMs) / 1000 });
}

/** Prints what ran where; the exit code is 1 when anything failed or a runner ran nothing. */
function summarize() {
  console.log(`\n${'─'.repeat(66)}`);
  for (const { name, where, counts, code, seconds } of results) {
    const outcome =
      counts.passed + counts.failed === 0 ? 'RAN NOTHING' : code === 0 ? 'ok' : 'FAILED';
    const figures = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
    console.log(
      `${`${name} (${where})`.padEnd(28)} ${figures}  ${seconds.toFixed(1)} s  ${outcome}`,
    );
  }
  printSlowest();
  for (const where of ['node', 'browser', 'end to end']) {
    const counts = sumCounts(results.filter((result) => result.where === where));
    console.log(`Tests ${where}: ${counts.passed + counts.failed}`);
  }
  const unused = ['PostgreSQL', 'MariaDB'].filter((name) => !databases.has(name));
  const missing = unused.length > 0 ? `; not used: ${unused.join(', ')}` : '';
  console.log(
    `Databases: ${['SQLite', ...[...databases].filter((name) => name !== 'SQLite')].join(', ')}${missing}`,
  );
  const total = sumCounts(results);
  const broken = results.filter(
    ({ code, counts }) => code !== 0 || counts.passed + counts.failed === 0,
  );
  for (const { name, where } of broken) console.log(`Not green: ${name} (${where})`);
  // A runner that broke down before it could count is a failure that the last line must not hide.
  const failed = total.failed + broken.filter(({ counts }) => counts.failed === 0).length;
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${failed} failed${skipped}`);
  return failed === 0 ? 0 : 1;
}

/** Which files to make faster first, each with its slowest test. */
function printSlowest() {
  console.log(`The ${SLOWEST_SHOWN} slowest files:`);
  fileTimes.sort((a, b) => b.seconds - a.seconds);
  for (const { file, seconds, slowestTest, testSeconds } of fileTimes.slice(0, SLOWEST_SHOWN)) {
    const test = `${testSeconds.toFixed(1)} s: ${slowestTest}`;
    console.log(`${seconds.toFixed(1).padStart(7)} s  ${relative(root, file)} (${test})`);
  }
}

function sumCounts(some) {
  return some.reduce((sum, { counts }) => addCounts(sum, counts), noCounts());
}
