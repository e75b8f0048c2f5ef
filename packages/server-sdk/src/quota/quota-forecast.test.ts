import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forecastRunway } from './quota-forecast.js';

const NOW_MS = Date.UTC(2026, 10, 22, 12);
const UNITS = 10_000_000_000n;
const days = (...credits: number[]): bigint[] => credits.map((credit) => BigInt(credit) * UNITS);
const forecast = (remaining: bigint, dailyUseE10: bigint[]): ReturnType<typeof forecastRunway> =>
  forecastRunway({ remainingE10: remaining * UNITS, dailyUseE10, nowMs: NOW_MS });

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

test('uneven use widens the interval: the example of the docstring', () => {
  expect(forecast(100n, days(20, 0, 10, 10))).toMatchObject({
    days: 10,
    earliestDays: 5.9,
    latestDays: 30.1,
    dailyAverage: '10',
  });
});

test('two days say little: 8 and 12 a day, 60 left', () => {
  // Mean 10, standard deviation 2.828, standard error 2, t 3.078: between 3.844 and 16.156 a day.
  expect(forecast(60n, days(8, 12))).toMatchObject({
    days: 6,
    earliestDays: 3.7,
    latestDays: 15.6,
  });
});

test('a gap of a week counts as seven days of nothing', () => {
  // 7 days of 10, a week of nothing, 6 days of 10: 130 in 20 days is 6.5 a day, not 10; 65 last 10 days.
  const gap = days(
    ...Array<number>(6).fill(10),
    ...Array<number>(7).fill(0),
    ...Array<number>(7).fill(10),
  );
  // Standard deviation 4.894, standard error 1.094, t 1.328: between 5.047 and 7.953 a day.
  expect(forecast(65n, gap)).toMatchObject({
    days: 10,
    earliestDays: 8.1,
    latestDays: 12.8,
    dailyAverage: '6.5',
    basedOnDays: 20,
  });
});

test('no use for 20 days after ten of 15 a day: the pace of the month, a third of what it was', () => {
  // 150 in 30 days is 5 a day; standard deviation 7.192, standard error 1.313, t 1.311: 3.279 to 6.721 a day.
  const idle = days(...Array<number>(20).fill(0), ...Array<number>(10).fill(15));
  expect(forecast(50n, idle)).toMatchObject({ days: 10, earliestDays: 7.4, latestDays: 15.2 });
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
  const use = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 2, maxLength: 30 });
  const balance = fc.bigInt({ min: 1n, max: 10n ** 16n });
  fc.assert(
    fc.property(use, fc.nat(30), balance, balance, (used, zeros, a, b) => {
      const dailyUseE10 = [...Array<bigint>(zeros).fill(0n), ...used].slice(0, 30);
      if (dailyUseE10.every((use) => use === 0n)) return;
      const [less, more] = (a < b ? [a, b] : [b, a]).map((remainingE10) =>
        forecastRunway({ remainingE10, dailyUseE10, nowMs: NOW_MS }),
      );
      if (less?.days == null || more?.days == null) throw new Error('No estimate');
      expect(more.days).toBeGreaterThanOrEqual(less.days);
      expect(more.earliestDays).toBeGreaterThanOrEqual(less.earliestDays ?? NaN);
      expect(more.latestDays === null).toBe(less.latestDays === null);
      expect(more.latestDays ?? 0).toBeGreaterThanOrEqual(less.latestDays ?? 0);
      expect(less.earliestDays).toBeLessThanOrEqual(less.days);
      if (less.latestDays !== null) expect(less.latestDays).toBeGreaterThanOrEqual(less.days);
    }),
  );
});
