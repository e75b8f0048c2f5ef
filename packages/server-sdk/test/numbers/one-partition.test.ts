import type { Knex } from 'knex';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ModelCallInput } from '../../src/index.js';
import { openDatabase } from '../../src/db/database.js';
import { distribute, planDistribution } from '../../src/db/distribute.js';
import { archiveUser, rollUpUser } from '../../src/rollup/roll-up-user.js';
import { RollupRun } from '../../src/rollup/rollup-run.js';
import { withoutTransaction } from '../../src/db/transaction.js';
import { toRows } from '../../src/db/executor.js';
import { readDirtyHours } from '../../src/aggregates/store/dirty-hours-store.js';
import { readUserProgress } from '../../src/aggregates/store/user-progress.js';
import { createRunOptions } from '../helpers/create-run-options.js';
import { NOW_MS } from '../helpers/create-test-usage.js';
import { POLLED_PATHS, observeUsage, type ObservedUsage } from '../helpers/observed-usage.js';
import { availableServers } from '../helpers/test-databases.js';

/*
 * Which statements may read several partitions: the lists of users that are due or have calls to archive, and whether any
 * user has such calls. A rollup reads them once for a slot or a run, not for a user. Tables in REFERENCE_TABLES are small;
 * each worker of a distributed database has a copy.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PARTITIONS = 8;
const USERS = 80;
/** Every table that the user leads. */
const TABLES = [
  ...['model_calls', 'model_call_users', 'model_call_dirty_hours', 'model_call_stats'],
  ...['model_call_projects', 'model_call_models', 'model_quota_snapshots'],
  ...['model_embed_generations', 'model_alert_events', 'model_alert_deliveries'],
  ...['model_alert_rules', 'model_alert_states', 'model_alert_users', 'model_alert_backdated'],
  ...['model_advice_states', 'model_idempotency_keys'],
];
const REFERENCE_TABLES = [
  ...['model_call_slots', 'model_call_rollups', 'model_call_secrets'],
  'model_alert_webhooks',
];
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

interface Asked {
  sql: string;
  bindings: Knex.RawBinding[];
}

let usage: ObservedUsage;
let asked: Asked[] = [];

beforeAll(async () => {
  if (!postgres) return;
  usage = await observeUsage(postgres, CALLS);
  await distribute(usage.knex, await planDistribution(usage.knex, 'partitions'));
  await usage.knex.raw('analyze');
  usage.knex.on('query', ({ sql, bindings }: { sql: string; bindings?: Knex.RawBinding[] }) => {
    if (/^\s*(select|with|insert|update|delete)\b/i.test(sql)) {
      asked.push({ sql, bindings: bindings ?? [] });
    }
  });
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  if (postgres) await usage.close();
});

interface Plan {
  'Node Type': string;
  Operation?: string;
  'Relation Name'?: string;
  'Target Tables'?: Plan[];
  Plans?: Plan[];
}

/** Names of the tables and partitions that a plan reads, updates or deletes from. */
function namesOf(plan: Plan): string[] {
  const below = (plan.Plans ?? []).flatMap(namesOf);
  // Which partition a row is inserted into, a plan does not say: see `fingerprints`.
  if (plan.Operation === 'Insert') return below;
  const targets = plan['Target Tables']?.map((target) => target['Relation Name']);
  const own = (targets ?? [plan['Relation Name']]).filter((name) => name !== undefined);
  return [...own, ...below];
}

async function explain({ sql, bindings }: Asked): Promise<string[]> {
  // Knex numbers the placeholders of what it ran, and takes question marks.
  const text = sql.replaceAll('?', '\\?').replace(/\$\d+/g, '?');
  const found: unknown = await usage.knex.raw(`explain (format json) ${text}`, bindings);
  const [row] = toRows<{ 'QUERY PLAN': { Plan: Plan }[] }>(found);
  return row?.['QUERY PLAN'].flatMap(({ Plan: plan }) => namesOf(plan)) ?? [];
}

/** Numbers of the partitions, and names of the tables, of all statements so far. */
async function explainAll(): Promise<{ numbers: Set<string>; tables: Set<string> }> {
  const statements = asked;
  const numbers = new Set<string>();
  const tables = new Set<string>();
  for (const statement of statements) {
    const ofStatement = new Set<string>();
    for (const name of await explain(statement)) {
      const [, table = name, number] = /^(.*)_p(\d)$/.exec(name) ?? [];
      tables.add(table);
      if (REFERENCE_TABLES.includes(table)) continue;
      expect(number, `${name} in ${statement.sql}`).toBeDefined();
      ofStatement.add(number ?? '');
      numbers.add(number ?? '');
    }
    expect([...ofStatement].length, statement.sql).toBeLessThanOrEqual(1);
  }
  return { numbers, tables };
}

/** What each partition holds, by its name; those without rows are left out. */
async function fingerprints(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const table of TABLES) {
    const rows = toRows<{ name: string; hash: string }>(
      await usage.knex.raw(
        `select each.tableoid::regclass::text as name, md5(string_agg(each::text, '|' order by each::text)) as hash
         from ${table} as each group by 1`,
      ),
    );
    for (const { name, hash } of rows) found.set(name, hash);
  }
  return found;
}

/** Does work of one user and checks that all its statements stay within one partition. @returns its number, and the tables */
async function watch(
  work: () => Promise<void>,
): Promise<{ number: string; tables: string[]; changed: string[] }> {
  const before = await fingerprints();
  asked = [];
  await work();
  const { numbers, tables } = await explainAll();
  expect([...numbers]).toHaveLength(1);
  const [number = ''] = numbers;
  const after = await fingerprints();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
  expect(changed.filter((name) => !name.endsWith(`_p${number}`))).toEqual([]);
  return {
    number,
    tables: [...tables],
    changed: changed.map((name) => name.replace(/_p\d$/, '')).sort(),
  };
}

test.skipIf(!postgres)('the calls are spread over all partitions', async () => {
  const found: unknown = await usage.knex.raw('select distinct tableoid from model_calls');
  expect(toRows(found)).toHaveLength(PARTITIONS);
});

test.skipIf(!postgres).each(['user-1', 'user-2', 'user-3'])(
  'every statement of every endpoint reads one partition, the same for %s',
  async (user) => {
    const { tables } = await watch(async () => {
      for (const path of POLLED_PATHS) {
        const before = asked.length;
        await usage.ask(path, user);
        expect(asked.length).toBeGreaterThan(before);
      }
    });
    // A remembered balance is read when the provider fails; generations, with embed tokens.
    const always = TABLES.filter((table) => !/quota|embed|alert|advice|idempotency/.test(table));
    expect(tables).toEqual(expect.arrayContaining(always));
  },
);

test.skipIf(!postgres)(
  'every statement that records calls of a user stays within one partition',
  async () => {
    const { calls } = usage.host.usage;
    const one = { userDid: 'user-1', model: 'm-9', appDid: 'app-9', status: 'success' as const };
    const numbers: string[] = [];
    const record = async (work: () => Promise<void>, changed: string[]): Promise<void> => {
      const watched = await watch(work);
      expect(watched.changed).toEqual(changed);
      numbers.push(watched.number);
    };
    await record(async () => {
      await calls.record({ ...one, startedAt: NOW_MS });
    }, ['model_call_users', 'model_calls']);
    await record(async () => {
      await calls.record([0, 1, 2].map((index) => ({ ...one, startedAt: NOW_MS + index })));
    }, ['model_call_users', 'model_calls']);
    await record(async () => {
      const running = await calls.begin({ userDid: 'user-1', model: 'm-9' });
      await running.succeed({ durationMs: 5 });
    }, ['model_call_users', 'model_calls']);
    await record(async () => {
      await calls.record({ ...one, id: 'late', startedAt: NOW_MS - 40 * DAY_MS });
    }, ['model_call_dirty_hours', 'model_call_users', 'model_calls']);
    await record(async () => {
      await calls.record({ ...one, id: 'call-1', startedAt: NOW_MS - 9 * DAY_MS });
    }, ['model_call_dirty_hours', 'model_call_users', 'model_calls']);
    expect(new Set(numbers).size).toBe(1);
  },
);

test.skipIf(!postgres)(
  "every statement of a user's rollup stays within one partition",
  { timeout: 60_000 },
  async () => {
    const user = 'user-2';
    const { calls, stats } = usage.host.usage;
    const database = openDatabase(usage.knex);
    const reader = withoutTransaction(database);
    const nowMs = NOW_MS + 40 * DAY_MS;
    const archivedBeforeMs = Date.UTC(2026, 9, 1);
    const run = new RollupRun(createRunOptions(database, nowMs, 60_000));
    const record = async (agoMs: number): Promise<void> => {
      const startedAt = NOW_MS - agoMs;
      await calls.record({
        userDid: user,
        model: 'm-9',
        appDid: 'app-9',
        status: 'success',
        startedAt,
      });
    };
    const numbers: string[] = [];
    const roll = async (work: () => Promise<void>, changed: string[]): Promise<void> => {
      const watched = await watch(work);
      expect(watched.changed).toEqual(changed);
      numbers.push(watched.number);
      expect(await readDirtyHours(reader, user)).toEqual([]);
    };

    await record(0);
    const built = [
      'model_call_models',
      'model_call_projects',
      'model_call_stats',
      'model_call_users',
    ];
    await roll(() => rollUpUser(run, user), built);
    expect(await readUserProgress(reader, user)).toMatchObject({
      builtThroughMs: run.dueThroughMs,
      monthsThroughMs: Date.UTC(2027, 0, 1),
    });
    await record(40 * DAY_MS);
    const rebuilt = ['model_call_dirty_hours', 'model_call_stats', 'model_call_users'];
    await roll(() => rollUpUser(run, user), rebuilt);
    const archived = ['model_call_projects', 'model_call_stats', 'model_call_users', 'model_calls'];
    await roll(() => archiveUser(run, user, archivedBeforeMs), archived);
    await record(80 * DAY_MS);
    await roll(() => rollUpUser(run, user), ['model_call_dirty_hours', ...archived]);
    expect(new Set(numbers).size).toBe(1);
    const { calls: counted } = await stats.getAggregatedStats(user, null, 0, nowMs);
    expect(counted).toBe(CALLS.length / USERS + 3);
  },
);
