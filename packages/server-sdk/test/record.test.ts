import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from '../src/index.js';
import { NOW_MS, createTestUsageOn, type TestUsage } from './helpers/create-test-usage.js';
import { takeServers } from './helpers/take-servers.js';

let host: TestUsage;

const CALL = {
  userDid: 'alice',
  appDid: 'app',
  model: 'm',
  status: 'success',
  startedAt: NOW_MS - 1000,
} as const;
const totals = (userDid = 'alice'): ReturnType<typeof host.usage.stats.getAggregatedStats> =>
  host.usage.stats.getAggregatedStats(userDid, 'app', NOW_MS - 10_000, NOW_MS + 1);

const servers = await takeServers();

describe.each(servers)('on $name', (server) => {
  beforeEach(async () => {
    host = await createTestUsageOn(server);
  });
  afterEach(() => host.close());

  describe('record', () => {
    test('the same id again is the same call, corrected', async () => {
      await host.usage.calls.record({ ...CALL, id: 'a', credits: '1' });
      const counts = await host.usage.calls.record({ ...CALL, id: 'a', credits: '0.25' });
      expect(counts).toEqual({ inserted: 0, updated: 1 });
      expect(await totals()).toMatchObject({ calls: 1, credits: '0.25' });
    });

    test("the same id of another user is another user's call", async () => {
      await host.usage.calls.record([
        { ...CALL, id: 'a', credits: '1' },
        { ...CALL, id: 'a', userDid: 'bob', credits: '2' },
      ]);
      expect([(await totals('alice')).credits, (await totals('bob')).credits]).toEqual(['1', '2']);
    });

    test('the last of the same id in one batch wins, but a late "processing" does not reopen it', async () => {
      await host.usage.calls.record([
        { ...CALL, id: 'a', status: 'processing' },
        { ...CALL, id: 'a', credits: '1' },
        { ...CALL, id: 'a', status: 'processing' },
      ]);
      await host.usage.calls.record({ ...CALL, id: 'a', status: 'processing' });
      expect(await totals()).toMatchObject({ calls: 1, successfulCalls: 1, credits: '1' });
    });

    test('stores nothing of a batch with a fault, and names each', async () => {
      const batch = [CALL, { ...CALL, status: 'done' }, { ...CALL, credit: '1' }];
      const error: unknown = await host.usage.calls.record(batch as never).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(UsageError);
      expect((error as UsageError).items.map(({ parameter }) => parameter)).toEqual([
        '[1].status',
        '[2].credit',
      ]);
      expect((await totals()).calls).toBe(0);
    });

    test('credits add up to the last digit where floats would not', async () => {
      const calls = Array.from({ length: 1000 }, () => ({ ...CALL, credits: '90000000.00000001' }));
      await host.usage.calls.record(calls);
      expect((await totals()).credits).toBe('90000000000.00001');
    });

    test('distinguishes users to the last character', async () => {
      const users = ['alice', 'Alice', 'alice ', 'alicé', 'аlice'];
      await host.usage.calls.record(
        users.map((userDid, index) => ({ ...CALL, userDid, credits: String(index + 1) })),
      );
      await host.usage.rollup.run();
      for (const [index, user] of users.entries()) {
        expect([user, (await totals(user)).credits]).toEqual([user, String(index + 1)]);
      }
    });

    test('takes many concurrent writers', async () => {
      await Promise.all(
        Array.from({ length: 50 }, () => host.usage.calls.record([CALL, CALL, CALL])),
      );
      expect((await totals()).calls).toBe(150);
    });
  });

  describe('begin', () => {
    test('a call is processing until it succeeds, and its duration is measured', async () => {
      const call = await host.usage.calls.begin({ userDid: 'alice', appDid: 'app', model: 'm' });
      expect(await totals()).toMatchObject({ calls: 1, processingCalls: 1 });
      host.clock.nowMs += 1500;
      await call.succeed({ usage: { inputTokens: 7 }, credits: '0.5' });
      expect(await totals()).toMatchObject({
        calls: 1,
        processingCalls: 0,
        successfulCalls: 1,
        inputTokens: 7,
        averageDurationMs: 1500,
      });
    });

    test('a call that fails says why', async () => {
      const call = await host.usage.calls.begin({ userDid: 'alice', appDid: 'app', model: 'm' });
      await call.fail('timeout');
      expect(await totals()).toMatchObject({ calls: 1, failedCalls: 1, successRate: 0 });
    });
  });

  test('the hour of one project, the running one included', async () => {
    await host.usage.calls.record([CALL, { ...CALL, startedAt: NOW_MS - 3_600_000 }]);
    expect((await host.usage.stats.getHourlyStatsByApp('alice', 'app', NOW_MS)).calls).toBe(1);
    await expect(host.usage.stats.getHourlyStatsByApp('', 'app', NOW_MS)).rejects.toThrow(
      'userDid',
    );
  });
});
