import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOW_MS, createTestUsageOn, type TestUsage } from '../helpers/create-test-usage.js';
import { takeServers } from '../helpers/take-servers.js';
import { sqliteServer } from '../helpers/test-databases.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FROM_MS = NOW_MS - 30 * DAY_MS;
/** Two of them are beyond 2^63. */
const HUGE_E8 = '9000000000000000000';

describe.each(await takeServers())('sums beyond 64 bits on $name', (server) => {
  let host: TestUsage;
  let other: Knex;

  beforeEach(async () => {
    host = await createTestUsageOn(server);
    other = knex({ ...host.config, useNullAsDefault: true });
  });
  afterEach(async () => {
    await other.destroy();
    await host.close();
  });

  const insert = (id: string, startedAtMs: number): Promise<unknown> =>
    other('model_calls').insert({
      ...{ user_did: 'mallory', id, app_did: 'app', model: 'm', status: 'success' },
      ...{ started_at_ms: startedAtMs, credits_e8: HUGE_E8 },
    });
  const credits = async (userDid: string): Promise<string | null> =>
    (await host.usage.stats.getAggregatedStats(userDid, 'app', FROM_MS, NOW_MS)).credits;

  test.each([
    { where: 'an hour', apartMs: 1 },
    { where: 'a day', apartMs: 2 * HOUR_MS },
    { where: 'a month', apartMs: 3 * DAY_MS },
  ])('in $where of one user are exact, and everybody else is rolled up', async ({ apartMs }) => {
    const startMs = Date.UTC(2026, 9, 25, 4);
    await insert('a', startMs);
    await insert('b', startMs + apartMs);
    await host.usage.calls.record(
      [0, 1, 2, 10].map((day) => ({
        ...{ userDid: 'alice', appDid: 'app', model: 'm', status: 'success' as const },
        startedAt: startMs + day * DAY_MS,
        credits: '0.5',
      })),
    );
    for (let run = 0; run < 2; run += 1) {
      const report = await host.usage.rollup.run();
      expect([report.skipped, report.setAsideBuckets > 0]).toEqual([false, true]);
      expect([await credits('mallory'), await credits('alice')]).toEqual(['180000000000', '2']);
    }
    const status = await host.usage.rollup.status();
    expect([status.lastFailure, status.rolledUpThrough]).toEqual([
      null,
      new Date(Math.floor(NOW_MS / HOUR_MS) * HOUR_MS).toISOString(),
    ]);
    await other('model_calls').where({ user_did: 'mallory', id: 'b' }).delete();
    await host.usage.rollup.run();
    expect((await host.usage.rollup.run()).setAsideBuckets).toBe(0);
    expect(await credits('mallory')).toBe('90000000000');
    const range = { from: startMs, to: startMs + 4 * DAY_MS };
    expect((await host.usage.rollup.verify(range)).differences).toEqual([]);
  });
});

test('a late call of an archived hour that no sum holds is counted from the calls', async () => {
  const host = await createTestUsageOn(sqliteServer, { retention: { callsDays: 40 } });
  const other = knex({ ...host.config, useNullAsDefault: true });
  const insert = (id: string): Promise<unknown> =>
    other('model_calls').insert({
      ...{ user_did: 'mallory', id, app_did: 'app', model: 'm', status: 'success' },
      ...{ started_at_ms: NOW_MS - 60 * DAY_MS, credits_e8: HUGE_E8 },
    });
  await insert('a');
  await host.usage.rollup.run();
  expect(await other('model_calls').select()).toEqual([]);
  await insert('b');
  for (let run = 0; run < 2; run += 1) {
    const report = await host.usage.rollup.run();
    expect(report.setAsideBuckets).toBe(1);
    const range = [NOW_MS - 70 * DAY_MS, NOW_MS] as const;
    const totals = await host.usage.stats.getAggregatedStats('mallory', 'app', ...range);
    expect([totals.calls, totals.credits]).toEqual([2, '180000000000']);
  }
  await other.destroy();
  await host.close();
});

test('names of quotes and backslashes are counted, however long they are as JSON', async () => {
  const host = await createTestUsageOn(sqliteServer);
  const model = '"\\'.repeat(127);
  await host.usage.calls.record({
    ...{ userDid: 'alice', appDid: 'app', model, provider: '"'.repeat(128) },
    ...{ status: 'success', startedAt: NOW_MS - 3 * HOUR_MS, credits: '1' },
  });
  await host.usage.rollup.run();
  const { calls } = await host.usage.stats.getAggregatedStats('alice', 'app', FROM_MS, NOW_MS);
  expect(calls).toBe(1);
  expect((await host.usage.rollup.verify({ from: FROM_MS, to: NOW_MS })).differences).toEqual([]);
  await host.close();
});
