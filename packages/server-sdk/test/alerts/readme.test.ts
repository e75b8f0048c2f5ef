import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { watchSpending } from '../../examples/budgets.js';
import { NOW_MS, createTestUsage } from '../helpers/create-test-usage.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the README shows the example that is run here', async () => {
  expect(read('../../README.md')).toContain(read('../../examples/budgets.ts').trim());
  const { usage, close } = await createTestUsage();
  try {
    await usage.calls.record({
      userDid: 'did:abt:alice',
      model: 'm',
      status: 'success',
      startedAt: NOW_MS - 1000,
      credits: '160',
    });
    expect(await watchSpending(usage, 'did:abt:alice')).toEqual([
      'Team: 160 of 200, too early to say by its end',
    ]);
    const [budget] = (await usage.budgets.list('did:abt:alice')).items;
    expect(budget?.levels.map(({ label, state }) => `${label} ${state}`)).toEqual([
      '80% firing',
      '100% ok',
    ]);
    const [alert] = (await usage.alerts.list('did:abt:alice')).items;
    // One call is too few for a rate.
    expect([alert?.value, alert?.levels[0]?.state]).toEqual([null, 'unknown']);
  } finally {
    await close();
  }
});
