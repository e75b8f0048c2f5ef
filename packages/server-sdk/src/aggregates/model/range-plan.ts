import {
  HOUR_MS,
  UTC_DAY_MS,
  ceilTo,
  floorTo,
  floorToUtcMonth,
  nextUtcMonth,
} from '../../values/time.js';
import type { TimeRange } from '../../values/time.js';

/** Width of an aggregate's bucket, in UTC. */
export type Granularity = 'hour' | 'day' | 'month';

/** A day or a month: what is built from finer buckets, not from calls. */
export type CoarseGranularity = Exclude<Granularity, 'hour'>;

/** Buckets of one grain whose rows are to be read: starts in `[fromMs, toMs)`. */
export interface RollupSegment extends TimeRange {
  granularity: Granularity;
}

/** What to read so that every call of a range is counted exactly once. */
export interface RangePlan {
  rollups: RollupSegment[];
  /** Parts computed from the calls, ascending. */
  raw: TimeRange[];
}

/** How far a user's rows are, epoch ms, exclusive; `-Infinity` where there are none. */
export interface RollupProgress {
  hoursThroughMs: number;
  daysThroughMs: number;
  monthsThroughMs: number;
  /** Starts of hours whose calls changed since their rows were built, ascending. */
  dirtyHours: readonly number[];
  /** Calls before it are deleted, their rows are not; the start of an hour. */
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
 * Splits a range into the coarsest buckets that lie fully within it, are built and are up to date, and the parts that
 * must be computed from the calls: edges within an hour, hours that are not built, and hours whose calls changed since. Of
 * an archived hour both count, its rows and its calls: each of those came after the others were deleted.
 *
 * @param range half-open, epoch ms, as {@link toAnswerable} gives it
 */
export function planRange(range: TimeRange, progress: RollupProgress): RangePlan {
  const closedFromMs = ceilTo(HOUR_MS, range.fromMs);
  const closedToMs = Math.min(floorTo(HOUR_MS, range.toMs), progress.hoursThroughMs);
  if (closedFromMs >= closedToMs) return { rollups: [], raw: nonEmpty([{ ...range }]) };

  const raw: TimeRange[] = [{ fromMs: range.fromMs, toMs: closedFromMs }];
  const rollups: RollupSegment[] = [];
  let cleanFromMs = closedFromMs;
  for (const dirtyMs of instantsIn(progress.dirtyHours, closedFromMs, closedToMs)) {
    raw.push({ fromMs: dirtyMs, toMs: dirtyMs + HOUR_MS });
    if (dirtyMs < progress.archivedBeforeMs) continue;
    rollups.push(...coarsest({ fromMs: cleanFromMs, toMs: dirtyMs }, progress));
    cleanFromMs = dirtyMs + HOUR_MS;
  }
  rollups.push(...coarsest({ fromMs: cleanFromMs, toMs: closedToMs }, progress));
  raw.push({ fromMs: closedToMs, toMs: range.toMs });
  return { rollups, raw: joinRanges(nonEmpty(raw)) };
}

/** The same for models of one project, which have rows of days, and of hours only where calls are archived. */
export function planProjectModels(range: TimeRange, progress: RollupProgress): RangePlan {
  const { archivedBeforeMs } = progress;
  const plan = planRange(range, { ...progress, monthsThroughMs: Number.NEGATIVE_INFINITY });
  const rollups: RollupSegment[] = [];
  const raw = [...plan.raw];
  for (const { granularity: granularity, fromMs, toMs } of plan.rollups) {
    const rowsToMs =
      granularity === 'hour' ? Math.min(toMs, Math.max(fromMs, archivedBeforeMs)) : toMs;
    rollups.push(...segments(granularity, { fromMs, toMs: rowsToMs }));
    raw.push({ fromMs: rowsToMs, toMs });
  }
  raw.sort((a, b) => a.fromMs - b.fromMs);
  return { rollups, raw: joinRanges(nonEmpty(raw)) };
}

/** Ascending ranges, those that adjoin or overlap as one. */
export function joinRanges(ranges: readonly TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && range.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, range.toMs);
    else joined.push({ ...range });
  }
  return joined;
}

/** Those of ascending instants that are in `[fromMs, toMs)`: a trend asks for each of its ranges. */
function instantsIn(instants: readonly number[], fromMs: number, toMs: number): readonly number[] {
  return instants.slice(countBefore(instants, fromMs), countBefore(instants, toMs));
}

function countBefore(instants: readonly number[], ms: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? Infinity) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Hours up to a full day, days up to a full month, months, days, hours. The range is on full hours. */
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
  const throughMs = Math.min(days.toMs, progress.monthsThroughMs);
  if (throughMs <= days.fromMs) return segments('day', days);
  const firstMonthMs = floorToUtcMonth(days.fromMs);
  const monthsFromMs = firstMonthMs === days.fromMs ? firstMonthMs : nextUtcMonth(days.fromMs);
  const monthsToMs = floorToUtcMonth(throughMs);
  if (monthsFromMs >= monthsToMs) return segments('day', days);
  return [
    ...segments('day', { fromMs: days.fromMs, toMs: monthsFromMs }),
    ...segments('month', { fromMs: monthsFromMs, toMs: monthsToMs }),
    ...segments('day', { fromMs: monthsToMs, toMs: days.toMs }),
  ];
}

function segments(granularity: Granularity, range: TimeRange): RollupSegment[] {
  return range.fromMs < range.toMs ? [{ granularity: granularity, ...range }] : [];
}

function nonEmpty(ranges: TimeRange[]): TimeRange[] {
  return ranges.filter((range) => range.fromMs < range.toMs);
}
