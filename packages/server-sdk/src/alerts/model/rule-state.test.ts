import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRule, type Rule } from './alert-rule.js';
import { UNITS_PER_ONE } from './amounts.js';
import { getPeriod } from './alert-period.js';
import { defineWatch } from './rule-definition.js';
import { advanceRule, type RuleState } from './rule-state.js';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 10, 22, 10);
const RULE: Rule = createRule(
  { id: 'r', owner: 'user', createdAtMs: 0, updatedAtMs: 0 },
  defineWatch({
    name: 'Balance',
    metric: 'remaining',
    window: { kind: 'calendar', unit: 'day', timeZone: 'UTC' },
    levels: ['10'],
  }),
);

/** Evaluates a balance each minute; `null`: the provider does not respond. @returns events, with the minute of each */
function play(balances: readonly (number | null)[], rule = RULE): string[] {
  let state: RuleState | null = null;
  const events: string[] = [];
  for (const [minute, balance] of balances.entries()) {
    const nowMs = START_MS + minute * MINUTE_MS;
    const value = balance === null ? null : BigInt(balance) * UNITS_PER_ONE;
    const period = getPeriod(rule.window, nowMs);
    const advance = advanceRule(rule, state, { nowMs, period, value, liveValue: value });
    ({ state } = advance);
    events.push(...advance.crossings.map(({ type }) => `${minute} ${type}`));
  }
  return events;
}

test('a balance fires at its level, and a top-up clears it in two evaluations', () => {
  expect(play([50, 20, 10, 5, 500, 500, 500])).toEqual(['2 fired', '5 cleared']);
});

test('a top-up makes no second event in the period', () => {
  expect(play([5, 500, 500, 5, 500, 500, 4])).toEqual(['0 fired', '2 cleared']);
});

test('a value near its level, or clear only once, does not clear it', () => {
  expect(play([10, 11, 11, 11, 11])).toEqual(['0 fired']);
  expect(play([10, 12, 10, 12, 11, 12])).toEqual(['0 fired']);
});

test('a missing value holds the state', () => {
  expect(play([10, null, null, 500, null, 500])).toEqual(['0 fired', '5 cleared']);
  expect(play([null, null])).toEqual([]);
});

test('whatever happens in a day, a level fires at most once, and only at or below its threshold', () => {
  const balance = fc.option(fc.integer({ min: -5, max: 30 }));
  fc.assert(
    fc.property(fc.array(balance, { maxLength: 600 }), (balances) => {
      const fired = play(balances).filter((event) => event.endsWith('fired'));
      const first = balances.findIndex((value) => value !== null && value <= 10);
      expect(fired).toEqual(first === -1 ? [] : [`${first} fired`]);
    }),
  );
});

test('an evaluation of an older period changes nothing', () => {
  const observe = (nowMs: number, value: bigint, before: RuleState | null) =>
    advanceRule(RULE, before, {
      nowMs,
      period: getPeriod(RULE.window, nowMs),
      value,
      liveValue: value,
    });
  const { state } = observe(START_MS, 500n * UNITS_PER_ONE, null);
  const older = observe(START_MS - 24 * 60 * MINUTE_MS, 0n, state);
  expect(older).toEqual({ state, crossings: [] });
});
