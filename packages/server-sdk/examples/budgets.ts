import type { Usage } from '@usage-kit/server-sdk';

/** Gives a team a budget of 200 credits a month, and says how far it is. */
export async function watchSpending(usage: Usage, userDid: string): Promise<string[]> {
  await usage.budgets.create(userDid, {
    name: 'Team',
    metric: 'credits',
    window: { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' },
    amount: '200',
    levelPercents: [80, 100],
    enforce: true,
  });
  await usage.alerts.create(userDid, {
    name: 'Failing calls',
    metric: 'errorRate',
    window: { kind: 'rolling', hours: 1 },
    levels: ['0.05', '0.25'],
  });
  const { items } = await usage.budgets.list(userDid);
  return items.map(
    ({ name, spent, amount, projection }) =>
      `${name}: ${spent ?? 'unknown'} of ${amount}, ${projection?.amount ?? 'too early to say'} by its end`,
  );
}
