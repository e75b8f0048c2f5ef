import {
  availableServers,
  type DatabaseServer,
  type TestDatabase,
} from '../test/helpers/test-databases.js';
import { openDatabase, type Database } from '../src/db/database.js';
import { migrate } from '../src/db/migrate.js';
import type { StoredCall } from '../src/values/stored-call.js';
import { CallQueue } from '../src/recording/call-queue.js';
import { storeJobs } from '../src/recording/record-calls.js';
import { storeCalls } from '../test/helpers/store-calls.js';
import { splitCredits } from '../src/values/amounts.js';
import { callsFrom, type Take } from './dataset.js';
import { quantile } from './measure.js';

/**
 * What recording costs, on each database that answers.
 *
 * Calls a second compared with Knex's batch insert of 100 rows, each batch durable in a separate transaction, on the
 * same connection: into a table with the same columns and indexes and without triggers, where no trigger notices the rows;
 * and into the table of calls itself, where triggers do what the recorder does. Rounds take turns, so that a slow moment of
 * the machine meets all; medians.
 *
 * `record.ts [CALLS] [ROUNDS] [DATABASES]`, e.g. `record.ts 10000 9 SQLite,MariaDB`
 */
const [calls = '5000', rounds = '5', names = 'SQLite,PostgreSQL,MariaDB'] = process.argv.slice(2);
const CALLS = Number(calls);
const ROUNDS = Number(rounds);
const BASELINE = 'record_baseline';
const IN_FLIGHT = 32;
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

function toRow({ creditsE10, ...call }: StoredCall): Record<string, unknown> {
  const credits = creditsE10 === null ? null : splitCredits(creditsE10);
  // Drivers differ in what they make of a BigInt.
  const stored = { ...call, ...credits, ...(credits && { creditsE8: String(credits.creditsE8) }) };
  return Object.fromEntries(
    Object.entries(stored).map(([field, value]) => [toColumn(field), value]),
  );
}

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
        await queue.add(() => ready);
      }
    };
    return async () => {
      await Promise.all(Array.from({ length: IN_FLIGHT }, work));
    };
  };
}

/** What one writer left in SQLite's log is not written to the file in the time of the next. */
async function settleLog({ writer, dialect }: Database): Promise<void> {
  if (dialect.name === 'sqlite') await writer.raw('pragma wal_checkpoint(restart)');
}

/** Each writes the same calls, into a separate database: the tables grow alike. */
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
console.log('| database | how | calls/s | of Knex |');
console.log('| --- | --- | ---: | ---: |');
for (const server of servers) await printRates(server);
