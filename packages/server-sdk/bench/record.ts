import { availableServers, type DatabaseServer } from '../test/helpers/test-databases.js';
import { openDatabase, type Database } from '../src/db/database.js';
import { migrate } from '../src/db/migrate.js';
import type { StoredCall } from '../src/domain/stored-call.js';
import { createRollupControl } from '../src/rollup/rollup-control.js';
import { CallQueue } from '../src/services/call-queue.js';
import { MAX_TRANSACTIONS } from '../src/services/call-recorder.js';
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
 * rolls up weeks of hours, without a pause.
 *
 * `record.ts [CALLS] [ROUNDS] [DATABASES]`, e.g. `record.ts 10000 9 SQLite,MariaDB`
 */
const [calls = '5000', rounds = '5', names = 'SQLite,PostgreSQL,MariaDB'] = process.argv.slice(2);
const CALLS = Number(calls);
const ROUNDS = Number(rounds);
const BACKFILL_CALLS = 60_000;
const BASELINE = 'record_baseline';
const IN_FLIGHT = 32;
/** The 99th of a hundred is the worst but fifteen: of fewer it says little. */
const IDLE_TURNS = 1500;

const source = generateYear(20_000_000);

function take(count: number): StoredCall[] {
  return Array.from({ length: count }, () => {
    const next = source.next();
    if (next.done) throw new Error('The data set is used up; ask for fewer calls');
    return next.value;
  });
}

function batchesOf(size: number): StoredCall[][] {
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

/** Ways to write `CALLS` calls; each prepares them first and gives back the work to time. */
const WRITERS: Record<string, (database: Database) => () => Promise<void>> = {
  'Knex insert of 100': (database) => insertByKnex(database, BASELINE),
  'the same into the table of calls, triggers and all': (database) =>
    insertByKnex(database, 'model_calls'),
  'record, 100 after 100': (database) => writeBatches(database, 100),
  'record, 1000 after 1000': (database) => writeBatches(database, 1000),
  [`record one by one, ${IN_FLIGHT} in flight`]: (database) => writeInFlight(database, 1),
  [`record of 100, ${IN_FLIGHT} in flight`]: (database) => writeInFlight(database, 100),
};

function insertByKnex({ writer }: Database, table: string): () => Promise<void> {
  const batches = batchesOf(100).map((batch) => batch.map(toRow));
  return async () => {
    for (const rows of batches) await writer.transaction((trx) => trx(table).insert(rows));
  };
}

function writeBatches(database: Database, size: number): () => Promise<void> {
  const batches = batchesOf(size);
  return async () => {
    for (const batch of batches) await storeCalls(database, batch);
  };
}

function writeInFlight(database: Database, size: number): () => Promise<void> {
  const queue = new CallQueue({
    store: (jobs) => storeJobs(database, jobs),
    maxQueuedCalls: 10_000,
    maxWaitingCalls: 0,
    maxTransactions: MAX_TRANSACTIONS,
  });
  const batches = batchesOf(size);
  const work = async (): Promise<void> => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      const ready = batch;
      await queue.add(ready.length, () => ready);
    }
  };
  return async () => {
    await Promise.all(Array.from({ length: IN_FLIGHT }, work));
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

async function printRates(name: string, database: Database): Promise<void> {
  const rates = new Map<string, number[]>(Object.keys(WRITERS).map((writer) => [writer, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [writer, prepare] of Object.entries(WRITERS)) {
      const work = prepare(database);
      await settleLog(database);
      const startedMs = performance.now();
      await work();
      rates.get(writer)?.push((CALLS / (performance.now() - startedMs)) * 1000);
    }
  }
  const [baseline = []] = [...rates.values()];
  for (const [writer, values] of rates) {
    const rate = quantile(values, 0.5);
    const ratio = (rate / quantile(baseline, 0.5)).toFixed(2);
    console.log(`| ${name} | ${writer} | ${Math.round(rate).toLocaleString('en')} | ${ratio} |`);
  }
}

/** Times single inserts and reads in turn until `until` says so. */
async function timeSingles(
  database: Database,
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

async function printLatencies(name: string, database: Database, other: Database): Promise<void> {
  for (let stored = 0; stored < BACKFILL_CALLS; stored += 5000) {
    await storeCalls(database, take(5000));
  }
  let turns = 0;
  const idle = await timeSingles(database, () => (turns += 1) > IDLE_TURNS);
  let running = true;
  const backfill = createRollupControl(other, { now: () => END_MS }, 0)
    .run()
    .finally(() => {
      running = false;
    });
  const busy = await timeSingles(database, () => !running);
  const { hours } = await backfill;
  const ms = (values: number[], ratio: number): string => quantile(values, ratio).toFixed(1);
  for (const [what, { inserts, reads }] of Object.entries({
    idle,
    [`beside a backfill of ${hours} hours`]: busy,
  })) {
    console.log(
      `| ${name} | ${what} | ${inserts.length} | ${ms(inserts, 0.5)} | ${ms(inserts, 0.99)} | ${ms(reads, 0.5)} | ${ms(reads, 0.99)} |`,
    );
  }
}

async function onDatabase(
  server: DatabaseServer,
  work: (database: Database, other: Database) => Promise<void>,
): Promise<void> {
  const created = await server.create();
  const database = openDatabase(created.config);
  const other = openDatabase(created.config);
  try {
    await migrate(database.writer);
    await work(database, other);
  } finally {
    await other.close();
    await database.close();
    await created.drop();
  }
}

const servers = (await availableServers()).filter(({ name }) => names.split(',').includes(name));
console.log('| database | how | calls/s | beside Knex |');
console.log('| --- | --- | ---: | ---: |');
for (const server of servers) {
  await onDatabase(server, async (database) => {
    await createBaseline(database);
    await printRates(server.name, database);
  });
}
console.log(
  '\n| database | while | n | insert p50, ms | insert p99, ms | read p50, ms | read p99, ms |',
);
console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
for (const server of servers) {
  await onDatabase(server, (database, other) => printLatencies(server.name, database, other));
}
