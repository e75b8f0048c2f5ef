import { createServer } from 'node:http';
import { afterEach, beforeEach } from 'vitest';
import type { AlertOptions, AlertRule, Budget, HostRule } from '../../src/index.js';
import {
  NOW_MS,
  createTestUsage,
  listen,
  type TestServer,
  type TestUsage,
} from './create-test-usage.js';

/** A budget of the host for every user. */
const HOST_BUDGET: HostRule = {
  kind: 'budget',
  id: 'plan',
  name: 'Plan',
  metric: 'credits',
  window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' },
  amount: '1000',
};
/** A rule of a user: half of the calls fail. */
export const ALERT = {
  name: 'Errors',
  metric: 'errorRate',
  scope: { kind: 'project', appDid: 'app' },
  window: { kind: 'rolling', hours: 24 },
  levels: ['0.50', '0.1'],
  minCalls: 2,
};
/** A budget of a user. */
export const BUDGET = {
  name: 'Team',
  metric: 'credits',
  window: { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' },
  amount: '40',
};
const KEYS = [{ id: 'k', secret: 'q8Zt4Lk2Yx0Vb7Nm3Rw6Hs1Jf5Dg9Pc8' }];

export const JSON_TYPE = { 'content-type': 'application/json' };

/** What is sent with method and path. */
export interface SendOptions {
  body?: unknown;
  user?: string | null;
  headers?: Record<string, string>;
}

/** What an answer that refuses says. */
export interface Refusal {
  code?: string;
  detail?: string;
}

/** A host with twenty calls of alice, a rule for every user, and a server. */
export class AlertHost {
  constructor(
    readonly host: TestUsage,
    readonly http: TestServer,
  ) {}

  async send<T = Refusal>(
    method: string,
    path: string,
    options: SendOptions = {},
  ): Promise<{ status: number; json: T }> {
    const { body, user = 'alice', headers = JSON_TYPE } = options;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${this.http.url}/api/usage${path}`, {
      method,
      headers: { ...(user === null ? {} : { 'x-user': user }), ...headers },
      ...(body !== undefined && { body: text }),
    });
    const answer = await response.text();
    return { status: response.status, json: (answer === '' ? {} : JSON.parse(answer)) as T };
  }

  async createAlert(user = 'alice'): Promise<AlertRule> {
    return (await this.send<AlertRule>('POST', '/alerts', { body: ALERT, user })).json;
  }

  async createBudget(user = 'alice'): Promise<Budget> {
    return (await this.send<Budget>('POST', '/budgets', { body: BUDGET, user })).json;
  }

  /** All rules and budgets of a user, as text. */
  async readAll(user = 'alice'): Promise<string> {
    const [alerts, budgets] = await Promise.all([
      this.http.get('/alerts', { user }),
      this.http.get('/budgets', { user }),
    ]);
    return JSON.stringify([alerts.body['items'], budgets.body['items']]);
  }

  async close(): Promise<void> {
    await this.http.close();
    await this.host.close();
  }
}

/** Opens it. @param alerts further members of the option */
export async function openAlertHost(alerts: AlertOptions = {}): Promise<AlertHost> {
  const host = await createTestUsage({
    alerts: { rules: [HOST_BUDGET], maxRulesPerUser: 3, ...alerts },
    embed: { keys: KEYS, origins: ['https://shop.example'] },
  });
  const http = await listen(createServer(host.usage.callback()), '/api/usage');
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
  return new AlertHost(host, http);
}

/** Opens such a host before each test of a file, and closes it after. */
export function useAlertHost(): { get: () => AlertHost; send: AlertHost['send'] } {
  let current: AlertHost;
  beforeEach(async () => {
    current = await openAlertHost();
  });
  afterEach(() => current.close());
  return { get: () => current, send: (...request) => current.send(...request) };
}
