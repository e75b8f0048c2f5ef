import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Alerts, Budgets, HostRule } from '../../src/index.js';
import {
  ALERT,
  BUDGET,
  openAlertHost,
  type AlertHost,
  type SendOptions,
} from '../helpers/alert-host.js';
import { createTestUsage } from '../helpers/create-test-usage.js';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const WEBHOOKS = [{ id: 'ops', url: 'https://hooks.example/ops', secret: SECRET }];
const toWebhook = (webhookId: string) => ({ kind: 'webhook' as const, webhookId });

interface Refused {
  code?: string;
  errors?: { parameter: string; detail: string }[];
}

let alerts: AlertHost;
const send = (
  method: string,
  path: string,
  options: SendOptions,
): Promise<{ status: number; json: Refused & { id?: string } }> =>
  alerts.send(method, path, options);
const listChannels = async (): Promise<string[]> =>
  (await alerts.host.usage.alerts.deliveries()).map(({ channel }) => channel).sort();

describe('the channels of a host with a webhook and without onAlert', () => {
  beforeEach(async () => {
    alerts = await openAlertHost({ webhooks: WEBHOOKS });
  });
  afterEach(() => alerts.close());

  test('are listed with the rules', async () => {
    for (const path of ['/alerts', '/budgets']) {
      const { body } = await alerts.http.get<Alerts | Budgets>(path);
      expect(body.channels).toEqual([toWebhook('ops')]);
    }
  });

  test('get what fires, and no other channel does', async () => {
    const channels = [{ kind: 'callback' as const }, toWebhook('ops')];
    expect((await send('POST', '/alerts', { body: { ...ALERT, channels } })).status).toBe(201);
    // Two levels fire; the budget of the host has the default channel, and does not fire.
    expect(await listChannels()).toEqual(['webhook:ops', 'webhook:ops']);
  });

  test.each([
    ['/alerts', ALERT],
    ['/budgets', BUDGET],
  ])('a rule of POST %s names no other webhook', async (path, rule) => {
    const before = await alerts.readAll();
    const channels = [toWebhook('ops'), toWebhook('mine')];
    const made = await send('POST', path, { body: { ...rule, channels } });
    expect([made.status, made.json.code]).toEqual([400, 'BODY_INVALID']);
    expect(made.json.errors).toEqual([
      { parameter: 'channels', detail: expect.stringContaining('"mine"') as string },
    ]);
    expect(await alerts.readAll()).toBe(before);
    const { id = '' } = (await send('POST', path, { body: rule })).json;
    const changed = await send('PATCH', `${path}/${id}`, { body: { channels } });
    expect([changed.status, changed.json.code]).toEqual([400, 'BODY_INVALID']);
    const known = await send('PATCH', `${path}/${id}`, { body: { channels: [toWebhook('ops')] } });
    expect(known.status).toBe(200);
  });
});

test('an event of a host without channels is in the history alone', async () => {
  alerts = await openAlertHost();
  const { history } = await alerts.createAlert();
  expect(history).toHaveLength(2);
  expect(await listChannels()).toEqual([]);
  expect((await alerts.http.get<Alerts>('/alerts')).body.channels).toEqual([]);
  await alerts.close();
});

describe('a rule of the host that names a webhook which it has not', () => {
  const rule: HostRule = {
    ...{ kind: 'budget', id: 'a', name: 'A', metric: 'credits', amount: '1' },
    window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' },
    channels: [toWebhook('gone')],
  };

  test('is refused in a list', async () => {
    await expect(
      createTestUsage({ alerts: { rules: [rule], webhooks: WEBHOOKS } }),
    ).rejects.toThrow('alerts.rules[0].channels must not name the webhook "gone"');
  });

  test('is left out of what a function returns, and said in the log', async () => {
    const errors: unknown[] = [];
    const { id: _id, channels: _channels, ...sound } = rule;
    const host = await createTestUsage({
      alerts: { rules: () => [rule, { ...sound, id: 'b' }] },
      logger: {
        ...{ debug: () => undefined, info: () => undefined, warn: () => undefined },
        error: (...args) => errors.push(args),
      },
    });
    const { items } = await host.usage.budgets.list('alice');
    expect(items.map(({ id }) => id)).toEqual(['host:b']);
    expect(errors).toHaveLength(1);
    await host.close();
  });
});
