import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BudgetInput, ModelCallInput, Usage } from '../../src/index.js';
import { createAlertEvaluator, type AlertEvaluator } from '../../src/alerts/alert-evaluator.js';
import type { HostRule } from '../../src/alerts/alert-options.js';
import { createHostRules } from '../../src/alerts/host-rules.js';
import { listEvents } from '../../src/alerts/outbox/event-store.js';
import { openDatabase, type Database } from '../../src/db/database.js';
import { withoutTransaction } from '../../src/db/transaction.js';
import {
  NOW_MS,
  createTestUsageOn,
  silentLogger,
  type TestUsage,
} from '../helpers/create-test-usage.js';
import { CHANNELS } from '../helpers/alert-outbox.js';
import { takeServers } from '../helpers/take-servers.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const servers = await takeServers();

const BUDGET: BudgetInput = {
  name: 'Month',
  metric: 'credits',
  window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' },
  amount: '10',
};
const MONTH: HostRule = { id: 'month', kind: 'budget', ...BUDGET };

const callOf = (id: string, credits: string, startedAt = NOW_MS - 1000): ModelCallInput => ({
  userDid: 'alice',
  id,
  appDid: 'app',
  model: 'm',
  status: 'success',
  startedAt,
  credits,
});

describe.each(servers)('an evaluation, on $name', (server) => {
  let host: TestUsage;
  let usage: Usage;
  let database: Database;
  const open = (rules: HostRule[]): AlertEvaluator =>
    createAlertEvaluator({
      database,
      clock: host.clock,
      logger: silentLogger,
      listHostRules: createHostRules(rules, CHANNELS, silentLogger),
      channels: CHANNELS,
      readQuota: null,
      maxLagSeconds: 7800,
      onError: (error) => {
        throw error;
      },
    });
  beforeEach(async () => {
    host = await createTestUsageOn(server, { alerts: { rules: [MONTH] } });
    usage = host.usage;
    database = openDatabase(host.config);
  });
  afterEach(async () => {
    await database.close();
    await host.close();
  });

  const readEvents = async (): Promise<string[]> => {
    const events = await listEvents(withoutTransaction(database), 'alice', { limit: 100 });
    return events.map(({ type, level, value }) => `${type} ${level} ${value ?? 'null'}`).sort();
  };

  test('fires each level once a period, and clears in the next', async () => {
    const alerts = open([MONTH]);
    await usage.calls.record(callOf('a', '5'));
    await alerts.evaluate('alice');
    expect(await readEvents()).toEqual(['fired 50% 5']);
    await usage.calls.record(callOf('b', '3.5'));
    await alerts.evaluate('alice');
    await alerts.evaluate('alice');
    expect(await readEvents()).toEqual(['fired 50% 5', 'fired 80% 8.5']);
    host.clock.nowMs = Date.UTC(2026, 11, 1, 0, 0, 1);
    await usage.rollup.run();
    await alerts.evaluateDue();
    expect(await readEvents()).toEqual([
      'cleared 50% null',
      'cleared 80% null',
      'fired 50% 5',
      'fired 80% 8.5',
    ]);
  });

  test('a correction and a late call that un-breach a level make no second event', async () => {
    const alerts = open([MONTH]);
    await usage.calls.record(callOf('a', '9'));
    await alerts.evaluate('alice');
    await usage.calls.record(callOf('a', '1'));
    await alerts.evaluate('alice');
    host.clock.nowMs += 61_000;
    await alerts.evaluate('alice');
    await usage.calls.record(callOf('a', '9', NOW_MS - 3 * HOUR_MS));
    await alerts.evaluate('alice');
    expect(await readEvents()).toEqual([
      'cleared 50% 1',
      'cleared 80% 1',
      'fired 50% 9',
      'fired 80% 9',
    ]);
  });

  test('calls that are recorded a day after they ended raise no event; live ones in addition do', async () => {
    const alerts = open([MONTH]);
    await usage.calls.record(callOf('a', '9', NOW_MS - 3 * DAY_MS));
    await usage.rollup.run();
    await alerts.evaluate('alice');
    expect(await readEvents()).toEqual([]);
    await usage.calls.record(callOf('b', '5'));
    await alerts.evaluate('alice');
    expect(await readEvents()).toEqual(['fired 50% 14']);
  });

  test('two evaluators write one event', async () => {
    const [one, other] = [open([MONTH]), open([MONTH])];
    await usage.calls.record(callOf('a', '10'));
    await Promise.all([one, other, one, other].map((alerts) => alerts.evaluate('alice')));
    expect(await readEvents()).toEqual(['fired 100% 10', 'fired 50% 10', 'fired 80% 10']);
  });
});
