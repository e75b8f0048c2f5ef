import {
  availableServers,
  type DatabaseServer,
  type TestDatabase,
} from '../test/helpers/test-databases.js';
import { openDatabase, type Database } from '../src/db/database.js';
import { migrate } from '../src/db/migrate.js';
import type { StoredCall } from '../src/domain/stored-call.js';
import { createRollupControl } from '../src/rollup/rollup-control.js';
import { CallQueue } from '../src/services/call-queue.js';
import { storeCalls, storeJobs } from '../src/services/record-calls.js';
import { BENCH_END_MS as END_MS, generateYear } from './dataset.js';

/**
 * What recording costs, on each database that answers.
 *
 * First: calls a second beside Knex's own batch insert of 100 rows, each batch durable in a transaction of its own, on the
 * same connection: into a table with the same columns and indexes and without triggers, where nothing is told of what came;
 * and into the table of calls itself, where triggers do what the recorder does. Rounds take turns, so that a slow moment of
 * the machine meets all; medians.
 *
 * Then: single calls, one after the other, and reads of a user's newest calls, first alone and then while another instance
 * rolls up, without a pause, weeks of quiet hours, and in a second database some hours that are full of calls.
 *
 * `record.ts [CALLS] [ROUNDS] [DATABASES]`, e.g. `record.ts 10000 9 SQLite,MariaDB`; no rounds: only the second part
 */
const [calls = '5000', rounds = '5', names = 'SQLite,PostgreSQL,MariaDB'] = process.argv.slice(2);
const CALLS = Number(calls);
const ROUNDS = Number(rounds);
const BASELINE = 'record_baseline';
const IN_FLIGHT = 32;
/** The 99th of a hundred is the worst but fifteen: of fewer it says little. */
const IDLE_TURNS = 1500;

/** Where in the year of calls hours are quiet, and where they are full. */
const HOURS = {
  'hours of 150 calls': { skipped: 0, calls: 60_000 },
  'hours of 12,000 calls': { skipped: 1_050_000, calls: 200_000 },
};

/** Gives the next calls of the year. */
type Take = (count: number) => StoredCall[];

function callsFrom(skipped: number): Take {
  const year = generateYear(20_000_000);
  for (let index = 0; index < skipped; index += 1) year.next();
  return (count) =>
    Array.from({ length: count }, () => {
      const next = year.next();
      if (next.done) throw new Error('The data set is used up; ask for fewer calls');
      return next.value;
    });
}

function batchesOf(take: Take, size: number): StoredCall[][] {
  const all = take(CALLS);
  return Array.from({ length: Math.ceil(CALLS / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

/** The calls' table again, by another name and without triggers. */
async function createBaseline({ writer, dialect }: Database): Promise<void> {
  if (dialect.name === 'postgres') {
    await writer.raw(`create table ${BASELINE} (like model_calls including all)`);
  } else if (dialect.name === 'mysql') {
    await writer.raw(`create table ${BASELINE} like model_calls`);
  } else {
    const rows = await writer.raw<{ sql: string }[]>(
      `select sql from sqlite_master where tbl_name = 'model_calls' and type in ('table', 'index')
       and sql is not null order by type desc`,
    );
    for (const { sql } of rows) await writer.raw(sql.replaceAll('model_calls', BASELINE));
  }
}

const toColumn = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const toRow = (call: StoredCall): Record<string, unknown> =>
  Object.fromEntries(Object.entries(call).map(([field, value]) => [toColumn(field), value]));

/** A way to write `CALLS` calls; prepares them first and gives back the work to time. */
type Writer = (database: Database, take: Take) => () => Promise<void>;

const WRITERS: Record<string, Writer> = {
  'Knex insert of 100': insertByKnex(BASELINE),
  'the same into the table of calls, triggers and all': insertByKnex('model_calls'),
  'record, 100 after 100': writeBatches(100),
  'record, 1000 after 1000': writeBatches(1000),
  'record, 4000 after 4000': writeBatches(4000),
  [`record one by one, ${IN_FLIGHT} in flight`]: writeInFlight(1),
  [`record of 100, ${IN_FLIGHT} in flight`]: writeInFlight(100),
};

function insertByKnex(table: string): Writer {
  return ({ writer }, take) => {
    const batches = batchesOf(take, 100).map((batch) => batch.map(toRow));
    return async () => {
      for (const rows of batches) await writer.transaction((trx) => trx(table).insert(rows));
    };
  };
}

function writeBatches(size: number): Writer {
  return (database, take) => {
    const batches = batchesOf(take, size);
    return async () => {
      for (const batch of batches) await storeCalls(database, batch);
    };
  };
}

function writeInFlight(size: number): Writer {
  return (database, take) => {
    const queue = new CallQueue({
      store: (jobs) => storeJobs(database, jobs),
      maxQueuedCalls: 10_000,
      maxWaitingCalls: 0,
      ...database.dialect.gathers,
    });
    const batches = batchesOf(take, size);
    const work = async (): Promise<void> => {
      for (let batch = batches.pop(); batch; batch = batches.pop()) {
        const ready = batch;
        await queue.add(ready.length, () => ready);
      }
    };
    return async () => {
      await Promise.all(Array.from({ length: IN_FLIGHT }, work));
    };
  };
}

function quantile(values: readonly number[], ratio: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * ratio))] ?? Number.NaN;
}

/** What one writer left in SQLite's log is not written to the file in the time of the next. */
async function settleLog({ writer, dialect }: Database): Promise<void> {
  if (dialect.name === 'sqlite') await writer.raw('pragma wal_checkpoint(restart)');
}

/** Each writes the same calls, into a database of its own: the tables grow alike. */
async function printRates(server: DatabaseServer): Promise<void> {
  const contest = [];
  for (const [name, prepare] of Object.entries(WRITERS)) {
    const opened = await openNew(server);
    await createBaseline(opened.database);
    contest.push({ name, prepare, opened, take: callsFrom(0), rates: [] as number[] });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { prepare, opened, take, rates } of contest) {
      const work = prepare(opened.database, take);
      await settleLog(opened.database);
      const startedMs = performance.now();
      await work();
      rates.push((CALLS / (performance.now() - startedMs)) * 1000);
    }
  }
  const [first] = contest;
  const baseline = quantile(first?.rates ?? [], 0.5);
  for (const { name, opened, rates } of contest) {
    const rate = quantile(rates, 0.5);
    console.log(
      `| ${server.name} | ${name} | ${Math.round(rate).toLocaleString('en')} | ${(rate / baseline).toFixed(2)} |`,
    );
    await opened.close();
  }
}

/** Times single inserts and reads in turn until `until` says so. */
async function timeSingles(
  database: Database,
  take: Take,
  until: () => boolean,
): Promise<{ inserts: number[]; reads: number[] }> {
  const inserts: number[] = [];
  const reads: number[] = [];
  while (!until()) {
    const [call] = take(1);
    if (!call) break;
    let startedMs = performance.now();
    await storeCalls(database, [{ ...call, startedAtMs: END_MS }]);
    inserts.push(performance.now() - startedMs);
    startedMs = performance.now();
    await database
      .reader('model_calls')
      .where('user_did', call.userDid)
      .orderBy('started_at_ms', 'desc')
      .limit(20);
    reads.push(performance.now() - startedMs);
  }
  return { inserts, reads };
}

async function printLatencies(
  name: string,
  {
    database,
    other,
    hours: kind,
  }: { database: Database; other: Database; hours: keyof typeof HOURS },
): Promise<void> {
  const { skipped, calls } = HOURS[kind];
  const take = callsFrom(skipped);
  for (let stored = 0; stored < calls; stored += 5000) {
    await storeCalls(database, take(5000));
  }
  let turns = 0;
  const idle = await timeSingles(database, take, () => (turns += 1) > IDLE_TURNS);
  let running = true;
  const backfill = createRollupControl(other, { now: () => END_MS }, 0)
    .run()
    .finally(() => {
      running = false;
    });
  const busy = await timeSingles(database, take, () => !running);
  const { hours } = await backfill;
  const ms = (values: number[], ratio: number): string => quantile(values, ratio).toFixed(1);
  for (const [what, { inserts, reads }] of Object.entries({
    idle,
    [`beside a backfill of ${hours} ${kind}`]: busy,
  })) {
    console.log(
      `| ${name} | ${what} | ${inserts.length} | ${ms(inserts, 0.5)} | ${ms(inserts, 0.99)} | ${ms(reads, 0.5)} | ${ms(reads, 0.99)} |`,
    );
  }
}

/** A new database, migrated. */
async function openNew(
  server: DatabaseServer,
): Promise<{ database: Database; config: TestDatabase['config']; close: () => Promise<void> }> {
  const created = await server.create();
  const database = openDatabase(created.config);
  await migrate(database.writer);
  const close = async (): Promise<void> => {
    await database.close();
    await created.drop();
  };
  return { database, config: created.config, close };
}

const servers = (await availableServers()).filter(({ name }) => names.split(',').includes(name));
console.log('| database | how | calls/s | beside Knex |');
console.log('| --- | --- | ---: | ---: |');
for (const server of ROUNDS > 0 ? servers : []) await printRates(server);
console.log(
  '\n| database | while | n | insert p50, ms | insert p99, ms | read p50, ms | read p99, ms |',
);
console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
for (const server of servers) {
  for (const hours of Object.keys(HOURS) as (keyof typeof HOURS)[]) {
    const { database, config, close } = await openNew(server);
    const other = openDatabase(config);
    await printLatencies(server.name, { database, other, hours });
    await other.close();
    await close();
  }
}
