import { beforeEach, describe, expect, test } from 'vitest';
import { WRITE_ROUTES, type WriteRouteName } from '../../src/contract/write-routes.js';
import { ALERT, BUDGET, JSON_TYPE, useAlertHost } from '../helpers/alert-host.js';
import { NOW_MS } from '../helpers/create-test-usage.js';

const { get: getHost, send } = useAlertHost();

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
    const ids = [(await getHost().createAlert()).id, (await getHost().createBudget()).id];
    target = path.replace(':ruleId', ids[path.startsWith('/budgets') ? 1 : 0] ?? '');
    before = await getHost().readAll();
  });
  const body = bodyOf(name);
  const expectRefused = async (
    sent: Promise<{ status: number; json: { code?: string } }>,
    ...codes: [status: number, code: string]
  ): Promise<void> => {
    const { status, json } = await sent;
    expect([status, json.code]).toEqual(codes);
    expect(await getHost().readAll()).toBe(before);
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
    expect(await getHost().readAll('mallory')).toBe(
      JSON.stringify(JSON.parse(await getHost().readAll('mallory'))),
    );
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
    const after = await getHost().readAll();
    const second = await send(method, target, { body, headers });
    expect(second).toEqual(first);
    expect(await getHost().readAll()).toBe(after);
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
