import { Temporal } from 'temporal-polyfill';
import type { Granularity } from '../contract/trends.js';
import { UTC_DAY_MS, type TimeRange } from '../values/time.js';
import type { QueryRange } from './query-range.js';
import { getNextBoundary } from './time-buckets.js';

/**
 * The buckets of the period before a trend, one for each of its buckets and at the same time of the local day, or day of the
 * month: the period is moved back by the fewest whole days that make it end before the range begins, of months by whole
 * months. The running day is compared with the same part of the other day, measured by elapsed time.
 *
 * @param buckets of {@link timeBuckets}
 * @returns ascending, none overlapping another or the range
 */
export function previousBuckets(
  buckets: readonly TimeRange[],
  range: QueryRange,
  granularity: Granularity,
): TimeRange[] {
  const unit = granularity === 'month' ? 'months' : 'days';
  const least = unit === 'months' ? buckets.length - 1 : (range.toMs - range.fromMs) / UTC_DAY_MS;
  // Clocks that change, and buckets cut by the range, make it one more; two where both happen.
  for (let count = Math.max(1, Math.floor(least)); ; count += 1) {
    const before = moveBack(buckets, { range, granularity }, { [unit]: count });
    if ((before.at(-1)?.toMs ?? 0) <= range.fromMs) return before;
  }
}

function moveBack(
  buckets: readonly TimeRange[],
  { range, granularity }: { range: QueryRange; granularity: Granularity },
  step: Temporal.DurationLike,
): TimeRange[] {
  const { timeZone } = range;
  const move = (ms: number): number => moveInstant(ms, timeZone, step);
  if (granularity === 'hour') {
    // Hours are moved alike: of a day on which clocks change one is missing, or there twice.
    const shiftMs = range.fromMs - move(range.fromMs);
    return buckets.map(({ fromMs, toMs }) => ({ fromMs: fromMs - shiftMs, toMs: toMs - shiftMs }));
  }
  return buckets.map((bucket) => {
    const fromMs = move(bucket.fromMs);
    const isWhole = getNextBoundary(bucket.fromMs, granularity, timeZone) === bucket.toMs;
    if (isWhole) return { fromMs, toMs: move(bucket.toMs) };
    const endMs = getNextBoundary(fromMs, granularity, timeZone);
    return { fromMs, toMs: Math.min(fromMs + bucket.toMs - bucket.fromMs, endMs) };
  });
}

/** The same local time earlier; of a day's start the start of the other day, which is not midnight everywhere. */
function moveInstant(ms: number, timeZone: string, step: Temporal.DurationLike): number {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  const isStart = local.startOfDay().epochMilliseconds === ms;
  const moved = isStart
    ? local.toPlainDate().subtract(step).toZonedDateTime(timeZone)
    : local.subtract(step);
  return moved.epochMilliseconds;
}
