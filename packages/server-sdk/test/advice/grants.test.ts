import { describe, expect, test } from 'vitest';
import {
  findExpiringGrants,
  findGrantObstacle,
  type GrantFacts,
} from '../../src/advice/expiring-grants.js';
import { findIdleProjects, sliceForIdleness } from '../../src/advice/idle-projects.js';
import { forecastRunway } from '../../src/quota/quota-forecast.js';
import type { CallFigures } from '../../src/aggregates/model/call-figures.js';
import type { LedgerEntry } from '../../src/index.js';
import { NOW_MS } from '../helpers/create-test-usage.js';
import { figuresOf } from '../helpers/advice-calls.js';

const DAY_MS = 86_400_000;
const UNITS = 10_000_000_000n;

const grant = (id: string, amount: string, days: number | null): LedgerEntry => ({
  ...{
    id,
    kind: 'grant',
    amount,
    balanceAfter: null,
    description: null,
    category: null,
    url: null,
  },
  occurredAt: new Date(NOW_MS - 5 * DAY_MS).toISOString(),
  expiresAt: days === null ? null : new Date(NOW_MS + days * DAY_MS).toISOString(),
});

/** @param daily credits of each of the recent days */
function factsOf(remaining: bigint, daily: readonly bigint[], items: LedgerEntry[]): GrantFacts {
  const use = daily.map((credits) => credits * UNITS);
  const runway = forecastRunway({
    remainingE10: remaining * UNITS,
    dailyUseE10: use,
    nowMs: NOW_MS,
  });
  return {
    quota: { status: 'ok', reason: null, remaining: String(remaining), runway, stale: null },
    grants: { items, total: items.length, status: 'ok', reason: null, stale: null },
    nowMs: NOW_MS,
  };
}

const TEN_DAYS = Array.from({ length: 10 }, () => 10n);

describe('expiring grants', () => {
  test('leave what is left − daily use × days', () => {
    // 500 of 600 are left, 10 a day for 20 days are 200: 300 expire.
    const [advice, ...others] = findExpiringGrants(
      factsOf(500n, TEN_DAYS, [grant('g', '600', 20)]),
    );
    expect(others).toEqual([]);
    expect(advice?.claim).toMatchObject({
      ...{ kind: 'expiringGrants', grantId: 'g', amount: '600', left: '500', unused: '300' },
      ...{ unusedAtLeast: '300', dailyUse: '10' },
    });
    expect(advice?.arithmetic).toEqual({
      unit: 'credits',
      lines: [
        {
          ...{ operation: 'add', subject: null, amount: '500' },
          factors: [{ name: 'left', value: '500', unit: 'credits' }],
        },
        {
          ...{ operation: 'subtract', subject: null, amount: '200' },
          factors: [
            { name: 'dailyUse', value: '10', unit: 'creditsPerDay' },
            { name: 'days', value: '20', unit: 'days' },
          ],
        },
      ],
      result: '300',
    });
    expect(advice?.basedOn).toMatchObject({ calls: null, days: 10 });
  });

  test('are used in the order in which they expire', () => {
    // 700 are left: all 400 of the later one, so 300 of the earlier. 100 of these are used in 10 days, 200 expire; of the
    // later one 400 − 10 × 30 + 100 = 200 expire.
    const grants = [grant('later', '400', 30), grant('earlier', '500', 10), grant('old', '9', -1)];
    const found = findExpiringGrants(factsOf(700n, TEN_DAYS, grants));
    expect(found.map(({ claim, saving }) => ({ ...claim, saving: saving?.amount }))).toMatchObject([
      { grantId: 'earlier', left: '300', unused: '200', saving: '200' },
      { grantId: 'later', left: '400', unused: '200', saving: '200' },
    ]);
    const lines = found[1]?.arithmetic?.lines.map(({ operation, amount }) => [operation, amount]);
    expect(lines).toEqual([
      ['add', '400'],
      ['subtract', '300'],
      ['add', '100'],
    ]);
  });

  test('expire entirely where nothing is used', () => {
    const idle = TEN_DAYS.map(() => 0n);
    const [advice] = findExpiringGrants(factsOf(50n, idle, [grant('g', '50', 5)]));
    expect(advice?.claim).toMatchObject({ unused: '50', dailyUse: '0' });
  });

  test.each([
    ['six days of use', factsOf(500n, TEN_DAYS.slice(4), [grant('g', '600', 20)])],
    ['a grant that is used up before', factsOf(200n, TEN_DAYS, [grant('g', '600', 20)])],
    ['a grant that never expires', factsOf(500n, TEN_DAYS, [grant('g', '600', null)])],
    ['a grant of the next year', factsOf(90_000n, TEN_DAYS, [grant('g', '90000', 120)])],
    // 100 a day on average, which leaves 100; but it may be up to 192 a day, which leaves nothing.
    [
      'a use too uneven',
      factsOf(2100n, [400n, 0n, 0n, 400n, 0n, 0n, 0n, 0n], [grant('g', '2100', 20)]),
    ],
    ['an overdrawn account', factsOf(-5n, TEN_DAYS, [grant('g', '600', 20)])],
  ])('nothing is said of %s', (_, facts) => {
    expect(findExpiringGrants(facts)).toEqual([]);
  });

  test('a provider that does not respond is named', () => {
    const facts = factsOf(500n, TEN_DAYS, [grant('g', '600', 20)]);
    const down = { ...facts.quota, status: 'unavailable', reason: 'noAnswer' } as const;
    expect(findGrantObstacle({ ...facts, quota: down })).toBe('noAnswer');
    expect(findExpiringGrants({ ...facts, quota: down })).toEqual([]);
    const many = { ...facts.grants, total: 101 };
    expect(findGrantObstacle({ ...facts, grants: many })).toBe('tooManyGrants');
    const stale = { since: '2026-11-22T00:00:00.000Z', ageSeconds: 9 };
    expect(findGrantObstacle({ ...facts, grants: { ...facts.grants, stale } })).toBe('noAnswer');
  });
});

describe('idle projects', () => {
  const range = { fromMs: NOW_MS - 30 * DAY_MS, toMs: NOW_MS };
  const slices = sliceForIdleness(range);
  const none = new Map<string, CallFigures>();

  test('a range is its last fourteen days and the weeks before', () => {
    expect(slices.map(({ fromMs, toMs }) => (toMs - fromMs) / DAY_MS)).toEqual([2, 7, 7, 14]);
    expect(slices[0]?.fromMs).toBe(range.fromMs);
    expect(sliceForIdleness({ ...range, fromMs: NOW_MS - 27 * DAY_MS })).toEqual([]);
  });

  test('say what they cost before', () => {
    const ofFirst = figuresOf(5, { startedAtMs: NOW_MS - 25 * DAY_MS });
    const ofLast = figuresOf(15, { startedAtMs: NOW_MS - 16.5 * DAY_MS, costE10: 10_000_000_000 });
    const weeks = [none, new Map([['app', ofFirst]]), new Map([['app', ofLast]]), none];
    const [advice] = findIdleProjects(slices, weeks);
    expect(advice?.claim).toEqual({
      ...{ kind: 'idleProjects', appDid: 'app', idleDays: 16, calls: 20, cost: '15' },
      ...{ lastCallAt: new Date(NOW_MS - 16.5 * DAY_MS).toISOString(), credits: null },
    });
    expect(advice).toMatchObject({ saving: null, arithmetic: null, evidence: [{ appDid: 'app' }] });
  });

  const app = (calls: number): Map<string, CallFigures> => new Map([['app', figuresOf(calls)]]);
  test.each([
    ['few calls', [none, app(9), app(10), none]],
    ['calls of one week only', [none, none, app(500), none]],
    ['a project that is called', [app(50), app(50), app(50), app(1)]],
    ['no project', [none, none, none, none]],
  ])('nothing is said of %s', (_, figures) => {
    expect(findIdleProjects(slices, figures)).toEqual([]);
  });
});
