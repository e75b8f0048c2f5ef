import Knex from 'knex';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUsage, type Usage } from '../../src/index.js';
import { getDialect } from '../../src/db/dialects/get-dialect.js';
import { sqliteServer, type TestDatabase } from '../helpers/test-databases.js';

const USER = { userDid: 'did:example:reader' };
const START_MS = Date.UTC(2026, 5, 1, 10, 30);

let database: TestDatabase;
let knex: Knex.Knex;
let usage: Usage;
let statements: string[];

/** A Knex instance whose driver says an older version of SQLite. */
async function openOlder(version: string): Promise<void> {
  database = await sqliteServer.create();
  knex = Knex({ ...database.config, useNullAsDefault: true });
  const client = knex.client as { driver: object };
  client.driver = Object.create(client.driver, {
    VERSION: { value: version, configurable: true },
  }) as object;
  statements = [];
  knex.on('query', ({ sql }: { sql: string }) => statements.push(sql));
  usage = createUsage({
    database: knex,
    authenticate: () => USER,
    rollup: false,
    clock: { now: () => START_MS + 5 * 3_600_000 },
  });
}

beforeEach(() => openOlder('3.44.2'));

afterEach(async () => {
  await usage.stop();
  await knex.destroy();
  await database.drop();
});

test('calls are recorded and rolled up without functions that SQLite 3.35 does not have', async () => {
  await usage.migrate();
  const calls = Array.from({ length: 200 }, (_, index) => ({
    id: `call-${index}`,
    userDid: USER.userDid,
    appDid: `project-${index % 3}`,
    model: 'model',
    status: 'success' as const,
    startedAt: START_MS + index,
    durationMs: index + 1,
    credits: '0.5',
  }));
  await usage.calls.record(calls);
  // Those of a batch that are there already take another statement.
  await usage.calls.record(calls.slice(0, 10));
  await usage.rollup.run();
  const stored = await knex('model_call_stats').where({ granularity: 3, scope: 0 }).first();
  expect(stored).toMatchObject({ calls: 200, credits_e8: 100 * 1e8 });
  expect(statements.filter((sql) => /jsonb|subsec|->>/.test(sql))).toEqual([]);
});

test.each([
  ['3.35.0', false],
  ['3.44.2', false],
  ['3.45.0', true],
  ['3.51.1', true],
  ['4.0.0', true],
])('SQLite %s has binary JSON: %s', (version, hasBinaryJson) => {
  const driver = (knex.client as { driver: object }).driver;
  Object.defineProperty(driver, 'VERSION', { value: version, configurable: true });
  const { sql } = getDialect(knex).write.insertRows(
    { table: 'model_calls', columns: [{ name: 'id', kind: 'text' }], onConflict: '' },
    ['[]'],
  );
  expect(sql.includes('jsonb')).toBe(hasBinaryJson);
});
