import { fork } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../src/db/database.js';
import { migrate } from '../src/db/migrate.js';
import { createUsage } from '../src/index.js';
import { createRollupControl } from '../src/rollup/rollup-control.js';
import { bulkLoad } from './bulk-load.js';
import { BENCH_END_MS, HEAVY_USER, generateYear } from './dataset.js';

/**
 * A file of a user's million calls in each format, from a separate server: seconds, size, resident memory above idle, and how
 * long responses take meanwhile.
 *
 * `exports.ts [CALLS] [URL]`; a million on SQLite unless told otherwise; 0 takes the database as it is.
 */
const [count = '1000000', url = 'sqlite:../../.cache/bench-exports.db', role] =
  process.argv.slice(2);
const PAGES = 300;
const PAUSE_MS = 20;
const YEAR_MS = 365 * 86_400_000;
const clock = { now: (): number => BENCH_END_MS };

if (role === 'serve') serve();
else await measure();

/** Serves the endpoints to the heavy user, and how much memory the process has. */
function serve(): void {
  const authenticate = (): { userDid: string } => ({ userDid: HEAVY_USER });
  const usage = createUsage({
    ...{ database: url, authenticate, rollup: false, clock },
    limits: { requestsPerMinute: false },
  });
  const callback = usage.callback();
  const server = createServer((request, response) => {
    if (request.url !== '/memory') callback(request, response);
    else response.end(String(process.memoryUsage().rss));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

async function prepare(): Promise<void> {
  const file = /^sqlite:(.+)$/.exec(url)?.[1];
  if (file !== undefined) {
    for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
    mkdirSync(dirname(file), { recursive: true });
  }
  const database = openDatabase(url);
  await migrate(database.writer);
  await bulkLoad(database.writer, ofOneUser());
  await createRollupControl(database, clock, 5).run();
  await database.close();
}

function* ofOneUser(): Generator<
  ReturnType<typeof generateYear> extends Iterable<infer Call> ? Call : never
> {
  let index = 0;
  for (const call of generateYear(Number(count))) {
    index += 1;
    yield { ...call, userDid: HEAVY_USER, id: `call-${index}` };
  }
}

async function measure(): Promise<void> {
  if (Number(count) > 0) await prepare();
  const child = fork(process.argv[1] ?? '', ['0', url, 'serve'], { execArgv: process.execArgv });
  const port = await new Promise<number>((resolve) =>
    child.once('message', (message) => {
      resolve(Number(message));
    }),
  );
  const base = `http://127.0.0.1:${port}`;
  await readPages(base, () => false);
  const idleMs = await readPages(base, () => false);
  const idleBytes = await readMemory(base);
  console.log(`idle: page p99 ${idleMs.toFixed(1)} ms, resident ${toMegabytes(idleBytes)} MB`);
  for (const format of ['csv', 'ndjson', 'xlsx']) {
    let isDone = false;
    let peak = 0;
    const watch = (async () => {
      while (!isDone) {
        peak = Math.max(peak, await readMemory(base));
        await sleep(200);
      }
    })();
    const startedMs = performance.now();
    const download = fetch(
      `${base}/api/usage/exports/calls?format=${format}&from=${BENCH_END_MS - YEAR_MS}&to=${BENCH_END_MS}`,
    ).then(async (response) => {
      let bytes = 0;
      for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
      return { bytes, seconds: (performance.now() - startedMs) / 1000 };
    });
    const pages = readPages(base, () => isDone);
    const { bytes, seconds } = await download;
    isDone = true;
    const p99Ms = await pages;
    await watch;
    console.log(
      `${format}: ${seconds.toFixed(1)} s, ${toMegabytes(bytes)} MB, resident +${toMegabytes(peak - idleBytes)} MB, page p99 ${p99Ms.toFixed(1)} ms`,
    );
  }
  child.kill();
}

/** Reads pages one after another, each of another range. @returns the 99th percentile of their times, milliseconds */
async function readPages(base: string, isDone: () => boolean): Promise<number> {
  const times: number[] = [];
  for (let page = 0; page < PAGES && !(isDone() && page > 50); page += 1) {
    const from = BENCH_END_MS - 30 * 86_400_000 - Math.floor(performance.now() * 1000);
    const startedMs = performance.now();
    const response = await fetch(`${base}/api/usage/overview?from=${from}&to=${BENCH_END_MS}`);
    await response.text();
    if (response.status !== 200) throw new Error(`A page got ${response.status}`);
    times.push(performance.now() - startedMs);
    await sleep(PAUSE_MS);
  }
  times.sort((a, b) => a - b);
  return times[Math.ceil(times.length * 0.99) - 1] ?? 0;
}

async function readMemory(base: string): Promise<number> {
  return Number(await (await fetch(`${base}/memory`)).text());
}

function toMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
