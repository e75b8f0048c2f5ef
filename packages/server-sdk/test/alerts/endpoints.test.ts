import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AlertRule, Alerts, Budget, Budgets, HostRule } from '../../src/index.js';
import { WRITE_ROUTES, type WriteRouteName } from '../../src/contract/write-routes.js';
import { NOW_MS, createTestUsage, listen } from '../helpers/create-test-usage.js';
import type { TestServer, TestUsage } from '../helpers/create-test-usage.js';

const HOST_BUDGET: HostRule = {
  kind: 'budget',
  id: 'plan',
  name: 'Plan',
  metric: 'credits',
  window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' },
  amount: '1000',
};
const ALERT = {
  name: 'Errors',
  metric: 'errorRate',
  scope: { kind: 'project', appDid: 'app' },
  window: { kind: 'rolling', hours: 24 },
  levels: ['0.50', '0.1'],
  minCalls: 2,
};
const BUDGET = {
  name: 'Team',
  metric: 'credits',
  window: { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' },
  amount: '40',
};
const KEYS = [{ id: 'k', secret: 'q8Zt4Lk2Yx0Vb7Nm3Rw6Hs1Jf5Dg9Pc8' }];

let host: TestUsage;
let http: TestServer;
beforeEach(async () => {
  host = await createTestUsage({
    alerts: { rules: [HOST_BUDGET], maxRulesPerUser: 3 },
    embed: { keys: KEYS, origins: ['https://shop.example'] },
  });
  http = await listen(createServer(host.usage.callback()), '/api/usage');
  await host.usage.calls.record(
    Array.from({ length: 20 }, (_, index) => ({
      userDid: 'alice',
      id: `c-${index}`,
      appDid: 'app',
      model: 'm',
      status: index % 2 === 0 ? ('failed' as const) : ('success' as const),
      startedAt: NOW_MS - index * 6 * 3_600_000 - 1,
      credits: '1',
    })),
  );
  await host.usage.rollup.run();
});
afterEach(async () => {
  await http.close();
  await host.close();
});

const JSON_TYPE = { 'content-type': 'application/json' };

async function send<T = { code?: string; detail?: string }>(
  method: string,
  path: string,
  options: { body?: unknown; user?: string | null; headers?: Record<string, string> } = {},
): Promise<{ status: number; json: T }> {
  const { body, user = 'alice', headers = JSON_TYPE } = options;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${http.url}/api/usage${path}`, {
    method,
    headers: { ...(user === null ? {} : { 'x-user': user }), ...headers },
    ...(body !== undefined && { body: text }),
  });
  const answer = await response.text();
  return { status: response.status, json: (answer === '' ? {} : JSON.parse(answer)) as T };
}
const createAlert = async (user = 'alice'): Promise<AlertRule> =>
  (await send<AlertRule>('POST', '/alerts', { body: ALERT, user })).json;
const createBudget = async (user = 'alice'): Promise<Budget> =>
  (await send<Budget>('POST', '/budgets', { body: BUDGET, user })).json;
const readAll = async (user = 'alice'): Promise<string> => {
  const [alerts, budgets] = await Promise.all([
    http.get('/alerts', { user }),
    http.get('/budgets', { user }),
  ]);
  return JSON.stringify([alerts.body['items'], budgets.body['items']]);
};

test('lists say where events can go', async () => {
  const own = await createTestUsage({
    alerts: {
      onAlert: () => undefined,
      webhooks: [{ id: 'chat', url: 'https://hooks.example/x', format: 'slack' }],
    },
  });
  const { url, close } = await listen(createServer(own.usage.callback()), '/api/usage');
  const channels = [{ kind: 'webhook', webhookId: 'chat' }, { kind: 'callback' }];
  for (const path of ['alerts', 'budgets']) {
    const response = await fetch(`${url}/api/usage/${path}`, { headers: { 'x-user': 'alice' } });
    expect(await response.json()).toMatchObject({ items: [], channels });
  }
  expect((await send<Alerts>('GET', '/alerts')).json.channels).toEqual([]);
  await close();
  await own.close();
});

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
    const { items } = (await http.get<Alerts>('/alerts')).body;
    expect(items[0]).toMatchObject({
      acknowledgedAt: new Date(NOW_MS).toISOString(),
      snoozedUntil: until,
    });
    expect((await send('DELETE', path)).status).toBe(204);
    expect((await http.get<Alerts>('/alerts')).body.items).toEqual([]);
    expect((await send('DELETE', path)).status).toBe(404);
  });

  test('of another metric takes its default of calls, and refuses one that it has not', async () => {
    const { id } = await createAlert();
    const patch = { metric: 'calls', levels: ['5'] };
    const { json } = await send<AlertRule>('PATCH', `/alerts/${id}`, { body: patch });
    expect([json.metric, json.minCalls, json.value]).toEqual(['calls', null, '5']);
    const refused = await send('PATCH', `/alerts/${id}`, { body: { minCalls: 3 } });
    expect([refused.status, refused.json.code]).toEqual([400, 'BODY_INVALID']);
  });
});

test('a budget shows what is spent by each day, and where it goes', async () => {
  const budget = await createBudget();
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
  const { items } = (await http.get<Budgets>('/budgets')).body;
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
  await Promise.all([createAlert(), createBudget(), createAlert(), createAlert(), createAlert()]);
  const { items } = (await http.get<Alerts>('/alerts')).body;
  const { items: budgets } = (await http.get<Budgets>('/budgets')).body;
  expect(items.length + budgets.length).toBe(4);
  const refused = await send('POST', '/alerts', { body: ALERT });
  expect([refused.status, refused.json.code]).toEqual([409, 'TOO_MANY_RULES']);
  expect((await createAlert('bob')).id).toBeDefined();
});

describe('an embed token', () => {
  const createToken = (projects: string[] | '*', scopes: string[]): Promise<string> =>
    host.usage.createEmbedToken({ userDid: 'alice', projects, scopes: scopes as never });
  const withToken = (token: string): { user: null; headers: Record<string, string> } => ({
    user: null,
    headers: { ...JSON_TYPE, authorization: `Bearer ${token}`, origin: 'https://shop.example' },
  });

  test('for projects sees and writes rules of these alone', async () => {
    const [account, own] = [await createBudget(), await createAlert()];
    const token = await createToken(['app'], ['alerts:read', 'budgets:read', 'alerts:write']);
    const as = withToken(token);
    const alerts = await send<Alerts>('GET', '/alerts', as);
    expect(alerts.json.items.map(({ id }) => id)).toEqual([own.id]);
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
    const { id } = await createAlert();
    const as = withToken(await createToken('*', ['alerts:read', 'budgets:read']));
    const before = await readAll();
    for (const { method, path } of Object.values(WRITE_ROUTES)) {
      const { status, json } = await send(method, path.replace(':ruleId', id), { ...as, body: {} });
      if (!/^\/(alerts|budgets)/.test(path)) continue;
      expect([path, status, json.code]).toEqual([path, 403, 'SCOPE_FORBIDDEN']);
    }
    expect(await readAll()).toBe(before);
  });
});

/** A request to each writing endpoint that would succeed. */
const NAMES = (Object.keys(WRITE_ROUTES) as WriteRouteName[]).filter((name) =>
  /^\/(alerts|budgets)/.test(WRITE_ROUTES[name].path),
);
const bodyOf = (name: WriteRouteName): object | undefined =>
  (
    ({
      createAlert: ALERT,
      changeAlert: { name: 'x' },
      createBudget: BUDGET,
      changeBudget: { name: 'x' },
      snoozeAlert: { until: new Date(NOW_MS + 1000).toISOString() },
    }) as Partial<Record<WriteRouteName, object>>
  )[name];

describe.each(NAMES)('abuse of %s', (name) => {
  const { method, path } = WRITE_ROUTES[name];
  let target: string;
  let before: string;
  beforeEach(async () => {
    const ids = [(await createAlert()).id, (await createBudget()).id];
    target = path.replace(':ruleId', ids[path.startsWith('/budgets') ? 1 : 0] ?? '');
    before = await readAll();
  });
  const body = bodyOf(name);
  const expectRefused = async (
    sent: Promise<{ status: number; json: { code?: string } }>,
    ...codes: [status: number, code: string]
  ): Promise<void> => {
    const { status, json } = await sent;
    expect([status, json.code]).toEqual(codes);
    expect(await readAll()).toBe(before);
  };

  test('a form, and a fetch of another origin', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await expectRefused(
      send(method, target, { body: 'name=x', headers: form }),
      415,
      'CONTENT_TYPE_INVALID',
    );
    const text = { 'content-type': 'text/plain' };
    await expectRefused(
      send(method, target, { body: body ?? '{}', headers: text }),
      415,
      'CONTENT_TYPE_INVALID',
    );
    for (const foreign of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const headers = { ...JSON_TYPE, ...foreign } as Record<string, string>;
      await expectRefused(send(method, target, { body, headers }), 403, 'ORIGIN_FORBIDDEN');
    }
  });

  test('no user, and another user', async () => {
    await expectRefused(send(method, target, { body, user: null }), 401, 'UNAUTHENTICATED');
    if (!path.includes(':ruleId')) return;
    await expectRefused(send(method, target, { body, user: 'mallory' }), 404, 'RULE_NOT_FOUND');
    const missing = await send(method, path.replace(':ruleId', 'none'), { body, user: 'mallory' });
    expect(missing.status).toBe(404);
    expect(await readAll('mallory')).toBe(JSON.stringify(JSON.parse(await readAll('mallory'))));
  });

  test('unknown members, what is no JSON, and what is too large', async () => {
    const more = { ...body, isAdmin: true };
    await expectRefused(send(method, target, { body: more }), 400, 'BODY_INVALID');
    await expectRefused(send(method, target, { body: '{"name":' }), 400, 'BODY_INVALID');
    const large = { ...body, name: 'x'.repeat(70_000) };
    await expectRefused(send(method, target, { body: large }), 413, 'BODY_TOO_LARGE');
  });

  test('a replayed key is done once, and one of another request is refused', async () => {
    const headers = { ...JSON_TYPE, 'idempotency-key': 'key-0123456789' };
    const first = await send(method, target, { body, headers });
    expect(first.status).toBeLessThan(300);
    const after = await readAll();
    const second = await send(method, target, { body, headers });
    expect(second).toEqual(first);
    expect(await readAll()).toBe(after);
    const other = { ...body, name: 'another' };
    const reused = await send('POST', '/alerts', { body: { ...ALERT, ...other }, headers });
    expect([reused.status, reused.json.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });
});

test.each<[string, string, object]>([
  ['/alerts', 'metric', { ...ALERT, metric: 'money' }],
  ['/alerts', 'levels', { ...ALERT, levels: [] }],
  ['/alerts', 'levels', { ...ALERT, levels: ['0.1', '0.10'] }],
  ['/alerts', 'levels', { ...ALERT, levels: ['1.5'] }],
  ['/alerts', 'levels', { ...ALERT, levels: ['0'] }],
  ['/alerts', 'levels.0', { ...ALERT, levels: ['-1'] }],
  ['/alerts', 'levels.0', { ...ALERT, levels: ['1e3'] }],
  ['/alerts', 'levels.0', { ...ALERT, levels: [0.5] }],
  ['/alerts', 'window.hours', { ...ALERT, window: { kind: 'rolling', hours: 721 } }],
  ['/alerts', 'window.timeZone', { ...ALERT, window: { ...BUDGET.window, timeZone: '+02:00' } }],
  ['/alerts', 'scope', { ...ALERT, metric: 'remaining', minCalls: undefined }],
  ['/alerts', 'name', { ...ALERT, name: '' }],
  ['/alerts', 'name', { ...ALERT, name: 'a\nb' }],
  ['/budgets', 'amount', { ...BUDGET, amount: '0.00' }],
  ['/budgets', 'amount', { ...BUDGET, metric: 'calls', amount: '1.5' }],
  ['/budgets', 'amount', { ...BUDGET, amount: '0.00000000001' }],
  ['/budgets', 'window.kind', { ...BUDGET, window: { kind: 'rolling', hours: 1 } }],
  ['/budgets', 'levelPercents', { ...BUDGET, levelPercents: [50, 50] }],
  ['/budgets', 'levelPercents.0', { ...BUDGET, levelPercents: [0] }],
  ['/budgets', 'scope.kind', { ...BUDGET, scope: { kind: 'all' } }],
])('%s names what is wrong: %s', async (path, parameter, body) => {
  const { status, json } = await send<{ code: string; errors: { parameter: string }[] }>(
    'POST',
    path,
    { body },
  );
  expect([status, json.code]).toEqual([400, 'BODY_INVALID']);
  expect(json.errors.map((item) => item.parameter)).toContain(parameter);
});
