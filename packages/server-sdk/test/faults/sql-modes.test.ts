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

/** A host's pool whose sessions have a mode: what a mode does must not depend on who opened the connection. */
function withMode(config: Knex.Config, mode: string): Knex {
  return knex({
    ...config,
    pool: {
      min: 0,
      max: 4,
      afterCreate: (
        connection: { query(sql: string, done: (error: Error | null) => void): void },
        done: (error: Error | null, connection: unknown) => void,
      ) => {
        connection.query(`set session sql_mode = '${mode}'`, (error) => {
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
      host = withMode(database.config, mode);
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

  test.each(['EMPTY_STRING_IS_NULL', 'ORACLE'])(
    'sql_mode %s, which means other statements, is refused before anything is changed',
    async (mode) => {
      const database = await server.create();
      const host = withMode(database.config, mode);
      const usage = openTestUsage({ database: host });
      const message = `database: the sql_mode of these connections has ${mode}`;
      await expect(usage.migrate()).rejects.toThrow(message);
      await expect(usage.start()).rejects.toThrow(message);
      const [tables] = await host.raw<[unknown[], unknown]>('show tables');
      expect(tables).toEqual([]);
      await usage.stop();
      await host.destroy();
      await database.drop();
    },
  );
});
