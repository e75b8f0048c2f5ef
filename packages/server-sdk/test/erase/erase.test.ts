import { createServer } from 'node:http';
import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.js';
import { writeEvents } from '../../src/alerts/outbox/event-store.js';
import { openDatabase } from '../../src/db/database.js';
import { writeInTransaction } from '../../src/db/transaction.js';
import { createUsage, staticQuota, type Usage } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsageOn,
  listen,
  type TestServer,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';
import { sqliteServer } from '../helpers/test-databases.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RANGE = `from=${NOW_MS - 80 * DAY_MS}&to=${NOW_MS}`;
/** In every text of the person, and in no other. */
const SECRET = 'Zephyrine';
const ERASED = `did:abt:${SECRET}`;
const OTHER = 'did:abt:other';
const servers = await takeServers();

let host: TestUsage;
let own: Knex;
let http: TestServer;

const open = async (server: (typeof servers)[number]): Promise<void> => {
  host = await createTestUsageOn(server, {
    retention: { callsDays: 40 },
    quota: staticQuota({
      entries: [{ id: 'g', kind: 'grant', amount: '1000', occurredAt: 0 }],
    }),
  });
  own = knex({ ...host.config, useNullAsDefault: true });
  http = await listen(createServer(host.usage.callback()), '/api/usage');
};
afterEach(async () => {
  await http.close();
  await own.destroy();
  await host.close();
});

const callsOf = (userDid: string, count: number, name: string) =>
  Array.from({ length: count }, (_, index) => ({
    userDid,
    id: `${name}-${index}`,
    traceId: `${name}-trace`,
    appDid: `${name}-app-${index % 3}`,
    model: `${name}-model`,
    provider: `${name}-provider`,
    status: 'failed' as const,
    startedAt: NOW_MS - 1000 - (index % 60) * DAY_MS,
    credits: '0.5',
    errorReason: `${name} failed`,
    metadata: { name },
  }));

/** Fills every table with rows of both users: rows of archived calls, dirty hours, balances, revocations. */
async function fill(): Promise<void> {
  await host.usage.calls.record([...callsOf(ERASED, 1300, SECRET), ...callsOf(OTHER, 40, 'other')]);
  await host.usage.rollup.run();
  await host.usage.calls.record([
    ...callsOf(ERASED, 10, `${SECRET}-late`),
    ...callsOf(OTHER, 3, 'other-late'),
  ]);
  for (const user of [ERASED, OTHER]) {
    await host.usage.revokeEmbedTokens(user);
    await writeAlertEvent(user);
    await host.usage.budgets.create(user, {
      name: `budget of ${user}`,
      metric: 'calls',
      window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' },
      amount: '5',
    });
    expect((await http.get('/quota', { user })).status).toBe(200);
    expect((await http.get(`/overview?${RANGE}`, { user })).status).toBe(200);
    expect((await http.get(`/projects?${RANGE}`, { user })).status).toBe(200);
  }
}

async function writeAlertEvent(user: string): Promise<void> {
  const database = openDatabase(host.config);
  await writeInTransaction(database, (transaction) =>
    writeEvents(transaction, user, [
      {
        id: `event-of-${user}`,
        ruleId: 'rule',
        type: 'fired',
        metric: 'credits',
        scope: { kind: 'account' },
        level: '80%',
        value: '80',
        threshold: '100',
        periodStartMs: NOW_MS,
        occurredAtMs: NOW_MS,
        name: `budget of ${user}`,
        channels: [{ kind: 'callback' }],
      },
    ]),
  );
  await database.close();
}

/** Every row of every table that is there, as text. */
async function dump(): Promise<Map<string, string>> {
  const names = await tableNames();
  expect(names).toContain('model_calls');
  const tables = new Map<string, string>();
  for (const name of names) {
    const rows = await own<Record<string, unknown>>(name).select('*');
    tables.set(name, JSON.stringify(rows));
  }
  return tables;
}

async function tableNames(): Promise<string[]> {
  const client = String(host.config.client);
  const sql = {
    sqlite3: `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
    pg: `select tablename as name from pg_tables where schemaname = 'public'`,
    mysql2: `select table_name as name from information_schema.tables
      where table_schema = database() and table_type = 'BASE TABLE'`,
  }[client];
  const result: unknown = await own.raw(sql ?? '');
  const rows = (
    client === 'pg'
      ? (result as { rows: unknown }).rows
      : client === 'mysql2'
        ? (result as unknown[])[0]
        : result
  ) as { name: string }[];
  return rows.map(({ name }) => name);
}

const answersOf = async (user: string): Promise<string[]> => {
  const paths = [`/overview?${RANGE}`, `/projects?${RANGE}`, `/trends?${RANGE}`, '/quota'];
  return Promise.all(paths.map(async (path) => (await http.get(path, { user })).text));
};

describe.each(servers)('erasing a user, on $name', (server) => {
  beforeEach(() => open(server));

  test('leaves no text of the person, and every figure of others', async () => {
    await fill();
    const before = await dump();
    const found = (tables: Map<string, string>): string[] =>
      [...tables].filter(([, rows]) => rows.includes(SECRET)).map(([name]) => name);
    expect(found(before).sort()).toEqual(
      expect.arrayContaining([
        ...['model_call_dirty_hours', 'model_call_models', 'model_call_projects'],
        ...['model_call_stats', 'model_call_users', 'model_calls', 'model_embed_generations'],
        ...['model_alert_events', 'model_alert_deliveries', 'model_alert_rules'],
        ...['model_alert_states', 'model_alert_users', 'model_alert_backdated'],
      ]),
    );
    const others = await answersOf(OTHER);

    const { rows, hostTable } = await host.usage.erase(ERASED);

    expect(hostTable).toBeNull();
    expect(rows['model_calls']).toBeGreaterThan(500);
    expect(rows['model_call_stats']).toBeGreaterThan(0);
    const after = await dump();
    expect(found(after)).toEqual([]);
    // Nothing of the other user changed, nor anything but rows of users.
    for (const [name, text] of after) {
      const rowsBefore = JSON.parse(before.get(name) ?? '[]') as { user_did?: string }[];
      const remaining = rowsBefore.filter(({ user_did }) => user_did !== ERASED);
      expect([name, JSON.parse(text)]).toEqual([name, remaining]);
    }
    expect(await answersOf(OTHER)).toEqual(others);
    expect(await host.usage.erase(ERASED)).toMatchObject({ rows: { model_calls: 0 } });
  });

  test('a user who calls again is counted from new', async () => {
    await fill();
    const path = `/overview?${RANGE}`;
    const first = await http.get<{ totals: { calls: number } }>(path, { user: ERASED });
    expect(first.body.totals.calls).toBeGreaterThan(1000);
    const [old] = await own('model_call_users').where('user_did', ERASED);
    await host.usage.erase(ERASED);
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    const erased = await http.get<typeof first.body>(path, { user: ERASED, headers });
    expect([erased.status, erased.body.totals.calls]).toEqual([200, 0]);
    await host.usage.calls.record(callsOf(ERASED, 2, 'again'));
    const [row] = await own('model_call_users').where('user_did', ERASED);
    expect(Number(row?.version)).toBeGreaterThan(Number(old?.version));
    for (let run = 0; run < 2; run += 1) {
      const again = await http.get<typeof first.body>(path, { user: ERASED, headers });
      expect([again.status, again.body.totals.calls]).toEqual([200, 2]);
      await host.usage.rollup.run();
    }
  });

  test('who records, and rolls up, meanwhile leaves no half of a user', async () => {
    const other: Usage = createUsage({
      database: host.config,
      authenticate: () => null,
      rollup: false,
      clock: { now: () => NOW_MS },
    });
    await host.usage.calls.record(callsOf(ERASED, 1200, 'first'));
    let isDone = false;
    const write = async (): Promise<void> => {
      for (let round = 0; !isDone; round += 1) {
        await other.calls.record(callsOf(ERASED, 20, `round-${round}`));
      }
    };
    const rollUp = async (): Promise<void> => {
      while (!isDone) await other.rollup.run();
    };
    const work = Promise.all([write(), rollUp()]);
    for (let erasure = 0; erasure < 3; erasure += 1) await host.usage.erase(ERASED);
    isDone = true;
    await work;
    await other.rollup.run();
    const count = await own('model_calls').where('user_did', ERASED).count({ n: '*' });
    const { calls } = await host.usage.stats.getAggregatedStats(
      ERASED,
      null,
      NOW_MS - 80 * DAY_MS,
      NOW_MS,
    );
    expect(calls).toBe(Number(count[0]?.['n']));
    const range = { from: NOW_MS - 80 * DAY_MS, to: NOW_MS };
    expect(await other.rollup.verify(range)).toMatchObject({ differences: [], pendingHours: 0 });
    await other.stop();
  });

  test.each(['', 'null', undefined])('%j names no user', async (userDid) => {
    await expect(host.usage.erase(userDid as string)).rejects.toThrow('userDid must name a user');
  });

  test('the command line shows the rows of the user, and deletes them with an option', async () => {
    if (server.name !== sqliteServer.name) return;
    await host.usage.calls.record(callsOf(ERASED, 7, 'first'));
    const { filename } = host.config.connection as { filename: string };
    const run = async (...argv: string[]): Promise<[number, string]> => {
      const said: string[] = [];
      const code = await runCli([...argv, '--database', `sqlite:${filename}`], {
        out: (text) => said.push(text),
        err: (text) => said.push(text),
        progress: () => undefined,
        environment: {},
      });
      return [code, said.join('\n')];
    };
    const [code, said] = await run('erase', '--user', ERASED);
    expect([code, said]).toEqual([2, expect.stringContaining('model_calls: 7')]);
    expect(said).toContain('Nothing was deleted');
    const [done, deleted] = await run('erase', '--user', ERASED, '--yes');
    expect([done, deleted]).toEqual([0, expect.stringContaining('model_calls: 7')]);
    expect((await run('erase', '--user', ERASED))[1]).toContain('model_calls: 0');
    expect((await run('erase', '--yes'))[0]).toBe(2);
  });
});

test('rows of a table of the host stay, and the report says whose they are', async () => {
  await open(sqliteServer);
  await own.schema.createTable('spend', (table) => {
    table.string('id');
    table.string('who');
    table.string('model');
    table.string('state');
    table.bigInteger('at');
    table.index(['who', 'at']);
    table.index(['at']);
  });
  await own('spend').insert(
    [ERASED, OTHER].map((who) => ({
      id: who,
      who,
      model: 'm',
      state: 'success',
      at: NOW_MS - DAY_MS,
    })),
  );
  const mapped = createUsage({
    database: host.config,
    authenticate: () => null,
    rollup: false,
    clock: { now: () => NOW_MS },
    calls: {
      table: 'spend',
      columns: { id: 'id', userDid: 'who', model: 'model', status: 'state', startedAt: 'at' },
      timeUnit: 'ms',
    },
  });
  await mapped.migrate();
  await mapped.rollup.run();
  const { rows, hostTable } = await mapped.erase(ERASED);
  expect([hostTable, rows['model_call_users']]).toEqual(['spend', 1]);
  expect(await own('spend').select('who')).toHaveLength(2);
  expect(await own('model_call_stats').where('user_did', ERASED)).toEqual([]);
  await mapped.stop();
});
