import { describe, expect, it } from 'vitest';
import { createUsageClient } from './create-usage-client.js';

interface Seen {
  method: string;
  path: string;
  key: string | null;
  body: unknown;
}

function watch() {
  const seen: Seen[] = [];
  const client = createUsageClient({
    baseUrl: 'https://host.example/api/usage',
    now: () => 0,
    fetch: (address, init = {}) => {
      seen.push({
        method: init.method ?? 'GET',
        path: new URL(address as string).pathname.replace('/api/usage', ''),
        key: new Headers(init.headers).get('idempotency-key'),
        body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      });
      return Promise.resolve(new Response('{}', { status: 200 }));
    },
  });
  return { client, seen };
}

const WINDOW = { kind: 'calendar', unit: 'month', timeZone: 'UTC' } as const;
const ALERT = { name: 'A', metric: 'calls', window: WINDOW, levels: ['5'] } as const;
const BUDGET = { name: 'B', metric: 'credits', window: WINDOW, amount: '5' } as const;

describe('requests that change rules', () => {
  it('go to their endpoints with what they store', async () => {
    const { client, seen } = watch();
    await client.createAlert({ ...ALERT, levels: [...ALERT.levels] });
    await client.changeAlert('a/1', { enabled: false });
    await client.deleteAlert('a');
    await client.acknowledgeAlert('a');
    await client.snoozeAlert('a', { until: null });
    await client.createBudget(BUDGET);
    await client.changeBudget('b', { amount: '6' });
    await client.deleteBudget('b');
    expect(seen.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/alerts', ALERT],
      ['PATCH', '/alerts/a%2F1', { enabled: false }],
      ['DELETE', '/alerts/a', undefined],
      ['POST', '/alerts/a/acknowledge', {}],
      ['POST', '/alerts/a/snooze', { until: null }],
      ['POST', '/budgets', BUDGET],
      ['PATCH', '/budgets/b', { amount: '6' }],
      ['DELETE', '/budgets/b', undefined],
    ]);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(seen.length);
  });

  it('have the key that they are given', async () => {
    const { client, seen } = watch();
    const idempotencyKey = 'one-wish-of-a-person';
    await client.createBudget(BUDGET, { idempotencyKey });
    await client.deleteAlert('a', { idempotencyKey });
    await client.acknowledgeAlert('a', { idempotencyKey });
    await client.snoozeAlert('a', { until: null }, { idempotencyKey });
    expect(seen.map(({ key }) => key)).toEqual(Array(4).fill(idempotencyKey));
  });
});
