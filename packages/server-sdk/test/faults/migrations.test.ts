import type { Knex } from 'knex';
import { expect, test, describe } from 'vitest';
import { NOW_MS, openTestUsage } from '../helpers/create-test-usage.js';
import { openProxy } from '../helpers/tcp-proxy.js';
import { availableServers, urlOf } from '../helpers/test-databases.js';

const servers = (await availableServers()).filter(({ name }) => name !== 'SQLite');

/** Where a migration is cut off: the statement with this text is sent and never run. */
const CUTS = [
  'model_call_project_stats',
  'create trigger model_calls_inserted',
  'revision',
  'model_call_secrets',
  'unknown_credit_calls',
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
    await expect.poll(() => proxy.frozen, { timeout: 20_000 }).toBe(1);
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

  test('waits for another that is at work', async () => {
    const database = await server.create();
    const instances = [1, 2, 3].map(() => openTestUsage({ database: database.config }));
    const ran = await Promise.all(instances.map((usage) => usage.migrate().catch(() => null)));
    // PostgreSQL’s losers may be told of the lock by Knex; whoever asks again finds the tables.
    expect(ran.filter((names) => names && names.length > 0)).toHaveLength(1);
    for (const usage of instances) {
      expect(await usage.migrate()).toEqual([]);
      await usage.stop();
    }
    await database.drop();
  });
});
