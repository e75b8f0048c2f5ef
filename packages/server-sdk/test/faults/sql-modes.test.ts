import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Usage } from '../../src/index.js';
import {
  NOW_MS,
  openTestUsage,
  serveInKoa,
  type TestServer,
} from '../helpers/create-test-usage.js';
import { availableServers, type TestDatabase } from '../helpers/test-databases.js';

const mariadb = (await availableServers()).filter(({ name }) => name === 'MariaDB');
const MODES = [
  'NO_BACKSLASH_ESCAPES,STRICT_TRANS_TABLES',
  'ANSI_QUOTES,PIPES_AS_CONCAT,IGNORE_SPACE,STRICT_TRANS_TABLES',
  'ANSI,NO_BACKSLASH_ESCAPES',
  '',
  'TRADITIONAL',
];
const ODD = [
  `o'hara`,
  `back\\slash`,
  `quote\\' or 1=1 -- `,
  `"double" and \`tick\``,
  `' or 1=1) or (1=1) -- `,
  `') union select user_did from model_calls -- `,
  '😀 ?? :name $1 %_',
];

/** A host's pool whose sessions have a setting: what it does must not depend on who opened the connection. */
function withSetting(config: Knex.Config, setting: string): Knex {
  return knex({
    ...config,
    pool: {
      min: 0,
      max: 4,
      afterCreate: (
        connection: { query(sql: string, done: (error: Error | null) => void): void },
        done: (error: Error | null, connection: unknown) => void,
      ) => {
        connection.query(`set session ${setting}`, (error) => {
          done(error, connection);
        });
      },
    },
  });
}

describe.each(mariadb)('$name', (server) => {
  describe.each(MODES)('sql_mode "%s" of a host’s connections', (mode) => {
    let database: TestDatabase;
    let host: Knex;
    let usage: Usage;
    let http: TestServer;

    beforeAll(async () => {
      database = await server.create();
      host = withSetting(database.config, `sql_mode = '${mode}'`);
      usage = openTestUsage({
        database: host,
        clock: { now: () => NOW_MS },
        authenticate: ({ headers }) => ({ userDid: decodeURIComponent(String(headers['x-user'])) }),
      });
      await usage.migrate();
      const calls = ODD.map((text, index) => ({
        userDid: `did:${text}`.slice(0, 255),
        id: `${index} ${text}`,
        appDid: text,
        model: text,
        status: 'failed' as const,
        startedAt: NOW_MS - 7_200_000,
        errorReason: `${text}\n\ttab`,
        metadata: { text: `${text} \r\n` },
      }));
      await usage.calls.record(calls);
      await usage.calls.record({ ...calls[0], userDid: 'victim', id: 'VICTIM' } as never);
      await usage.rollup.run();
      http = await serveInKoa(usage);
    });
    afterAll(async () => {
      await http.close();
      await usage.stop();
      await host.destroy();
      await database.drop();
    });

    test.each(ODD)('stores and finds %j as it is, for its user alone', async (text) => {
      const user = encodeURIComponent(`did:${text}`);
      const path = `/projects/${encodeURIComponent(text)}/calls`;
      const { status, body } = await http.get<{ items: Record<string, unknown>[]; total: number }>(
        path,
        { user },
      );
      expect([status, body.total]).toEqual([200, 1]);
      expect(body.items[0]).toMatchObject({
        model: text,
        errorReason: `${text}\n\ttab`,
        metadata: { text: `${text} \r\n` },
      });
      for (const query of [
        `search=${encodeURIComponent(text)}`,
        `model=${encodeURIComponent(text)}`,
      ]) {
        const found = await http.get<{ items: { id: string }[] }>(`${path}?${query}`, { user });
        expect(found.body.items.every(({ id }) => id !== 'VICTIM')).toBe(true);
      }
      const overview = await http.get<{ totals: { calls: number } }>('/overview', { user });
      expect(overview.body.totals.calls).toBe(1);
    });

    test('a search that tries to leave its text finds nothing', async () => {
      for (const search of ODD.slice(4, 6)) {
        const user = encodeURIComponent(`did:${ODD[0] ?? ''}`);
        const path = `/projects/${encodeURIComponent(ODD[0] ?? '')}/calls`;
        const found = await http.get<{ items: unknown[] }>(
          `${path}?search=${encodeURIComponent(search)}`,
          { user },
        );
        expect([found.status, found.body.items]).toEqual([200, []]);
      }
    });
  });

  test.each([
    [
      `sql_mode = 'EMPTY_STRING_IS_NULL'`,
      'the sql_mode of these connections has EMPTY_STRING_IS_NULL',
    ],
    [`sql_mode = 'ORACLE'`, 'the sql_mode of these connections has ORACLE'],
    ['autocommit = 0', 'autocommit of these connections is 0'],
    ['sql_select_limit = 10', 'sql_select_limit of these connections is 10'],
    ['sql_safe_updates = 1', 'sql_safe_updates of these connections is 1'],
    ['sql_big_selects = 0', 'sql_big_selects of these connections is 0'],
    ['default_storage_engine = MyISAM', 'default_storage_engine of these connections is MyISAM'],
  ])('a host’s session with %s is refused before anything is changed', async (setting, fault) => {
    const database = await server.create();
    const host = withSetting(database.config, setting);
    const usage = openTestUsage({ database: host });
    await expect(usage.migrate()).rejects.toThrow(`database: ${fault}`);
    await expect(usage.start()).rejects.toThrow(`database: ${fault}`);
    const [tables] = await host.raw<[unknown[], unknown]>('show tables');
    expect(tables).toEqual([]);
    await usage.stop();
    await host.destroy();
    await database.drop();
  });

  test('sessions of a pool that is opened here are set whatever the server says', async () => {
    const database = await server.create();
    const usage = openTestUsage({
      database: {
        ...database.config,
        pool: {
          afterCreate: (
            connection: {
              query(sql: string, done: (error: Error | null, rows?: unknown) => void): void;
            },
            done: (error: Error | null, connection: unknown) => void,
          ) => {
            connection.query(
              `select @@autocommit as a, @@sql_safe_updates as b, @@sql_big_selects as c, @@default_storage_engine as d`,
              (error, rows) => {
                settings.push(rows);
                done(error, connection);
              },
            );
          },
        },
      },
    });
    const settings: unknown[] = [];
    await usage.migrate();
    expect(settings[0]).toEqual([{ a: 1, b: 0, c: 1, d: 'InnoDB' }]);
    await usage.stop();
    await database.drop();
  });
});
