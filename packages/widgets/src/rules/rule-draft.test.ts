import { describe, expect, it } from 'vitest';
import { ALERTS, BUDGETS } from '@usage-kit/testing/fixtures/alerts';
import {
  createDraft,
  readAlert,
  readBudget,
  toDraft,
  type DraftFaults,
  type RuleDraft,
} from './rule-draft.js';

const DEFAULTS = {
  timeZone: 'Europe/Berlin',
  appDid: '',
  channels: [{ kind: 'callback' }],
} as const;
const alert = (changes: Partial<RuleDraft>): RuleDraft => ({
  ...createDraft('alert', DEFAULTS),
  ...{ name: 'Rule', levels: '5' },
  ...changes,
});
const budget = (changes: Partial<RuleDraft>): RuleDraft => ({
  ...createDraft('budget', DEFAULTS),
  ...{ name: 'Budget', amount: '100' },
  ...changes,
});
const inputOf = (result: ReturnType<typeof readAlert> | ReturnType<typeof readBudget>): object =>
  'input' in result ? result.input : result;
const faultsOf = (result: { input: object } | { faults: DraftFaults }): string[] =>
  'faults' in result ? Object.keys(result.faults) : [];

describe('readAlert', () => {
  it.each([
    ['errorRate', '5, 12.5 100', ['0.05', '0.125', '1']],
    ['errorRate', '0.01', ['0.0001']],
    ['p95DurationMs', '2；0.5、10.25', ['2000', '500', '10250']],
    ['credits', '10，20.50', ['10', '20.5']],
    ['remaining', '0', ['0']],
  ] as const)('takes levels of %s as people write them: %s', (metric, levels, expected) => {
    expect(inputOf(readAlert(alert({ metric, levels }), true))).toMatchObject({ levels: expected });
  });

  it.each([
    ['credits', ''],
    ['credits', '0'],
    ['credits', '5, 5'],
    ['credits', '-1'],
    ['credits', '1e3'],
    ['credits', '1,2,3,4,5,6,7,8,9,10,11'],
    ['errorRate', '101'],
    ['calls', '1.5'],
  ] as const)('refuses as levels of %s: %s', (metric, levels) => {
    expect(faultsOf(readAlert(alert({ metric, levels }), true))).toEqual(['levels']);
  });

  it('asks for what its other fields need, and for nothing that is hidden', () => {
    const wrong = {
      name: ' ',
      scope: 'model',
      model: '',
      window: 'rolling',
      hours: '721',
    } as const;
    expect(faultsOf(readAlert(alert({ ...wrong, minCalls: 'x' }), true))).toEqual([
      'name',
      'model',
      'hours',
    ]);
    expect(faultsOf(readAlert(alert({ metric: 'errorRate', minCalls: '0' }), true))).toEqual([
      'minCalls',
    ]);
    expect(faultsOf(readAlert(alert({ scope: 'project' }), true))).toEqual(['appDid']);
    // The quota is the account's.
    const quota = alert({ metric: 'remaining', scope: 'project', appDid: 'chat' });
    expect(inputOf(readAlert(quota, true))).toMatchObject({ scope: { kind: 'account' } });
  });

  it('leaves channels as they are where the form has none', () => {
    expect(inputOf(readAlert(alert({}), false))).not.toHaveProperty('channels');
    const channels = ['callback', 'webhook:on-call'];
    expect(inputOf(readAlert(alert({ channels }), true))).toMatchObject({
      channels: [{ kind: 'callback' }, { kind: 'webhook', webhookId: 'on-call' }],
    });
  });
});

describe('readBudget', () => {
  it('takes an amount and its percentages', () => {
    expect(inputOf(readBudget(budget({ amount: ' 40.50 ', levels: '80 100' }), true))).toEqual({
      name: 'Budget',
      enabled: true,
      scope: { kind: 'account' },
      channels: [{ kind: 'callback' }],
      metric: 'credits',
      window: { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' },
      amount: '40.50',
      levelPercents: [80, 100],
      enforce: false,
    });
  });

  it.each([
    [{ amount: '0.00' }, 'amount'],
    [{ amount: '1.5', metric: 'tokens' }, 'amount'],
    [{ levels: '50, 50' }, 'levels'],
    [{ levels: '12.5' }, 'levels'],
    [{ levels: '1001' }, 'levels'],
  ] as const)('refuses %j', (changes, field) => {
    expect(faultsOf(readBudget(budget(changes), true))).toEqual([field]);
  });
});

describe('toDraft', () => {
  it.each(ALERTS.items)('and back leaves the alert $name as it is', (rule) => {
    const { name, metric, scope, window, enabled, channels, minCalls } = rule;
    const levels = rule.levels.map(({ threshold }) => threshold);
    expect(inputOf(readAlert(toDraft(rule, DEFAULTS), true))).toEqual({
      ...{ name, metric, scope, window, enabled, channels, levels },
      ...(minCalls !== null && ['errorRate', 'p95DurationMs'].includes(metric) && { minCalls }),
    });
  });

  it.each(BUDGETS.items)('and back leaves the budget $name as it is', (rule) => {
    const { name, metric, scope, window, enabled, channels, amount, levelPercents, enforce } = rule;
    expect(inputOf(readBudget(toDraft(rule, DEFAULTS), true))).toEqual({
      ...{ name, metric, scope, window, enabled, channels, amount, levelPercents, enforce },
    });
  });
});
