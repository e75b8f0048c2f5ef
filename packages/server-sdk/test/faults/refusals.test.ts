import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Usage } from '../../src/index.js';
import {
  NOW_MS,
  openTestUsage,
  serveInKoa,
  type TestServer,
} from '../helpers/create-test-usage.js';
import { availableServers, urlOf, type TestDatabase } from '../helpers/test-databases.js';

const servers = await availableServers();
const postgres = servers.filter(({ name }) => name === 'PostgreSQL');
const mariadb = servers.filter(({ name }) => name === 'MariaDB');

const callOf = (id: string, more: object = {}) =>
  ({
    ...{ userDid: 'alice', id, appDid: 'chat', model: 'm', status: 'success' as const },
    startedAt: NOW_MS - 60_000,
    ...more,
  }) as const;

let database: TestDatabase;
let usage: Usage;
let http: TestServer;
let admin: Knex;

/** Each in a separate database, with an administrator's connection. */
function usingDatabase(server: (typeof servers)[number], options: Knex.Config = {}): void {
  beforeEach(async () => {
    database = await server.create();
    admin = knex(database.config);
    usage = openTestUsage({
      database: { ...database.config, ...options },
      clock: { now: () => NOW_MS },
    });
    await usage.migrate();
    await usage.calls.record(callOf('first'));
    http = await serveInKoa(usage);
  });
  afterEach(async () => {
    await http.close();
    await usage.stop();
    await admin.destroy();
    await database.drop();
  });
}

describe.each(postgres)('$name', (server) => {
  usingDatabase(server);

  test('that ends all sessions is not noticed: answers and records are tried again', async () => {
    const end = (): Promise<unknown> =>
      admin.raw(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      );
    await end();
    await usage.calls.record(callOf('second'));
    await end();
    const { status, body } = await http.get<{ totals: { calls: number } }>('/overview');
    expect([status, body.totals.calls]).toEqual([200, 2]);
  });

  test('whose locks are held is 503, and answers again when they are not', async () => {
    await admin.raw(`alter database ?? set lock_timeout = '100ms'`, [
      urlOf(database.config).pathname.slice(1),
    ]);
    const other = openTestUsage({ database: database.config, clock: { now: () => NOW_MS } });
    const locked = await admin.transaction();
    await locked.raw('lock table model_calls in access exclusive mode');
    await expect(other.calls.record(callOf('second'))).rejects.toMatchObject({ code: '55P03' });
    await locked.rollback();
    await expect(other.calls.record(callOf('second'))).resolves.toMatchObject({ inserted: 1 });
    await other.stop();
  });

  test('that takes no writes refuses records as an outage, and answers', async () => {
    const name = urlOf(database.config).pathname.slice(1);
    await admin.raw('alter database ?? set default_transaction_read_only = on', [name]);
    const other = openTestUsage({ database: database.config, clock: { now: () => NOW_MS } });
    await expect(other.calls.record(callOf('second'))).rejects.toMatchObject({ code: '25006' });
    await other.stop();
    await http.close();
    http = await serveInKoa(usage);
    expect((await http.get('/overview')).status).toBe(200);
  });

  test('that is serializable by default loses no call to its conflicts', async () => {
    const name = urlOf(database.config).pathname.slice(1);
    await admin.raw(`alter database ?? set default_transaction_isolation = 'serializable'`, [name]);
    const instances = [1, 2, 3].map(() =>
      openTestUsage({ database: database.config, clock: { now: () => NOW_MS } }),
    );
    await Promise.all(
      instances.flatMap((instance, at) =>
        Array.from({ length: 20 }, (_, n) => instance.calls.record(callOf(`${at}-${n}`))),
      ),
    );
    for (const instance of instances) await instance.stop();
    const { body } = await http.get<{ totals: { calls: number } }>('/overview');
    expect(body.totals.calls).toBe(61);
  });
});

describe.each(mariadb)('$name', (server) => {
  usingDatabase(server);

  test('that ends all sessions is not noticed: answers and records are tried again', async () => {
    const end = async (): Promise<void> => {
      const [sessions] = (await admin.raw(
        'select id from information_schema.processlist where db = database() and id <> connection_id()',
      )) as [{ id: number }[]];
      for (const { id } of sessions) await admin.raw(`kill ${id}`).catch(() => undefined);
    };
    await end();
    await usage.calls.record(callOf('second'));
    await end();
    const { status, body } = await http.get<{ totals: { calls: number } }>('/overview');
    expect([status, body.totals.calls]).toEqual([200, 2]);
  });

  test('an error says what kind it is, and nothing of a statement', async () => {
    await admin.schema.dropTable('model_call_dirty_hours');
    await admin.schema.dropTable('model_call_users');
    const error: unknown = await usage.calls
      .record(callOf('second', { userDid: 'did:secret-user' }))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ER_NO_SUCH_TABLE' });
    const shown = `${String((error as Error).stack)} ${JSON.stringify(error)}`;
    expect(shown).not.toMatch(/did:secret-user|insert into/);
  });
});
