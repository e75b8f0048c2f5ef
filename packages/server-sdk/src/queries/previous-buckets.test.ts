import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GRANULARITIES, type Granularity } from '../contract/trends.js';
import { HOUR_MS } from '../values/time.js';
import { previousBuckets } from './previous-buckets.js';
import { timeBuckets } from './time-buckets.js';
import { readCount } from '../../test/helpers/test-size.js';

interface Case {
  from: string;
  to: string;
  timeZone: string;
  granularity: Granularity;
}

function listBefore({ from, to, timeZone, granularity }: Case): string[] {
  const range = { fromMs: Date.parse(from), toMs: Date.parse(to), timeZone };
  const buckets = timeBuckets(range, granularity, timeZone);
  return previousBuckets(buckets, range, granularity).map(
    (bucket) => `${toText(bucket.fromMs)} ${toText(bucket.toMs)}`,
  );
}

const toText = (ms: number): string => new Date(ms).toISOString().slice(5, 16);

describe('the period before', () => {
  test('compares the running day with the same part of the other day', () => {
    const running = { from: '2026-06-08T00:00Z', to: '2026-06-10T14:30Z', timeZone: 'UTC' };
    expect(listBefore({ ...running, granularity: 'day' })).toEqual([
      '06-05T00:00 06-06T00:00',
      '06-06T00:00 06-07T00:00',
      '06-07T00:00 06-07T14:30',
    ]);
  });

  test('compares today by hour with the same hours of yesterday', () => {
    const today = { from: '2026-06-10T00:00Z', to: '2026-06-10T02:20Z', timeZone: 'UTC' };
    expect(listBefore({ ...today, granularity: 'hour' })).toEqual([
      '06-09T00:00 06-09T01:00',
      '06-09T01:00 06-09T02:00',
      '06-09T02:00 06-09T02:20',
    ]);
  });

  test('compares the running month with the same days of the month before', () => {
    const months = { from: '2026-05-01T00:00Z', to: '2026-06-10T12:00Z', timeZone: 'UTC' };
    expect(listBefore({ ...months, granularity: 'month' })).toEqual([
      '03-01T00:00 04-01T00:00',
      '04-01T00:00 04-10T12:00',
    ]);
    const end = { from: '2026-03-01T00:00Z', to: '2026-03-31T12:00Z', timeZone: 'UTC' };
    // February ends before its 31st day.
    expect(listBefore({ ...end, granularity: 'month' })).toEqual(['02-01T00:00 03-01T00:00']);
  });

  test('takes local days, of 23 or 25 hours where clocks changed', () => {
    const week = {
      ...{ from: '2026-10-26T00:00+01:00', to: '2026-10-27T00:00+01:00' },
      timeZone: 'Europe/Berlin',
    };
    // The day of 25 hours.
    expect(listBefore({ ...week, granularity: 'day' })).toEqual(['10-24T22:00 10-25T23:00']);
  });

  test('begins where the day begins, which is not midnight everywhere', () => {
    const cairo = {
      ...{ from: '2026-04-25T00:00+03:00', to: '2026-04-26T00:00+03:00' },
      timeZone: 'Africa/Cairo',
    };
    expect(listBefore({ ...cairo, granularity: 'day' })).toEqual(['04-23T22:00 04-24T21:00']);
  });

  test('is a bucket for each bucket, one after the other, and ends before the range', () => {
    const zones = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Africa/Cairo'];
    const start = Date.parse('2026-01-01T00:00Z');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 * 24 }).map((hours) => start + hours * HOUR_MS),
        fc.integer({ min: 1, max: 60 * 96 }).map((quarters) => quarters * 900_000),
        fc.constantFrom(...zones),
        fc.constantFrom(...GRANULARITIES),
        (fromMs, lengthMs, timeZone, granularity) => {
          const range = { fromMs, toMs: fromMs + lengthMs, timeZone };
          const buckets = timeBuckets(range, granularity, timeZone);
          const before = previousBuckets(buckets, range, granularity);
          expect(before).toHaveLength(buckets.length);
          expect(before.at(-1)?.toMs).toBeLessThanOrEqual(fromMs);
          for (const [index, { fromMs: startMs, toMs }] of before.entries()) {
            expect(startMs).toBeLessThan(toMs);
            if (index > 0) expect(startMs).toBe(before[index - 1]?.toMs);
          }
        },
      ),
      { numRuns: readCount('RANGES', { few: 60, more: 300 }) },
    );
  });
});
