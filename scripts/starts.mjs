/**
 * `npm run starts`: follows every five-minute start of `docs/starts` in an empty folder outside of this repository, with the packed
 * tarballs in place of the packages' names, and checks what it shows; then what each package alone installs. Prints a table of both.
 * Needs a build and the npm registry.
 *
 * `-- koa vue` follows those only; `-- --newest` takes other packages in the version that a stranger gets today.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findBrowser } from './find-browser.mjs';
import { packPackages } from './lib/outside/packages.mjs';
import { root } from './lib/run.mjs';
import { checkInstalls } from './lib/starts/check-installs.mjs';
import { checkPage, checkServer, checkStop, tryLines } from './lib/starts/check-start.mjs';
import { followStart } from './lib/starts/follow-start.mjs';
import { countLines, readStarts } from './lib/starts/read-start.mjs';

/** The server that pages without one of their own are shown with. */
const SERVER_OF_PAGES = 'express';
/** Starts at a time: each waits for npm's answers and for a build in turn. */
const AT_A_TIME = 2;

const newest = process.argv.includes('--newest');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const starts = readStarts(join(root, 'docs', 'starts'));
const unknown = wanted.filter((name) => !starts.some((start) => start.name === name));
if (unknown.length > 0) throw new Error(`There is no start ${unknown.join(', ')}`);
const chosen = starts.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

const startedAtMs = performance.now();
const directory = mkdtempSync(join(tmpdir(), 'usage-kit-tarballs-'));
const browser = await chromium.launch({ executablePath: await findBrowser(), args: CHROMIUM_ARGS });
const rows = [];
const failures = [];
try {
  const tarballs = await packPackages(directory);
  const options = { tarballs, newest };
  // Pages without a server of their own wait for one; the others need not.
  const pages = chosen.filter(({ kind, commands }) => kind === 'page' && commands.try.length === 0);
  const others = chosen.filter((start) => !pages.includes(start));
  await inTurn(others, (start) => follow(start, options));
  if (pages.length > 0) {
    const start = starts.find(({ name }) => name === SERVER_OF_PAGES);
    const server = await followStart(start, options);
    try {
      await tryLines(start.commands.try, server.url);
      await inTurn(pages, (page) => follow(page, { ...options, serverUrl: server.url }));
    } finally {
      await server.stop();
    }
  }
  if (wanted.length === 0) {
    await checkInstalls(tarballs).then(printInstalls, (error) => failures.push(error.message));
  }
} finally {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
}
printTimes();
for (const failure of failures) console.error(`\n${failure}`);
if (failures.length > 0) process.exit(1);

/** Follows a start and checks what it shows; a failure is kept, so that the others are followed all the same. */
async function follow(start, options) {
  const beganMs = performance.now();
  try {
    const followed = await followStart(start, options);
    try {
      await tryLines(start.commands.try, followed.url);
      if (start.commands.try.length > 0) await checkServer(followed.url);
      if (start.kind === 'page') await checkPage(browser, followed.url);
    } catch (error) {
      await followed.stop();
      throw new Error(`${error.message}\n${followed.output()}`);
    }
    await checkStop(followed);
    rows.push({ ...start, ...followed, totalMs: performance.now() - beganMs });
  } catch (error) {
    failures.push(`docs/starts/${start.name}.md: ${error.message}`);
  }
}

/** Does work on items, a few at a time. */
async function inTurn(items, work) {
  const left = [...items];
  const next = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, next));
}

function printTimes() {
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`.padStart(8);
  console.log(`\n${'start'.padEnd(12)} install   check   start   total  lines  warnings of npm`);
  for (const { title, times, totalMs, files, warnings } of rows) {
    const { installMs, checkMs, startMs } = times;
    const lines = countLines([...files.values()].join(''));
    const columns = [installMs, checkMs, startMs, totalMs].map(seconds).join('');
    console.log(`${title.padEnd(11)}${columns}${String(lines).padStart(7)}  ${warnings.length}`);
    for (const warning of warnings) console.log(`  ${warning}`);
  }
  console.log(`All in ${seconds(performance.now() - startedAtMs).trim()}.`);
}

function printInstalls(installs) {
  for (const { what, packages, megabytes } of installs) {
    console.log(`${what}: ${packages} packages, ${megabytes.toFixed(1)} MB`);
  }
}
