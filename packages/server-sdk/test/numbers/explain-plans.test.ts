import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CALLS,
  CALLS_TABLE,
  USER,
  explainMaria,
  explainPostgres,
  requireFewCalls,
  type Access,
} from '../helpers/explain-statements.js';
import {
  POLLED_PATHS,
  observeUsage,
  type ObservedUsage,
  type Statement,
} from '../helpers/observed-usage.js';
import { availableServers } from '../helpers/test-databases.js';

const STATS_TABLE = 'model_call_stats';
const USER_TABLES = [
  ...[CALLS_TABLE, STATS_TABLE, 'model_call_users', 'model_call_dirty_hours'],
  ...['model_call_projects', 'model_call_models'],
];

const DATABASES = {
  PostgreSQL: {
    explain: explainPostgres,
    analyze: `analyze`,
    primary: (table: string) => `${table}_pkey`,
  },
  MariaDB: {
    explain: explainMaria,
    analyze: `analyze table ${USER_TABLES.join(', ')} persistent for all`,
    primary: () => 'PRIMARY',
  },
};

const servers = (await availableServers()).flatMap((server) =>
  server.name === 'SQLite' ? [] : [{ ...server, name: server.name, ...DATABASES[server.name] }],
);

describe.each(servers)('on $name', (server) => {
  let usage: ObservedUsage;
  const seen = new Set<string>();

  beforeAll(async () => {
    usage = await observeUsage(server, CALLS);
    await usage.knex.raw(server.analyze);
  });
  afterAll(() => usage.close());

  /** What a request reads of what is users', each with the statement that does. */
  async function readsOf(path: string): Promise<{ read: Access; statement: Statement }[]> {
    const { asked } = await usage.ask(path, USER);
    const all: { read: Access; statement: Statement }[] = [];
    for (const statement of asked) {
      for (const read of await server.explain(usage, statement)) {
        if (USER_TABLES.includes(read.table)) all.push({ read, statement });
      }
    }
    return all;
  }

  test.each(POLLED_PATHS)('%s reads only what is found by an index on the user', async (path) => {
    for (const { read, statement } of await readsOf(path)) {
      seen.add(read.table);
      expect(read, statement.sql).toMatchObject({ byIndex: true });
      if (read.table === CALLS_TABLE) requireFewCalls(read, statement);
      else if (read.table === STATS_TABLE) {
        expect(read.index).toBe(server.primary(read.table));
        // The buckets themselves may be a filter: of so few users, all days are few rows.
        expect(read.columns).toEqual(expect.arrayContaining(['user_did', 'granularity', 'scope']));
      } else expect(read.columns).toContain('user_did');
    }
  });

  test('these were all tables: the above is not empty', () => {
    expect([...seen].sort()).toEqual([...USER_TABLES].sort());
  });

  test('a scan would be seen', async () => {
    const statement = { bindings: [], rows: 0, bytes: 0 };
    for (const table of [CALLS_TABLE, 'model_call_stats']) {
      const sql = `select sum(length(${table === CALLS_TABLE ? 'metadata' : 'durations'})) from ${table}`;
      const [read] = await server.explain(usage, { ...statement, sql });
      expect(read).toMatchObject({ table, byIndex: false });
    }
  });
});
