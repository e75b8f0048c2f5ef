import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { migrations } from '../../src/db/migrations/index.js';
import {
  createRollupScheduler,
  createUsage,
  type CallTable,
  type Totals,
  type Usage,
} from '../../src/index.js';
import { runCli } from '../../src/cli/run-cli.js';
import { NOW_MS, silentLogger } from '../helpers/create-test-usage.js';
import { openHub } from '../helpers/hub-database.js';
import { takeServers } from '../helpers/take-servers.js';
import { sqliteServer, type TestDatabase } from '../helpers/test-databases.js';
import { writeFileSync } from 'node:fs';
import { join, dirname } from 'node:path';

const MAPPING: CallTable = {
  table: 'spend',
  columns: {
    id: 'rid',
    userDid: 'who',
    model: 'model',
    status: 'state',
    startedAt: 'at',
    duration: 'ms',
    credits: 'cost',
    totalTokens: 'tokens',
  },
  timeUnit: 's',
};
const STATUS_VALUES = {
  success: ['ok', 'OK'],
  failed: ["didn't", 'error'],
  processing: ['running'],
};
const AT = Math.floor(NOW_MS / 1000) - 600;
const servers = await takeServers();

let database: TestDatabase;
let host: Knex;
let usage: Usage | null = null;
const open = (mapping: CallTable): Usage => {
  usage = createUsage({
    database: database.config,
    authenticate: () => null,
    rollup: false,
    clock: { now: () => NOW_MS },
    logger: silentLogger,
    calls: mapping,
  });
  return usage;
};
const totals = (of: Usage): Promise<Totals> =>
  of.stats.getAggregatedStats('ada', null, NOW_MS - 3_600_000, NOW_MS);
const rows = (states: (string | null)[]): object[] =>
  states.map((state, index) => ({
    rid: `r${index}`,
    who: 'ada',
    model: 'm',
    state,
    at: AT + index,
    ms: 100,
  }));

async function createTable(change: (table: Knex.CreateTableBuilder) => void): Promise<void> {
  await host.schema.createTable('spend', (table) => {
    table.string('rid').primary();
    table.string('model');
    table.bigInteger('at').index();
    change(table);
  });
}
const usual = (table: Knex.CreateTableBuilder): void => {
  table.string('who');
  table.string('state');
  table.double('ms');
  table.decimal('cost', 24, 10);
  table.double('tokens');
};

describe.each(servers)('on $name', (server) => {
  beforeEach(async () => {
    database = await server.create();
    host = openHub(database.config);
  });
  afterEach(async () => {
    await usage?.stop();
    usage = null;
    await host.destroy();
    await database.drop();
  });

  test('words for the status that are not mapped are refused at the start, and listed', async () => {
    await createTable(usual);
    await host('spend').insert(rows(['success', 'failure', 'timed out', null]));
    const said =
      /calls\.statusValues: the column "state" holds "failure", "timed out", which is none of/;
    const mapped = open(MAPPING);
    await expect(mapped.migrate()).rejects.toThrow(said);
    await expect(mapped.start()).rejects.toThrow(said);
    expect(await host.schema.hasTable('model_calls')).toBe(false);
  });

  test('a mapped word counts as its status, and null as in progress', async () => {
    await createTable(usual);
    await host('spend').insert(rows(['ok', 'OK', "didn't", 'error', 'running', null]));
    const mapped = open({ ...MAPPING, statusValues: STATUS_VALUES });
    await mapped.migrate();
    const expected = { calls: 6, successfulCalls: 2, failedCalls: 2, processingCalls: 2 };
    expect(await totals(mapped)).toMatchObject(expected);
    await mapped.rollup.run();
    expect(await totals(mapped)).toMatchObject(expected);
  });

  test('a status may be a number', async () => {
    await createTable((table) => {
      usual(table);
      table.integer('code');
    });
    await host('spend').insert(
      rows([null, null]).map((row, index) => ({ ...row, code: [200, 500][index] })),
    );
    const mapped = open({
      ...MAPPING,
      columns: { ...MAPPING.columns, status: 'code' },
      statusValues: { success: ['200'], failed: ['500'] },
    });
    await mapped.migrate();
    expect(await totals(mapped)).toMatchObject({ successfulCalls: 1, failedCalls: 1 });
  });

  test.each([
    ['a table', { table: 'spent' }, {}, 'calls.table: there is no table "spent"'],
    [
      'columns',
      {},
      { model: 'name', credits: 'price' },
      'calls.columns.model: there is no column "name"; calls.columns.credits',
    ],
    [
      'a time that is a number',
      { timeUnit: 'timestamp' },
      {},
      'calls.columns.startedAt: the column "at" is of the type',
    ],
    ['a duration that is text', {}, { duration: 'model' }, 'calls.columns.duration'],
  ])('%s that is not there, or not of its kind, is named', async (name, changes, columns, said) => {
    await createTable(usual);
    await host('spend').insert(rows(['success']));
    const mapping = { ...MAPPING, ...changes, columns: { ...MAPPING.columns, ...columns } };
    const migrated = open(mapping as CallTable).migrate();
    // Columns of SQLite hold anything, and a text that is no number is not known.
    if (server.name === 'SQLite' && name.startsWith('a duration')) await migrated;
    else await expect(migrated).rejects.toThrow(said);
  });

  test('a column of users that holds numbers is refused by name', async () => {
    await createTable((table) => {
      usual(table);
      table.integer('user_id');
    });
    await host('spend').insert(rows(['success']).map((row) => ({ ...row, user_id: 7 })));
    await expect(
      open({ ...MAPPING, columns: { ...MAPPING.columns, userDid: 'user_id' } }).migrate(),
    ).rejects.toThrow('calls.columns.userDid: the column "user_id" is of the type int');
  });

  test('an empty table is valid', async () => {
    await createTable(usual);
    expect(await open(MAPPING).migrate()).toEqual(migrations.map(({ name }) => name));
  });

  test('invalid values are unknown, and the rest is rounded half to even', async () => {
    await createTable(usual);
    const values: [cost: number | null, tokens: number | null, ms: number | null][] = [
      [0.000000005, 2.4, 10],
      [0.000000015, 3, 20],
      [1.5, 4, 30],
      [-1, -5, -1],
      [90_071_993, 1e13, 1e15],
      [null, null, null],
    ];
    await host('spend').insert(
      rows(values.map(() => 'success')).map((row, index) => {
        const [cost, tokens, ms] = values[index] ?? [];
        return { ...row, cost, tokens, ms };
      }),
    );
    const mapped = open(MAPPING);
    await mapped.migrate();
    const expected = { calls: 6, credits: '1.50000002', totalTokens: 9, averageDurationMs: 20 };
    expect(await totals(mapped)).toMatchObject(expected);
    await mapped.rollup.run();
    expect(await totals(mapped)).toMatchObject(expected);
  });
});

test('the command line checks the table too', async () => {
  database = await sqliteServer.create();
  host = openHub(database.config);
  await createTable(usual);
  await host('spend').insert(rows(['failure']));
  await host.destroy();
  const { filename } = database.config.connection as { filename: string };
  const mapping = join(dirname(filename), 'calls.json');
  writeFileSync(mapping, JSON.stringify(MAPPING));
  let said = '';
  const code = await runCli(['migrate', '--database', `sqlite:${filename}`, '--calls', mapping], {
    out: (text) => (said += text),
    err: (text) => (said += text),
    progress: () => undefined,
    environment: {},
  });
  expect([code, said]).toEqual([1, expect.stringContaining('holds "failure"')]);
  await database.drop();
});

test('the scheduler without a usage sums no rows of a table that does not fit the mapping', async () => {
  database = await sqliteServer.create();
  host = openHub(database.config);
  await createTable(usual);
  const migrated = open(MAPPING);
  await migrated.migrate();
  await host('spend').insert(rows(['failure']));
  const errors: unknown[] = [];
  const scheduler = createRollupScheduler({
    database: database.config,
    calls: MAPPING,
    rollup: { retries: 0 },
    clock: { now: () => NOW_MS + 7_200_000 },
    logger: silentLogger,
    onError: (error) => errors.push(error),
  });
  scheduler.start();
  await vi.waitFor(
    () => {
      expect(errors).toMatchObject([
        { message: expect.stringContaining('holds "failure"') as string },
      ]);
    },
    { timeout: 30_000 },
  );
  await scheduler.stop();
  expect((await migrated.rollup.status()).rolledUpThrough).toBeNull();
  await migrated.stop();
  usage = null;
  await host.destroy();
  await database.drop();
});
