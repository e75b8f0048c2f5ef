import knexFactory from 'knex';
import { expect, test, vi } from 'vitest';
import { availableServers, urlOf } from '../helpers/test-databases.js';
import { openProxy } from '../helpers/tcp-proxy.js';
import { IS_LONG } from '../helpers/test-size.js';
import { expectFigures } from './expect-figures.js';
import { failures, FUTURE_NAME, LAST_STATEMENT } from './future-migration.js';
import { HISTORY_END_MS } from './history.js';
import { openHistoryUsage } from './open-history-usage.js';
import { listReleases, writeReleasedDatabase } from './released-version.js';

vi.mock('../../src/db/migrations/index.js', async (importActual) => {
  const { migrations } = await importActual<{ migrations: object[] }>();
  const { futureMigration } = await import('./future-migration.js');
  return { migrations: [...migrations, futureMigration] };
});

const servers = (await availableServers()).filter(({ name }) => IS_LONG || name === 'SQLite');
const TIMEOUT_MS = 240_000;
const clock = { now: () => HISTORY_END_MS };

/** @see docs/contributing.md "A migration" */
test.each(servers)(
  'a migration that fails half-way and then is cut off is completed by the next attempt on $name, and every figure stays',
  async (server) => {
    const [release] = listReleases();
    if (release === undefined) throw new Error('There is no released version');
    const database = await server.create();
    const host = knexFactory({ ...database.config, useNullAsDefault: true });
    await writeReleasedDatabase(host, release, server.name);

    failures.left = 1;
    const failing = openHistoryUsage(database.config, clock);
    await expect(failing.migrate()).rejects.toThrow('The disk is full');
    await failing.stop();
    if (server.name !== 'SQLite') await cutOff(database.config);

    const usage = openHistoryUsage(database.config, clock);
    expect(await usage.migrate()).toContain(FUTURE_NAME);
    expect(await usage.migrate()).toEqual([]);
    const unfilled: unknown = await host('model_call_stats').whereNull('region_calls').first();
    expect(unfilled).toBeUndefined();
    // The index is there: it cannot be made again.
    const again = host.raw(`${LAST_STATEMENT} on model_call_stats (user_did, region_calls)`);
    await expect(again).rejects.toThrow(/exist|Duplicate/);
    await expectFigures(usage, release, 1);

    await usage.stop();
    await host.destroy();
    await database.drop();
  },
  TIMEOUT_MS,
);

/** Migrates through a connection that goes silent at the last statement, as one of a process that is killed. */
async function cutOff(config: Parameters<typeof urlOf>[0]): Promise<void> {
  const url = urlOf(config);
  const proxy = await openProxy(Number(url.port));
  url.port = String(proxy.port);
  const cut = openHistoryUsage(url.toString(), clock);
  proxy.freezeOn(LAST_STATEMENT);
  const failed = cut.migrate().then(
    () => 'migrated',
    () => 'failed',
  );
  await expect.poll(() => proxy.frozen).toBe(1);
  await proxy.close();
  expect(await failed).toBe('failed');
  await cut.stop();
}
