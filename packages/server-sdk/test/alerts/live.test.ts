import { expect, test, vi } from 'vitest';
import { NOW_MS, createTestUsage } from '../helpers/create-test-usage.js';

test('from record to the history of a rule takes at most ten seconds, without a rollup', async () => {
  const { usage, close } = await createTestUsage();
  try {
    await usage.start();
    await usage.budgets.create('alice', {
      name: 'Day',
      metric: 'calls',
      window: { kind: 'calendar', unit: 'day', timeZone: 'UTC' },
      amount: '2',
      levelPercents: [50, 100],
    });
    const record = async (id: string): Promise<number> => {
      await usage.calls.record({
        ...{ userDid: 'alice', id, model: 'm', status: 'success' },
        startedAt: NOW_MS - 1000,
      });
      return performance.now();
    };
    const waitForEvents = (count: number): Promise<void> =>
      vi.waitFor(
        async () => {
          const [budget] = (await usage.budgets.list('alice')).items;
          expect(budget?.history).toHaveLength(count);
        },
        { timeout: 15_000, interval: 100 },
      );
    for (const [index, id] of ['a', 'b'].entries()) {
      const recordedAt = await record(id);
      await waitForEvents(index + 1);
      expect(performance.now() - recordedAt).toBeLessThan(10_000);
    }
  } finally {
    await close();
  }
}, 40_000);
