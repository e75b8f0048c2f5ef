import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forecastRunway } from './quota-forecast.js';

const NOW_MS = Date.UTC(2026, 10, 22, 12);
const E8 = 100_000_000n;
const days = (...credits: number[]): bigint[] => credits.map((credit) => BigInt(credit) * E8);
const forecast = (remaining: bigint, dailyUseE8: bigint[]): ReturnType<typeof forecastRunway> =>
  forecastRunway({ remainingE8: remaining * E8, dailyUseE8, nowMs: NOW_MS });

test('even use: 100 left at 10 a day is 10 days, for certain', () => {
  expect(forecast(100n, days(10, 10, 10))).toEqual({
    status: 'estimated',
    days: 10,
    earliestDays: 10,
    latestDays: 10,
    depletesOn: '2026-12-02T12:00:00.000Z',
    dailyAverage: '10',
    basedOnDays: 3,
  });
});

test('uneven use widens the interval', () => {
  // Mean 10, standard deviation 10, standard error 5: 80 % of means lie within 3.592 and 16.408.
  expect(forecast(100n, days(0, 20, 0, 20))).toMatchObject({ days: 10, dailyAverage: '10' });
  const { earliestDays, latestDays } = forecast(100n, days(20, 0, 10, 10));
  expect([earliestDays, latestDays]).toEqual([6.5, 20.9]);
});

test('a burst on one day of thirty has no latest day', () => {
  const burst = days(300, ...Array<number>(29).fill(0));
  expect(forecast(100n, burst)).toMatchObject({ days: 10, latestDays: null });
});

test.each([
  ['nothing left', 0n, days(1, 1), 'depleted'],
  ['overdrawn', -5n, days(1, 1), 'depleted'],
  ['one day of history', 10n, days(1), 'notEnoughData'],
  ['never called', 10n, [], 'notEnoughData'],
  ['no use for weeks', 10n, days(...Array<number>(30).fill(0)), 'noRecentUse'],
] as const)('%s', (_name, remaining, use, status) => {
  expect(forecast(remaining, [...use]).status).toBe(status);
});

test('more balance never means fewer days, and the interval holds the estimate', () => {
  const use = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 2, maxLength: 30 });
  const balance = fc.bigInt({ min: 1n, max: 10n ** 16n });
  fc.assert(
    fc.property(use, balance, balance, (dailyUseE8, a, b) => {
      const [less, more] = (a < b ? [a, b] : [b, a]).map((remainingE8) =>
        forecastRunway({ remainingE8, dailyUseE8, nowMs: NOW_MS }),
      );
      if (less?.days == null || more?.days == null) return;
      expect(more.days).toBeGreaterThanOrEqual(less.days);
      expect(less.earliestDays).toBeLessThanOrEqual(less.days);
      if (less.latestDays !== null) expect(less.latestDays).toBeGreaterThanOrEqual(less.days);
    }),
  );
});
