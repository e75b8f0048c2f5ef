import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelCallInput } from '../../src/index.js';
import { rowsOf } from '../../src/stores/transaction.js';
import { NOW_MS } from '../helpers/create-test-usage.js';
import {
  POLLED_PATHS,
  observeUsage,
  type ObservedUsage,
  type Statement,
} from '../helpers/observed-usage.js';
import { availableServers } from '../helpers/test-databases.js';

const DAY_MS = 86_400_000;
const PARTITIONS = 8;
const USERS = 80;
/** Every table that the user leads; the others are small and on every node of a distributed database. */
const TABLES = [
  ...['model_calls', 'model_call_users', 'model_call_dirty_hours', 'model_call_stats'],
  ...['model_call_projects', 'model_call_models', 'model_quota_snapshots'],
  'model_embed_generations',
];
const REFERENCE_TABLES = ['model_call_slots', 'model_call_secrets'];
const [postgres] = (await availableServers()).filter(({ name }) => name === 'PostgreSQL');

const CALLS: ModelCallInput[] = Array.from({ length: 2400 }, (_, index) => ({
  userDid: `user-${index % USERS}`,
  id: `call-${index}`,
  appDid: `app-${index % 3}`,
  model: `m-${index % 2}`,
  status: index % 11 === 0 ? ('failed' as const) : ('success' as const),
  startedAt: NOW_MS - (index % 90) * DAY_MS - (index % 7) * 600_000 - 1,
  durationMs: index,
  credits: '0.5',
}));

let usage: ObservedUsage;

beforeAll(async () => {
  if (!postgres) return;
  usage = await observeUsage(postgres, CALLS);
  for (const table of TABLES) {
    await usage.knex.raw(`alter table ${table} rename to ${table}_plain`);
    await usage.knex.raw(
      `create table ${table} (like ${table}_plain including defaults including indexes)
       partition by hash (user_did)`,
    );
    for (let part = 0; part < PARTITIONS; part += 1) {
      await usage.knex.raw(
        `create table ${table}_${part} partition of ${table}
         for values with (modulus ${PARTITIONS}, remainder ${part})`,
      );
    }
    await usage.knex.raw(`insert into ${table} select * from ${table}_plain`);
    await usage.knex.raw(`drop table ${table}_plain`);
  }
  await usage.knex.raw('analyze');
});
afterAll(async () => {
  if (postgres) await usage.close();
});

interface Plan {
  'Relation Name'?: string;
  Plans?: Plan[];
}

/** Names of the tables and partitions that a statement reads. */
async function relationsOf({ sql, bindings }: Statement): Promise<string[]> {
  // Knex numbers the placeholders of what it ran, and takes question marks.
  const text = sql.replaceAll('?', '\\?').replace(/\$\d+/g, '?');
  const found: unknown = await usage.knex.raw(`explain (format json) ${text}`, bindings);
  const [row] = rowsOf<{ 'QUERY PLAN': { Plan: Plan }[] }>(found);
  const names: string[] = [];
  const visit = (plan: Plan): void => {
    if (plan['Relation Name'] !== undefined) names.push(plan['Relation Name']);
    plan.Plans?.forEach(visit);
  };
  row?.['QUERY PLAN'].forEach(({ Plan: plan }) => {
    visit(plan);
  });
  return names;
}

test.skipIf(!postgres)('the calls are spread over all partitions', async () => {
  const found: unknown = await usage.knex.raw('select distinct tableoid from model_calls');
  expect(rowsOf(found)).toHaveLength(PARTITIONS);
});

test.skipIf(!postgres).each(['user-1', 'user-2', 'user-3'])(
  'every statement of every endpoint reads one partition, the same for %s',
  async (user) => {
    const numbers = new Set<string>();
    const tables = new Set<string>();
    for (const path of POLLED_PATHS) {
      const { asked } = await usage.ask(path, user);
      expect(asked.length).toBeGreaterThan(0);
      // A balance is remembered by the way; a plan of that names the table, not the partition.
      for (const statement of asked.filter(({ sql }) => !/insert into/.test(sql))) {
        for (const name of await relationsOf(statement)) {
          const [, table = name, number] = /^(.*)_(\d)$/.exec(name) ?? [];
          tables.add(table);
          if (REFERENCE_TABLES.includes(table)) continue;
          expect(number, `${name} in ${statement.sql}`).toBeDefined();
          numbers.add(number ?? '');
        }
      }
    }
    expect([...numbers]).toHaveLength(1);
    // A remembered balance is read when the provider fails; generations, with embed tokens.
    const always = TABLES.filter((table) => !/quota|embed/.test(table));
    expect([...tables]).toEqual(expect.arrayContaining(always));
  },
);
