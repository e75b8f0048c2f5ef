import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteDelivered, deleteEvents } from '../../src/alerts/outbox/prune-store.js';
import type { AlertRuleInput } from '../../src/index.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { USER_TABLES } from '../../src/db/tables.js';
import { createEvent, storeEvents } from '../helpers/alert-outbox.js';
import { NOW_MS } from '../helpers/create-test-usage.js';
import {
  CALLS,
  CALLS_TABLE,
  USER,
  explainMaria,
  explainPostgres,
  requireFewCalls,
  type Access,
} from '../helpers/explain-statements.js';
import { observeUsage, type ObservedUsage, type Statement } from '../helpers/observed-usage.js';
import { availableServers } from '../helpers/test-databases.js';

const DAY_MS = 86_400_000;
const EXPLAINS = { PostgreSQL: explainPostgres, MariaDB: explainMaria };
const servers = (await availableServers()).flatMap((server) =>
  server.name === 'SQLite' ? [] : [{ ...server, name: server.name }],
);

const IS_OF_USERS: ReadonlySet<string> = new Set(USER_TABLES);

const day = { kind: 'calendar', unit: 'day', timeZone: 'Asia/Kathmandu' } as const;
/** Of each scope and kind of window; Kathmandu's day begins within an hour. */
const RULES: AlertRuleInput[] = [
  { name: 'a', metric: 'credits', window: day, levels: ['1'] },
  { name: 'b', metric: 'p95DurationMs', window: { kind: 'rolling', hours: 720 }, levels: ['1'] },
  {
    ...{ name: 'c', metric: 'calls', window: { kind: 'rolling', hours: 1 }, levels: ['9'] },
    scope: { kind: 'project', appDid: 'app-1' },
  },
  {
    ...{ name: 'd', metric: 'errorRate', window: day, levels: ['0.5'] },
    scope: { kind: 'model', model: 'm-1' },
  },
];

describe.each(servers)('on $name', ({ name, create }) => {
  let usage: ObservedUsage;
  let database: Database;
  beforeAll(async () => {
    usage = await observeUsage({ name, create }, CALLS);
    database = openDatabase(usage.knex);
    for (const rule of RULES) await usage.host.usage.alerts.create(USER, rule);
    const budget = { name: 'e', metric: 'cost', window: day, amount: '5' } as const;
    await usage.host.usage.budgets.create(USER, budget);
    for (let user = 0; user < 20; user += 1) {
      const events = Array.from({ length: 200 }, (_, index) =>
        createEvent(`e-${index}`, { occurredAtMs: NOW_MS - index * DAY_MS }),
      );
      await storeEvents(database, `user-${user}`, events);
    }
    await usage
      .knex('model_alert_deliveries')
      .whereNot('event_id', 'e-7')
      .update({ status: 'pending' });
    await usage
      .knex('model_alert_deliveries')
      .where('event_id', 'e-7')
      .update({ status: 'delivered' });
    const tables = ['model_alert_events', 'model_alert_deliveries', CALLS_TABLE].join(', ');
    await usage.knex.raw(
      name === 'MariaDB' ? `analyze table ${tables} persistent for all` : 'analyze',
    );
  });
  afterAll(async () => {
    await database.close();
    await usage.close();
  });

  async function readsOf(
    statements: readonly Statement[],
  ): Promise<{ read: Access; statement: Statement }[]> {
    const all: { read: Access; statement: Statement }[] = [];
    // A list that is inserted begins as one that is read.
    for (const statement of statements.filter(({ sql }) => !/\binsert into\b/.test(sql))) {
      for (const read of await EXPLAINS[name](usage, statement)) {
        if (IS_OF_USERS.has(read.table)) all.push({ read, statement });
      }
    }
    return all;
  }

  async function requireByUser(statements: readonly Statement[], tables: string[]): Promise<void> {
    const seen = new Set<string>();
    for (const { read, statement } of await readsOf(statements)) {
      seen.add(read.table);
      expect(read, statement.sql).toMatchObject({ byIndex: true });
      if (read.table === CALLS_TABLE) requireFewCalls(read, statement);
      else expect(read.columns, statement.sql).toContain('user_did');
    }
    expect([...seen]).toEqual(expect.arrayContaining(tables));
  }

  test('an evaluation finds rules, states and figures by the user, and calls within hours', async () => {
    const asked = await usage.watch(() => usage.host.usage.alerts.evaluate(USER));
    await requireByUser(asked, [
      ...['model_alert_rules', 'model_alert_states', 'model_alert_users', 'model_alert_backdated'],
      ...['model_call_stats', CALLS_TABLE],
    ]);
  });

  test.each(['/alerts', '/budgets'])('so does %s, and the history of events', async (path) => {
    const { asked } = await usage.ask(path, USER);
    await requireByUser(asked, ['model_alert_rules', 'model_alert_events']);
  });

  test('an export finds calls by the user, page by page', async () => {
    const asked = await usage.watch(async () => {
      const file = await usage.host.usage.exports.create({
        userDid: USER,
        kind: 'calls',
        format: 'ndjson',
        from: new Date(NOW_MS - 80 * DAY_MS).toISOString(),
        to: new Date(NOW_MS).toISOString(),
      });
      for await (const chunk of file.stream) expect(chunk).toBeDefined();
    });
    await requireByUser(asked, [CALLS_TABLE]);
    expect(asked.filter(({ sql }) => /from .?model_calls/.test(sql)).length).toBeGreaterThan(1);
  });

  test('what is old is found by its age', async () => {
    const old = await usage.watch(() => deleteEvents(database, NOW_MS - 198 * DAY_MS, 100));
    const delivered = await usage.watch(() => deleteDelivered(database, NOW_MS, 100));
    const reads = (await readsOf([...old, ...delivered])).map(({ read }) => read);
    const firsts = reads.map(({ table, byIndex, index }) => [table, byIndex, index]);
    expect(firsts).toEqual(
      expect.arrayContaining([
        ['model_alert_events', true, 'model_alert_events_age'],
        ['model_alert_deliveries', true, 'model_alert_deliveries_due'],
      ]),
    );
  });
});
