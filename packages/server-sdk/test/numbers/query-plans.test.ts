import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staticQuota } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsage,
  serveInKoa,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { ROLLED_UP, fillRows, writeProgress } from '../helpers/fill-rows.js';
import { insertCalls } from '../helpers/insert-calls.js';
import { sqliteServer, type TestDatabase } from '../helpers/test-databases.js';

const DAY_MS = 86_400_000;

interface Query {
  sql: string;
  bindings: Knex.RawBinding[];
}

let database: TestDatabase;
let own: Knex;
let host: TestUsage;
let server: TestServer;
const queries: Query[] = [];

beforeAll(async () => {
  database = await sqliteServer.create();
  own = knex({ ...database.config, useNullAsDefault: true, pool: { min: 1, max: 1 } });
  host = await createTestUsage({
    database: own,
    quota: staticQuota({ entries: [{ id: 'g', kind: 'grant', amount: '5', occurredAt: 0 }] }),
  });
  await insertCalls(
    own,
    Array.from({ length: 3000 }, (_, index) => ({
      userDid: `user-${index % 4}`,
      appDid: `app-${index % 9}`,
      model: `m-${index % 5}`,
      status: 'success' as const,
      startedAt: NOW_MS - ((index * 7919) % 90) * DAY_MS - (index % 24) * 3_600_000,
      durationMs: index,
    })),
  );
  for (const user of ['user-0', 'user-1', 'user-2', 'user-3']) {
    await fillRows(own, user, ROLLED_UP(NOW_MS));
    await writeProgress(own, user, ROLLED_UP(NOW_MS));
  }
  server = await serveInKoa(host.usage);
  own.on('query', ({ sql, bindings }: Query) => {
    queries.push({ sql, bindings });
  });
});
afterAll(async () => {
  await server.close();
  await host.close();
  await own.destroy();
  await database.drop();
});

/** What SQLite reads for a query: a line a step, `SCAN t` or `SEARCH t USING INDEX i (…)`. */
async function planOf({ sql, bindings }: Query): Promise<string[]> {
  const rows = await own.raw<{ detail: string }[]>(`explain query plan ${sql}`, bindings);
  return rows.map(({ detail }) => detail);
}

const PATHS = [
  '/quota',
  '/overview',
  '/projects',
  '/trends',
  '/trends?timeZone=Asia/Kathmandu',
  '/projects/app-1/stats',
  '/projects/app-1/trends',
  '/projects/app-1/models',
  '/projects/app-1/latency',
  '/projects/app-1/failures',
  '/activity',
  '/projects/app-1/calls',
  '/projects/app-1/calls?sortBy=duration',
  '/projects/app-1/calls?status=failed&model=m-1',
  '/quota-details',
  '/quota-details?groupBy=day',
  '/advice',
];

describe.each(PATHS)('%s', (path) => {
  test('reads calls and pre-aggregates through their keys alone, of one user', async () => {
    queries.length = 0;
    const answer = await server.get(path, { user: 'user-1' });
    expect(answer.status).toBe(200);
    const asked = queries.filter(({ sql }) => /^\s*select/i.test(sql));
    expect(asked.length).toBeGreaterThan(0);
    for (const query of [...asked]) {
      const steps = await planOf(query);
      // Aliases are those of tables of users and of names.
      const reads = steps.filter((step) => /^\w+ (model_call_?\w*|users|names)\b/.test(step));
      for (const step of reads.filter((one) => !one.includes('model_call_secrets'))) {
        expect(step).toMatch(/^SEARCH \w+ USING .*\(user_did=\?/);
        if (step.includes('model_call_stats')) {
          expect(step).toContain('(user_did=? AND granularity=? AND bucket=? AND scope=?');
        }
        expect(query.bindings).toContain('user-1');
      }
    }
  });

  test('asks few questions', async () => {
    queries.length = 0;
    await server.get(path, { user: 'user-1' });
    // Advice also asks what the quota, the ledger and the project list ask.
    expect(queries.length).toBeLessThanOrEqual(path === '/advice' ? 44 : 24);
  });
});

test('of the calls, an answer over 30 days reads the edges alone', async () => {
  queries.length = 0;
  // Not asked before: an answer that is given again reads nothing.
  await server.get('/overview?timeZone=Asia/Tokyo', { user: 'user-1' });
  const raw = queries.filter(
    ({ sql }) => /from model_calls\b/.test(sql) && sql.includes('started_at_ms'),
  );
  expect(raw.length).toBeGreaterThan(0);
  for (const { bindings } of raw) {
    const instants = bindings.filter((value): value is number => Number(value) > 1e12);
    for (let index = 0; index + 1 < instants.length; index += 2) {
      const [fromMs = 0, toMs = 0] = instants.slice(index, index + 2);
      expect(toMs - fromMs).toBeLessThanOrEqual(3_600_000);
    }
  }
});
