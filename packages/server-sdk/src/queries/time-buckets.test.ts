import { describe, expect, test } from 'vitest';
import { isTimeZone } from './query-range.js';
import { timeBuckets } from './time-buckets.js';
import { HOUR_MS, MINUTE_MS } from '../values/time.js';

const hoursOf = (bucket: { fromMs: number; toMs: number } | undefined): number =>
  bucket ? (bucket.toMs - bucket.fromMs) / HOUR_MS : Number.NaN;

describe('local days', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00', 23],
    ['Europe/Berlin', '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00', 25],
    ['America/New_York', '2026-03-08T00:00:00-05:00', '2026-03-09T00:00:00-04:00', 23],
    ['Australia/Lord_Howe', '2026-04-05T00:00:00+11:00', '2026-04-06T00:00:00+10:30', 24.5],
    ['Asia/Kolkata', '2026-06-01T00:00:00+05:30', '2026-06-02T00:00:00+05:30', 24],
    ['Asia/Kathmandu', '2026-06-01T00:00:00+05:45', '2026-06-02T00:00:00+05:45', 24],
    // Clocks go forward at midnight: the day begins at one o'clock.
    ['Africa/Cairo', '2026-04-24T01:00:00+03:00', '2026-04-25T00:00:00+03:00', 23],
  ])('%s has a day from %s of %s', (zone, from, to, hours) => {
    const range = { fromMs: Date.parse(from) - HOUR_MS, toMs: Date.parse(to) + HOUR_MS };
    const buckets = timeBuckets(range, 'day', zone);
    expect(buckets.map(({ fromMs }) => fromMs)).toContain(Date.parse(from));
    const day = buckets.find(({ fromMs }) => fromMs === Date.parse(from));
    expect(day?.toMs).toBe(Date.parse(to));
    expect(hoursOf(day)).toBe(hours);
  });
});

describe('local hours', () => {
  test('start on the full hour of the local clock in a zone on a half hour', () => {
    const fromMs = Date.parse('2026-06-01T10:10:00Z');
    const buckets = timeBuckets({ fromMs, toMs: fromMs + 2 * HOUR_MS }, 'hour', 'Asia/Kolkata');
    expect(buckets.map((bucket) => (bucket.toMs - bucket.fromMs) / MINUTE_MS)).toEqual([
      20, 60, 40,
    ]);
  });

  test('keep both hours that a clock shows twice', () => {
    const fromMs = Date.parse('2026-10-25T00:00:00+02:00');
    const day = timeBuckets({ fromMs, toMs: fromMs + 25 * HOUR_MS }, 'hour', 'Europe/Berlin');
    expect(day).toHaveLength(25);
    expect(new Set(day.map(hoursOf))).toEqual(new Set([1]));
  });

  test('follow a shift of half an hour', () => {
    const fromMs = Date.parse('2026-10-03T23:00:00+10:30');
    const toMs = Date.parse('2026-10-04T05:00:00+11:00');
    const buckets = timeBuckets({ fromMs, toMs }, 'hour', 'Australia/Lord_Howe');
    const lengths = buckets.map((bucket) => (bucket.toMs - bucket.fromMs) / MINUTE_MS);
    expect(lengths).toEqual([60, 60, 60, 30, 60, 60]);
  });
});

test('buckets adjoin, cover the range and meet on quarter hours', () => {
  const zones = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Chatham'];
  const range = {
    fromMs: Date.parse('2026-02-11T03:07:05.123Z'),
    toMs: Date.parse('2026-11-22T10:20:30Z'),
  };
  for (const zone of zones) {
    for (const granularity of ['hour', 'day', 'month'] as const) {
      const buckets = timeBuckets(range, granularity, zone);
      expect(buckets[0]?.fromMs).toBe(range.fromMs);
      expect(buckets.at(-1)?.toMs).toBe(range.toMs);
      for (const [index, bucket] of buckets.slice(1).entries()) {
        expect(bucket.fromMs).toBe(buckets[index]?.toMs);
        expect(bucket.fromMs % (15 * MINUTE_MS)).toBe(0);
      }
    }
  }
});

test.each([
  ['UTC', true],
  ['Asia/Kolkata', true],
  ['Mars/Base', false],
  ['+05:45', false],
  ['', false],
])('%j is a time zone: %s', (name, expected) => {
  expect(isTimeZone(name)).toBe(expected);
});
