import type { LatencyBar } from '../contract/project-latency.js';

/** More could not be read on a phone. */
const MAX_BARS = 24;

/** Bounds within a decade, the finest first: numbers that people count in. */
const SERIES: readonly (readonly number[])[] = [
  [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
  [1, 1.5, 2, 3, 5, 7],
  [1, 2, 3, 5],
  [1, 2, 5],
  [1],
];
/** The first bound, microseconds; 0 and 1 are in the first bar. */
const FIRST_DECADE = 0;
/** Above the longest duration of a sketch, 59 days. */
const LAST_DECADE = 13;

/**
 * Durations as bars of growing width, from that of the shortest to that of the longest, with the finest bounds that give at
 * most {@link MAX_BARS}.
 *
 * @param buckets of a sketch, ascending: microseconds and how many there are
 */
export function toLatencyBars(
  buckets: readonly { middleUs: number; count: number }[],
): LatencyBar[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return [];
  for (const series of SERIES) {
    const bounds = listBounds(series);
    const [from, to] = [findBar(bounds, first.middleUs), findBar(bounds, last.middleUs)];
    if (to - from >= MAX_BARS) continue;
    const calls = new Array<number>(to - from + 1).fill(0);
    for (const { middleUs, count } of buckets) {
      const bar = findBar(bounds, middleUs) - from;
      calls[bar] = (calls[bar] ?? 0) + count;
    }
    return calls.map((count, index) => ({
      fromMs: toMs(bounds[from + index] ?? 0),
      toMs: toMs(bounds[from + index + 1] ?? Infinity),
      calls: count,
    }));
  }
  throw new RangeError('A duration is beyond those of a sketch');
}

/** 0, then the bounds of all decades, microseconds, ascending. */
function listBounds(series: readonly number[]): number[] {
  const bounds = [0];
  for (let decade = FIRST_DECADE; decade <= LAST_DECADE; decade += 1) {
    for (const step of series) bounds.push(Number((step * 10 ** decade).toPrecision(3)));
  }
  return bounds;
}

/** Index of the bound below a duration. */
function findBar(bounds: readonly number[], us: number): number {
  return bounds.findIndex((bound) => bound >= us) - 1;
}

function toMs(us: number): number {
  return us / 1000;
}
