import knex, { type Knex } from 'knex';
import { expect, test, describe } from 'vitest';
import { usageMigrations, type ModelCallInput } from '../../src/index.js';
import { NOW_MS, openTestUsage } from '../helpers/create-test-usage.js';
import { openProxy } from '../helpers/tcp-proxy.js';
import { availableServers, urlOf } from '../helpers/test-databases.js';
import { IS_LONG } from '../helpers/test-size.js';

const all = await availableServers();
const servers = all.filter(({ name }) => name !== 'SQLite');

const CALL: ModelCallInput = {
  ...{ userDid: 'alice', appDid: 'app', id: 'a', model: 'm', status: 'success' },
  startedAt: NOW_MS - 7_200_000,
};

/** Where a migration is cut off: the statement with this text is sent and never run. */
const CUTS = [
  'create table model_calls ',
  'create trigger model_calls_inserted',
  ...(IS_LONG
    ? [
        'create table model_call_stats',
        'create table model_call_secrets',
        'create view usage_daily',
      ]
    : []),
];

function withPort(config: Knex.Config, port: number): string {
  const url = urlOf(config);
  url.port = String(port);
  return url.toString();
}

describe.each(servers)('a migration on $name', (server) => {
  test.each(CUTS)('that was cut off at "%s" is finished by the next', async (text) => {
    const database = await server.create();
    const { config } = database;
    const proxy = await openProxy(Number(urlOf(config).port));
    const cut = openTestUsage({ database: withPort(config, proxy.port) });
    proxy.freezeOn(text);
    const failed = cut.migrate().then(
      () => 'migrated',
      () => 'failed',
    );
    await expect.poll(() => proxy.frozen).toBe(1);
    // As a process that is killed: no connection says good-bye, and none can be made to tidy up.
    await proxy.close();
    expect(await failed).toBe('failed');
    await cut.stop();

    const usage = openTestUsage({ database: config, clock: { now: () => NOW_MS } });
    await usage.migrate();
    expect(await usage.migrate()).toEqual([]);
    await usage.calls.record({
      ...{ userDid: 'alice', id: 'a', model: 'm', status: 'success' },
      startedAt: NOW_MS - 7_200_000,
    });
    await usage.rollup.run();
    const range = { from: NOW_MS - 86_400_000, to: NOW_MS };
    expect((await usage.rollup.verify(range)).differences).toEqual([]);
    await usage.stop();
    await database.drop();
  });
});

describe.each(all)('migrations on $name', (server) => {
  test('of programs that start together come one after the other, and none fails', async () => {
    const database = await server.create();
    const instances = [1, 2, 3, 4].map(() => openTestUsage({ database: database.config }));
    const ran = await Promise.all(instances.map((usage) => usage.migrate()));
    expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
    for (const usage of instances) {
      expect(await usage.migrate()).toEqual([]);
      await usage.stop();
    }
    await database.drop();
  });

  test.skipIf(server.name === 'MariaDB')(
    'take a lock that two older programs made twice',
    async () => {
      const database = await server.create();
      const host = knex({ ...database.config, useNullAsDefault: true });
      await host.migrate.list(usageMigrations());
      await host('usage_kit_migrations_lock').insert({ is_locked: 0 });
      const usage = openTestUsage({ database: database.config });
      expect(await usage.migrate()).not.toEqual([]);
      expect(await host('usage_kit_migrations_lock')).toHaveLength(1);
      await usage.stop();
      await host.destroy();
      await database.drop();
    },
  );

  test('are all undone where that is allowed, and run again', async () => {
    const database = await server.create();
    const usage = openTestUsage({ database: database.config, clock: { now: () => NOW_MS } });
    const host = knex({ ...database.config, useNullAsDefault: true });
    const names = await usage.migrate();
    await usage.calls.record(CALL);
    await usage.rollup.run();
    await host.migrate.rollback(usageMigrations({ allowRollback: true }), true);
    for (const table of ['model_calls', 'model_call_stats', 'model_call_users']) {
      expect(await host.schema.hasTable(table)).toBe(false);
    }
    expect(await usage.migrate()).toEqual(names);
    await usage.calls.record(CALL);
    await usage.rollup.run();
    const range = { from: NOW_MS - 86_400_000, to: NOW_MS };
    expect((await usage.rollup.verify(range)).differences).toEqual([]);
    await usage.stop();
    await host.destroy();
    await database.drop();
  });

  test('are not undone where calls are archived: their figures would be lost', async () => {
    const database = await server.create();
    const usage = openTestUsage({
      ...{ database: database.config, clock: { now: () => NOW_MS } },
      retention: { callsDays: 40 },
    });
    const host = knex({ ...database.config, useNullAsDefault: true });
    await usage.migrate();
    await usage.calls.record({ ...CALL, startedAt: NOW_MS - 60 * 86_400_000 });
    await usage.rollup.run();
    const undo = host.migrate.rollback(usageMigrations({ allowRollback: true }), true);
    await expect(undo).rejects.toThrow('calls are archived');
    const totals = await usage.stats.getAggregatedStats('alice', 'app', 0, NOW_MS);
    expect(totals.calls).toBe(1);
    // Those after it are made again.
    expect(await usage.migrate()).not.toContain('0001-first-version');
    await usage.stop();
    await host.destroy();
    await database.drop();
  });
});
