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

/** The server that pages are shown with which bring none. */
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
const installs = [];
const failures = [];
try {
  const tarballs = await packPackages(directory);
  const options = { tarballs, newest };
  // The longest first, as those with the most files are, so that none is left alone at the end.
  const inOrder = chosen.toSorted((one, other) => other.files.size - one.files.size);
  await withServerOfPages(options, async (serverUrl) => {
    const works = inOrder.map((start) => () => follow(start, { ...options, serverUrl }));
    if (wanted.length === 0) works.push(() => checkPackages(tarballs));
    await inTurn(works);
  });
} finally {
  await browser.close();
  rmSync(directory, { recursive: true, force: true });
}
printInstalls();
printTimes();
for (const failure of failures) console.error(`\n${failure}`);
if (failures.length > 0) process.exit(1);

/** Does work next to a server whose calls are recorded, if a page is to be followed that needs one. */
async function withServerOfPages(options, work) {
  if (!chosen.some(needsServer)) return work();
  const start = starts.find(({ name }) => name === SERVER_OF_PAGES);
  const project = await followStart(start, options);
  try {
    const server = await project.serve(start.commands.start[0]);
    try {
      await tryLines(start.commands.try, project.url);
      await work(project.url);
    } finally {
      await server.stop();
    }
  } finally {
    project.remove();
  }
}

/** Whether a start is a page that records no calls itself. */
function needsServer({ kind, commands }) {
  return kind === 'page' && commands.try.length === 0;
}

/** Follows a start and checks what it shows; a failure is reported at the end, and the others are followed. */
async function follow(start, options) {
  const beganMs = performance.now();
  try {
    const serverUrl = needsServer(start) ? options.serverUrl : undefined;
    const project = await followStart(start, { ...options, serverUrl });
    try {
      for (const line of start.commands.start) {
        const server = await project.serve(line);
        await check(start, project.url, line).catch(async (error) => {
          await server.stop();
          throw new Error(`${line}\n${error.message}\n${server.output()}`, { cause: error });
        });
        await checkStop(server);
      }
    } finally {
      project.remove();
    }
    rows.push({ ...start, ...project, totalMs: performance.now() - beganMs });
  } catch (error) {
    failures.push(`docs/starts/${start.name}.md: ${error.message}`);
  }
}

/** What a start that runs has to show: its own calls, or as a page those of the server that it needs. */
async function check({ kind, commands }, url, line) {
  await tryLines(commands.try, url);
  if (commands.try.length > 0) await checkServer(url);
  if (kind === 'page') await checkPage(browser, url, line === 'npx vite');
}

/** Installs each package alone; a failure is reported at the end. */
async function checkPackages(tarballs) {
  await checkInstalls(tarballs).then(
    (found) => installs.push(...found),
    (error) => failures.push(error.message),
  );
}

/** Does works, a few at a time. */
async function inTurn(works) {
  const left = [...works];
  const next = async () => {
    for (let work = left.shift(); work !== undefined; work = left.shift()) await work();
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, next));
}

function printTimes() {
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`.padStart(8);
  console.log(`\n${'start'.padEnd(12)} install   check   total  lines  warnings of npm`);
  for (const { title, times, totalMs, files, warnings } of rows) {
    const { installMs, checkMs } = times;
    const lines = countLines([...files.values()].join(''));
    const columns = [installMs, checkMs, totalMs].map(seconds).join('');
    console.log(`${title.padEnd(11)}${columns}${String(lines).padStart(7)}  ${warnings.length}`);
    for (const warning of warnings) console.log(`  ${warning}`);
  }
  console.log(`All in ${seconds(performance.now() - startedAtMs).trim()}.`);
}

function printInstalls() {
  for (const { what, packages, megabytes } of installs) {
    console.log(`${what}: ${packages} packages, ${megabytes.toFixed(1)} MB`);
  }
}
