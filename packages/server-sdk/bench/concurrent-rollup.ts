import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import {
  availableServers,
  type DatabaseServer,
  type TestDatabase,
} from '../test/helpers/test-databases.js';
import { openDatabase } from '../src/db/database.js';
import { createUsage, staticQuota, type ModelCallInput, type Usage } from '../src/index.js';
import { storeCalls } from '../test/helpers/store-calls.js';
import type { StoredCall } from '../src/values/stored-call.js';
import { BENCH_END_MS as END_MS, callsFrom, type Take } from './dataset.js';
import { quantile } from './measure.js';

/**
 * How a backfill affects a host: records single calls and reads a page of the call history, one after the other and without a
 * pause, without and then during a rollup of weeks of quiet hours, and in a second database of some
 * hours that are full of calls. The rollup is that of the same instance, and then that of a separate process.
 *
 * Operations before and after the rollup are idle: the first are slower, because not all is compiled, and hit by what else
 * the machine does just then.
 *
 * `concurrent-rollup.ts [DATABASES]`, e.g. `concurrent-rollup.ts SQLite,MariaDB`
 */
const [names = 'SQLite,PostgreSQL,MariaDB', config] = process.argv.slice(2);
/** Half of the idle ones; the 99th of a hundred is the worst but fifteen of as many: of fewer it says little. */
const IDLE_OPERATIONS = 1500;
const HOUR_MS = 3_600_000;
const clock = { now: () => END_MS };

/** Where in the year of calls hours are quiet, and where they are full. */
const LOADS = {
  'hours of 150 calls': { skipped: 0, calls: 60_000 },
  'hours of 12,000 calls': { skipped: 1_050_000, calls: 200_000 },
};

/** How long it took, milliseconds each. */
interface Timings {
  inserts: number[];
  reads: number[];
}

if (names === 'rollup') await rollUp(JSON.parse(config ?? '{}') as Knex.Config);
else await measure();

/** A backfill in a separate process, with the priority that the command line gives itself. */
async function rollUp(database: Knex.Config): Promise<void> {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const usage = createUsage({ database, authenticate: () => null, rollup: false, clock });
  process.send?.('begins');
  await usage.rollup.run();
  await usage.stop();
  process.disconnect();
}

async function measure(): Promise<void> {
  console.log(
    '| database | hours of | rollup | operations | s | insert p50, ms | p99 idle | p99 during | read p50, ms | p99 idle | p99 during | ratio |',
  );
  console.log(
    '| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  );
  const servers = await availableServers();
  for (const server of servers.filter(({ name }) => names.split(',').includes(name))) {
    for (const load of Object.keys(LOADS) as (keyof typeof LOADS)[]) {
      await measureLoad(server, load, 'of the same process');
      await measureLoad(server, load, 'of another');
    }
  }
}

async function measureLoad(
  server: DatabaseServer,
  load: keyof typeof LOADS,
  where: 'of the same process' | 'of another',
): Promise<void> {
  const created = await server.create();
  const take = await fill(created, load);
  const usage = createUsage({
    database: created.config,
    authenticate: ({ headers }) => ({ userDid: String(headers['x-user']) }),
    quota: staticQuota({ entries: [] }),
    limits: { requestsPerMinute: false },
    rollup: false,
    clock,
  });
  const before = await timeOperations(usage, take, IDLE_OPERATIONS);
  const startedMs = performance.now();
  const backfill =
    where === 'of another' ? once(await forkRollup(created.config), 'exit') : usage.rollup.run();
  let isRunning = true;
  const ended = backfill.finally(() => {
    isRunning = false;
  });
  const during = await timeOperations(usage, take, Number.POSITIVE_INFINITY, () => isRunning);
  await ended;
  const seconds = (performance.now() - startedMs) / 1000;
  const after = await timeOperations(usage, take, IDLE_OPERATIONS);
  await usage.stop();
  await created.drop();
  const idle = {
    inserts: [...before.inserts, ...after.inserts],
    reads: [...before.reads, ...after.reads],
  };
  const cells = [
    ...[server.name, load, where, during.reads.length, seconds.toFixed(1)],
    ...[
      quantile(during.inserts, 0.5),
      quantile(idle.inserts, 0.99),
      quantile(during.inserts, 0.99),
    ].map(toMs),
    ...[quantile(during.reads, 0.5), quantile(idle.reads, 0.99), quantile(during.reads, 0.99)].map(
      toMs,
    ),
    (quantile(during.reads, 0.99) / quantile(idle.reads, 0.99)).toFixed(1),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

/** A new database with calls that are not rolled up. @returns the calls after them */
async function fill({ config: created }: TestDatabase, load: keyof typeof LOADS): Promise<Take> {
  const usage = createUsage({ database: created, authenticate: () => null, rollup: false });
  await usage.migrate();
  await usage.stop();
  const { skipped, calls } = LOADS[load];
  const take = callsFrom(skipped);
  const database = openDatabase(created);
  for (let stored = 0; stored < calls; stored += 5000) await storeCalls(database, take(5000));
  await database.close();
  return take;
}

async function forkRollup(database: Knex.Config): Promise<ChildProcess> {
  const child = fork(fileURLToPath(import.meta.url), ['rollup', JSON.stringify(database)]);
  await once(child, 'message');
  return child;
}

function toInput(call: StoredCall): ModelCallInput {
  const { userDid, id, appDid, model, provider, type, status } = call;
  const { inputTokens, outputTokens, durationUs } = call;
  return {
    ...{ userDid, id, appDid, model, provider, type, status, startedAt: END_MS },
    durationMs: (durationUs ?? 0) / 1000,
    usage: { inputTokens, outputTokens },
    credits: '0.01',
  };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

function toMs(value: number): string {
  return value.toFixed(1);
}

/** Records a call and asks for the newest calls of its project, in turn. */
async function timeOperations(
  usage: Usage,
  take: Take,
  turns: number,
  goesOn = (): boolean => true,
): Promise<Timings> {
  const handle = usage.handler();
  const timings: Timings = { inserts: [], reads: [] };
  const range = `from=${isoOf(END_MS - HOUR_MS)}&to=${isoOf(END_MS + HOUR_MS)}`;
  while (timings.reads.length < turns && goesOn()) {
    const [call] = take(1);
    if (!call) break;
    let startedMs = performance.now();
    await usage.calls.record(toInput(call));
    timings.inserts.push(performance.now() - startedMs);
    const request = new Request(
      `http://localhost/api/usage/projects/${encodeURIComponent(call.appDid)}/calls?${range}`,
      { headers: { 'x-user': call.userDid } },
    );
    startedMs = performance.now();
    const answer = await handle(request);
    await answer.text();
    timings.reads.push(performance.now() - startedMs);
    if (answer.status !== 200) throw new Error(`Answered with ${answer.status}`);
  }
  return timings;
}
