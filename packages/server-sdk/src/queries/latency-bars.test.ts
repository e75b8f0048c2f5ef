import { expect, test } from 'vitest';
import { DurationSketch, MAX_DURATION_US } from '../aggregates/sketch/duration-sketch.js';
import { toLatencyBars } from './latency-bars.js';

function barsOf(...durationsUs: number[]): ReturnType<typeof toLatencyBars> {
  const sketch = new DurationSketch();
  for (const us of durationsUs) sketch.add(us);
  return toLatencyBars(sketch.listBuckets());
}

test('no duration has no bars', () => {
  expect(barsOf()).toEqual([]);
});

test('one duration is one bar between two round numbers', () => {
  expect(barsOf(1_700_000)).toEqual([{ fromMs: 1500, toMs: 2000, calls: 1 }]);
});

test('bars are next to each other, also without calls', () => {
  expect(barsOf(1_100_000, 2_700_000, 2_800_000)).toEqual([
    { fromMs: 1000, toMs: 1200, calls: 1 },
    { fromMs: 1200, toMs: 1500, calls: 0 },
    { fromMs: 1500, toMs: 2000, calls: 0 },
    { fromMs: 2000, toMs: 2500, calls: 0 },
    { fromMs: 2500, toMs: 3000, calls: 2 },
  ]);
});

test.each([
  ['two decades', 150_000, 14_000_000, 20],
  ['four decades', 12_000, 110_000_000, 17],
  ['all there are', 0, MAX_DURATION_US, 14],
])('%s are few enough to read', (_, shortUs, longUs, bars) => {
  const found = barsOf(shortUs, longUs);
  expect(found).toHaveLength(bars);
  expect(found.reduce((sum, { calls }) => sum + calls, 0)).toBe(2);
});

test('no time at all is in the first bar', () => {
  expect(barsOf(0, 1)).toEqual([{ fromMs: 0, toMs: 0.001, calls: 2 }]);
});
