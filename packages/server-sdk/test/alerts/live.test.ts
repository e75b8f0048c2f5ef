import { expect, test, vi } from 'vitest';
import { NOW_MS, createTestUsage } from '../helpers/create-test-usage.js';

test('a recorded call comes into the history of a rule without a rollup', async () => {
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
    const record = (id: string): Promise<unknown> =>
      usage.calls.record({
        ...{ userDid: 'alice', id, model: 'm', status: 'success' },
        startedAt: NOW_MS - 1000,
      });
    const waitForEvents = (count: number): Promise<void> =>
      vi.waitFor(
        async () => {
          const [budget] = (await usage.budgets.list('alice')).items;
          expect(budget?.history).toHaveLength(count);
        },
        { timeout: 30_000, interval: 100 },
      );
    for (const [index, id] of ['a', 'b'].entries()) {
      await record(id);
      await waitForEvents(index + 1);
    }
  } finally {
    await close();
  }
}, 90_000);
