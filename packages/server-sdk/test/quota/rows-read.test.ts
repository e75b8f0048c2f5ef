import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paymentKitQuota } from '../../src/index.js';
import { createTestUsage, serveInKoa, type TestUsage } from '../helpers/create-test-usage.js';
import { availableServers, type TestDatabase } from '../helpers/test-databases.js';
import { ALICE, NOW_MS, answersOf, clientOf } from './payment-kit-fixture.js';

const HOUR_MS = 3_600_000;
const DAYS = 32;
/** NOW_MS is 10:20:30; the hour before is rolled up after the grace. */
const HOUR_START_MS = Math.floor(NOW_MS / HOUR_MS) * HOUR_MS;

const [postgres] = (await availableServers()).filter(({ name }) => name === 'PostgreSQL');

interface Plan {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

let database: TestDatabase;
let own: Knex;
let host: TestUsage;

beforeAll(async () => {
  if (!postgres) return;
  database = await postgres.create();
  // A table of a few hundred rows is cheaper to scan whole; one of ten million calls' is not, and is what this is about.
  const admin = knex(database.config);
  const name = new URL(database.config.connection as string).pathname.slice(1);
  await admin.raw('alter database ?? set enable_seqscan = off', [name]);
  await admin.destroy();
  own = knex(database.config);
  const answers = answersOf({ decimal: 2, total: '100000', remaining: '50000' });
  host = await createTestUsage({
    database: own,
    quota: paymentKitQuota({ client: clientOf(answers), meter: 'agent-hub-ai-meter' }),
  });
  host.clock.nowMs = NOW_MS;
});
afterAll(async () => {
  if (!postgres) return;
  await host.close();
  await own.destroy();
  await database.drop();
});

/** Calls of each hour of the last 32 days, ten in this hour so far, all of Alice. */
async function record(perHour: number): Promise<void> {
  const calls = Array.from({ length: DAYS * 24 * perHour }, (_, index) => ({
    id: `past-${index}`,
    userDid: ALICE,
    appDid: `app-${index % 7}`,
    model: `m-${index % 5}`,
    status: 'success' as const,
    startedAt: HOUR_START_MS - 1 - (index % (DAYS * 24)) * HOUR_MS,
    credits: '0.01',
  }));
  const current = Array.from({ length: 10 }, (_, index) => ({
    id: `now-${index}`,
    userDid: ALICE,
    model: 'm-1',
    status: 'success' as const,
    startedAt: HOUR_START_MS + index,
    credits: '0.01',
  }));
  await host.usage.calls.record([...calls, ...current]);
  await host.usage.rollup.run();
  await own.raw('analyze');
}

/** Rows that PostgreSQL took from each table to answer `GET /quota`, those it threw away again too. */
async function rowsRead(): Promise<Record<string, number>> {
  const asked: { sql: string; bindings: unknown[] }[] = [];
  const note = (query: { sql: string; bindings: unknown[] }): void => void asked.push(query);
  own.on('query', note);
  const server = await serveInKoa(host.usage);
  const { status, body } = await server.get('/quota', { user: ALICE });
  await server.close();
  own.removeListener('query', note);
  expect([status, body['remaining']]).toEqual([200, '500']);

  const rows: Record<string, number> = {};
  const count = (plan: Plan): void => {
    const table = plan['Relation Name'];
    if (table !== undefined) {
      const thrownAway =
        (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
      rows[table] = (rows[table] ?? 0) + (plan['Actual Rows'] + thrownAway) * plan['Actual Loops'];
    }
    plan.Plans?.forEach(count);
  };
  for (const { sql, bindings } of asked.filter((query) => /^\s*(select|with)/i.test(query.sql))) {
    // Knex numbers the placeholders of what it ran, and takes question marks.
    const { rows: found } = await own.raw<{ rows: { 'QUERY PLAN': { Plan: Plan }[] }[] }>(
      `explain (analyze, format json) ${sql.replaceAll('?', '\\?').replace(/\$\d+/g, '?')}`,
      bindings as Knex.RawBinding[],
    );
    for (const { Plan: plan } of found[0]?.['QUERY PLAN'] ?? []) count(plan);
  }
  return rows;
}

test.skipIf(!postgres)(
  '/quota reads at most 1,000 rows besides the live hour, however many calls there are',
  async () => {
    const counts: Record<string, number>[] = [];
    for (const perHour of [1, 5]) {
      await record(perHour);
      const read = await rowsRead();
      counts.push(read);
      const { model_calls: calls = 0, ...others } = read;
      const other = Object.values(others).reduce((sum, rows) => sum + rows, 0);
      // The live hour is read for the sparkline alone; the first call is looked up for the state, and again with the answer.
      expect(calls).toBeLessThanOrEqual(10 + 2);
      expect(other).toBeLessThanOrEqual(1000);
      expect(others['model_call_stats']).toBeGreaterThan(30);
    }
    console.info('rows read by /quota', JSON.stringify(counts));
    // Five times the calls: no more rows (fewer of the state, which is known by then).
    for (const [table, rows] of Object.entries(counts[1] ?? {})) {
      expect(rows, table).toBeLessThanOrEqual(counts[0]?.[table] ?? 0);
    }
    expect(counts[1]?.['model_call_stats']).toBe(counts[0]?.['model_call_stats']);
  },
);
