import { describe, expect, test } from 'vitest';
import type { AlertRule, Alerts, Budgets } from '../../src/index.js';
import { WRITE_ROUTES } from '../../src/contract/write-routes.js';
import { ALERT, BUDGET, JSON_TYPE, useAlertHost } from '../helpers/alert-host.js';
import { NOW_MS } from '../helpers/create-test-usage.js';

const { get: getHost, send } = useAlertHost();

describe('an alert rule', () => {
  test('is made, evaluated, changed, acknowledged, snoozed and deleted', async () => {
    const { status, json: rule } = await send<AlertRule>('POST', '/alerts', { body: ALERT });
    expect(status).toBe(201);
    // Five calls since 10:15 of the day before: three failed.
    expect(rule).toMatchObject({ value: '0.6', direction: 'above', owner: 'user', minCalls: 2 });
    expect(rule.levels.map(({ label, state }) => [label, state])).toEqual([
      ['0.1', 'firing'],
      ['0.5', 'firing'],
    ]);
    expect(rule.history.map(({ type, level, scope }) => [type, level, scope])).toEqual(
      expect.arrayContaining([
        ['fired', '0.1', ALERT.scope],
        ['fired', '0.5', ALERT.scope],
      ]),
    );
    const path = `/alerts/${rule.id}`;
    const patch = { name: 'Fewer errors', levels: ['0.9'] };
    const changed = await send<AlertRule>('PATCH', path, { body: patch });
    expect([changed.status, changed.json.name, changed.json.minCalls]).toEqual([
      200,
      'Fewer errors',
      2,
    ]);
    expect(changed.json.levels.map(({ label, state }) => [label, state])).toEqual([['0.9', 'ok']]);
    expect(changed.json.history).toHaveLength(2);
    const until = new Date(NOW_MS + 3_600_000).toISOString();
    expect((await send('POST', `${path}/acknowledge`)).status).toBe(204);
    expect((await send('POST', `${path}/snooze`, { body: { until } })).status).toBe(204);
    const { items } = (await getHost().http.get<Alerts>('/alerts')).body;
    expect(items[0]).toMatchObject({
      acknowledgedAt: new Date(NOW_MS).toISOString(),
      snoozedUntil: until,
    });
    expect((await send('DELETE', path)).status).toBe(204);
    expect((await getHost().http.get<Alerts>('/alerts')).body.items).toEqual([]);
    expect((await send('DELETE', path)).status).toBe(404);
  });

  test('of another metric takes its default of calls, and refuses one that it has not', async () => {
    const { id } = await getHost().createAlert();
    const patch = { metric: 'calls', levels: ['5'] };
    const { json } = await send<AlertRule>('PATCH', `/alerts/${id}`, { body: patch });
    expect([json.metric, json.minCalls, json.value]).toEqual(['calls', null, '5']);
    const refused = await send('PATCH', `/alerts/${id}`, { body: { minCalls: 3 } });
    expect([refused.status, refused.json.code]).toEqual([400, 'BODY_INVALID']);
  });
});

test('a budget shows what is spent by each day, and where it goes', async () => {
  const budget = await getHost().createBudget();
  // From 1 to 22 November in Berlin: 20 calls of one credit, four a day.
  expect(budget).toMatchObject({
    spent: '20',
    share: 0.5,
    amount: '40',
    enforce: false,
    periodStart: '2026-10-31T23:00:00.000Z',
    periodEnd: '2026-11-30T23:00:00.000Z',
  });
  expect(budget.series).toHaveLength(22);
  expect(budget.series.slice(-3).map(({ spent }) => spent)).toEqual(['14', '18', '20']);
  expect(budget.levels.map(({ label, state }) => `${label} ${state}`)).toEqual([
    '50% firing',
    '80% ok',
    '100% ok',
  ]);
  // Four credits in each of the four whole days: no spread.
  expect(budget.projection?.basedOnDays).toBe(4);
  const days = (Date.parse(budget.periodEnd) - NOW_MS) / 86_400_000;
  expect(Number(budget.projection?.amount)).toBeCloseTo(20 + 4 * days, 6);
  expect(budget.projection?.lowest).toBe(budget.projection?.highest);
  const { items } = (await getHost().http.get<Budgets>('/budgets')).body;
  expect(items.map(({ owner, id }) => [owner, id])).toEqual([
    ['host', 'host:plan'],
    ['user', budget.id],
  ]);
});

test('a rule of the host is acknowledged and snoozed, not changed or deleted', async () => {
  const path = '/alerts/host:plan';
  expect((await send('POST', `${path}/acknowledge`)).status).toBe(204);
  const until = new Date(NOW_MS + 1000).toISOString();
  expect((await send('POST', `${path}/snooze`, { body: { until } })).status).toBe(204);
  for (const method of ['PATCH', 'DELETE']) {
    const body = method === 'PATCH' ? { amount: '1' } : undefined;
    const { status, json } = await send(method, '/budgets/host:plan', { body });
    expect([method, status, json.code]).toEqual([method, 409, 'RULE_READ_ONLY']);
  }
});

test('a user may have so many rules and budgets', async () => {
  await Promise.all([
    getHost().createAlert(),
    getHost().createBudget(),
    getHost().createAlert(),
    getHost().createAlert(),
    getHost().createAlert(),
  ]);
  const { items } = (await getHost().http.get<Alerts>('/alerts')).body;
  const { items: budgets } = (await getHost().http.get<Budgets>('/budgets')).body;
  expect(items.length + budgets.length).toBe(4);
  const refused = await send('POST', '/alerts', { body: ALERT });
  expect([refused.status, refused.json.code]).toEqual([409, 'TOO_MANY_RULES']);
  expect((await getHost().createAlert('bob')).id).toBeDefined();
});

describe('an embed token', () => {
  const createToken = (projects: string[] | '*', scopes: string[]): Promise<string> =>
    getHost().host.usage.createEmbedToken({ userDid: 'alice', projects, scopes: scopes as never });
  const withToken = (token: string): { user: null; headers: Record<string, string> } => ({
    user: null,
    headers: { ...JSON_TYPE, authorization: `Bearer ${token}`, origin: 'https://shop.example' },
  });

  test('for projects sees and writes rules of these alone', async () => {
    const [account, own] = [await getHost().createBudget(), await getHost().createAlert()];
    const token = await createToken(['app'], ['alerts:read', 'budgets:read', 'alerts:write']);
    const as = withToken(token);
    const seen = await send<Alerts>('GET', '/alerts', as);
    expect(seen.json.items.map(({ id }) => id)).toEqual([own.id]);
    expect((await send<Budgets>('GET', '/budgets', as)).json.items).toEqual([]);
    const path = `/budgets/${account.id}`;
    expect((await send('PATCH', path, { ...as, body: { amount: '1' } })).status).toBe(404);
    expect((await send('POST', `/alerts/${account.id}/acknowledge`, as)).status).toBe(404);
    const made = await send('POST', '/budgets', { ...as, body: BUDGET });
    expect([made.status, made.json.code]).toEqual([403, 'PROJECT_FORBIDDEN']);
    const moved = { scope: { kind: 'project', appDid: 'other' } };
    const change = await send('PATCH', `/alerts/${own.id}`, { ...as, body: moved });
    expect([change.status, change.json.code]).toEqual([403, 'PROJECT_FORBIDDEN']);
    const named = await send('PATCH', `/alerts/${own.id}`, { ...as, body: { name: 'Mine' } });
    expect(named.status).toBe(200);
  });

  test('that may only read does not write', async () => {
    const { id } = await getHost().createAlert();
    const as = withToken(await createToken('*', ['alerts:read', 'budgets:read']));
    const before = await getHost().readAll();
    for (const { method, path } of Object.values(WRITE_ROUTES)) {
      const { status, json } = await send(method, path.replace(':ruleId', id), { ...as, body: {} });
      if (!/^\/(alerts|budgets)/.test(path)) continue;
      expect([path, status, json.code]).toEqual([path, 403, 'SCOPE_FORBIDDEN']);
    }
    expect(await getHost().readAll()).toBe(before);
  });
});
