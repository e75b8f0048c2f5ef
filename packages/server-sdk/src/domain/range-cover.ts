import { HOUR_MS, UTC_DAY_MS, ceilTo, floorTo, floorToUtcMonth, nextUtcMonth } from './time.js';
import type { TimeRange } from './time.js';

/** Width of a pre-aggregate's bucket, in UTC. */
export type Grain = 'hour' | 'day' | 'month';

/** A day or a month: what is built from finer buckets, not from calls. */
export type CoarseGrain = Exclude<Grain, 'hour'>;

/** Buckets of one grain whose rows are to be read: starts in `[fromMs, toMs)`. */
export interface RollupSegment extends TimeRange {
  grain: Grain;
}

/** What to read so that every call of a range is counted exactly once. */
export interface RangeCover {
  rollups: RollupSegment[];
  /** Parts computed from the calls: edges within an hour, hours not rolled up yet, hours changed since. */
  raw: TimeRange[];
}

/** How far each grain is built, epoch ms (exclusive), and the hours whose calls changed since. */
export interface RollupProgress {
  hoursThroughMs: number;
  daysThroughMs: number;
  monthsThroughMs: number;
  /** Starts of hours below `hoursThroughMs` that are to be rebuilt, ascending. */
  dirtyHours: readonly number[];
  /** Calls before it are in the pre-aggregates alone, by whole hours; the start of one. */
  archivedBeforeMs: number;
}

/**
 * A range as it can be answered: where calls are archived it begins and ends on full UTC hours, the earlier one. Ranges that
 * adjoin go on doing so, and every call is in one of them.
 */
export function toAnswerable<Range extends TimeRange>(
  range: Range,
  { archivedBeforeMs }: RollupProgress,
): Range {
  const answerable = (ms: number): number => (ms < archivedBeforeMs ? floorTo(HOUR_MS, ms) : ms);
  return { ...range, fromMs: answerable(range.fromMs), toMs: answerable(range.toMs) };
}

/**
 * Splits a range into the coarsest buckets that lie whole within it, are built and are up to date, and the parts that
 * must be computed from the calls.
 *
 * @param range half-open, epoch ms
 */
export function coverRange(range: TimeRange, progress: RollupProgress): RangeCover {
  const closedFromMs = ceilTo(HOUR_MS, range.fromMs);
  const closedToMs = Math.min(floorTo(HOUR_MS, range.toMs), progress.hoursThroughMs);
  if (closedFromMs >= closedToMs) return { rollups: [], raw: nonEmpty([{ ...range }]) };

  const raw: TimeRange[] = [{ fromMs: range.fromMs, toMs: closedFromMs }];
  const rollups: RollupSegment[] = [];
  let cleanFromMs = closedFromMs;
  for (const dirtyMs of progress.dirtyHours) {
    if (dirtyMs < closedFromMs || dirtyMs >= closedToMs) continue;
    rollups.push(...coarsest({ fromMs: cleanFromMs, toMs: dirtyMs }, progress));
    raw.push({ fromMs: dirtyMs, toMs: dirtyMs + HOUR_MS });
    cleanFromMs = dirtyMs + HOUR_MS;
  }
  rollups.push(...coarsest({ fromMs: cleanFromMs, toMs: closedToMs }, progress));
  raw.push({ fromMs: closedToMs, toMs: range.toMs });
  return { rollups, raw: joinAdjacent(nonEmpty(raw)) };
}

/** Hours up to a whole day, days up to a whole month, months, days, hours. The range is on whole hours. */
function coarsest(range: TimeRange, progress: RollupProgress): RollupSegment[] {
  const daysFromMs = ceilTo(UTC_DAY_MS, range.fromMs);
  const daysToMs = floorTo(UTC_DAY_MS, Math.min(range.toMs, progress.daysThroughMs));
  if (daysFromMs >= daysToMs) return segments('hour', range);

  const days = { fromMs: daysFromMs, toMs: daysToMs };
  return [
    ...segments('hour', { fromMs: range.fromMs, toMs: daysFromMs }),
    ...daysAndMonths(days, progress),
    ...segments('hour', { fromMs: daysToMs, toMs: range.toMs }),
  ];
}

function daysAndMonths(days: TimeRange, progress: RollupProgress): RollupSegment[] {
  const firstMonthMs = floorToUtcMonth(days.fromMs);
  const monthsFromMs = firstMonthMs === days.fromMs ? firstMonthMs : nextUtcMonth(days.fromMs);
  const monthsToMs = floorToUtcMonth(Math.min(days.toMs, progress.monthsThroughMs));
  if (monthsFromMs >= monthsToMs) return segments('day', days);
  return [
    ...segments('day', { fromMs: days.fromMs, toMs: monthsFromMs }),
    ...segments('month', { fromMs: monthsFromMs, toMs: monthsToMs }),
    ...segments('day', { fromMs: monthsToMs, toMs: days.toMs }),
  ];
}

function segments(grain: Grain, range: TimeRange): RollupSegment[] {
  return range.fromMs < range.toMs ? [{ grain, ...range }] : [];
}

function nonEmpty(ranges: TimeRange[]): TimeRange[] {
  return ranges.filter((range) => range.fromMs < range.toMs);
}

function joinAdjacent(ranges: TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && last.toMs === range.fromMs) last.toMs = range.toMs;
    else joined.push({ ...range });
  }
  return joined;
}
