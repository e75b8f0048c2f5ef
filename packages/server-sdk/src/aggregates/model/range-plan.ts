import {
  HOUR_MS,
  QUARTER_HOUR_MS,
  UTC_DAY_MS,
  ceilTo,
  floorTo,
  floorToUtcMonth,
  nextUtcMonth,
  type TimeRange,
} from '../../values/time.js';

/** Width of an aggregate's bucket, in UTC. */
export type Granularity = 'quarter' | 'hour' | 'day' | 'month';

/** Buckets of one granularity whose aggregates are to be read: starts in `[fromMs, toMs)`. */
export interface RollupSegment extends TimeRange {
  granularity: Granularity;
}

/** Which aggregates and calls to read so that every call of a range is counted exactly once. */
export interface RangePlan {
  rollups: RollupSegment[];
  /** Parts computed from the calls, ascending. */
  raw: TimeRange[];
}

/** Through which instants a user's aggregates are built, epoch ms, exclusive; `-Infinity` where none are. */
export interface RollupProgress {
  hoursThroughMs: number;
  daysThroughMs: number;
  monthsThroughMs: number;
  /** Starts of dirty hours, ascending. */
  dirtyHours: readonly number[];
  /** Calls before it are archived; the start of an hour. */
  archivedBeforeMs: number;
  /** Hours before it are also stored by quarter; the start of an hour. */
  quartersThroughMs: number;
}

/**
 * Moves the ends of a range that lie where calls are archived to the start of their quarter of an hour, because only aggregates
 * exist there. Days and hours of every zone begin on one. Adjoining ranges still adjoin, and every call is in one of them.
 */
export function alignToArchive<Range extends TimeRange>(
  range: Range,
  { archivedBeforeMs }: RollupProgress,
): Range {
  const align = (ms: number): number => (ms < archivedBeforeMs ? floorTo(QUARTER_HOUR_MS, ms) : ms);
  return { ...range, fromMs: align(range.fromMs), toMs: align(range.toMs) };
}

/**
 * Splits a range into the coarsest buckets that lie fully within it and are up to date, and the parts whose figures are
 * computed from calls: edges within an hour, hours that are not built, and dirty hours. Of an archived dirty hour both count,
 * the aggregates and the calls: the calls there are late ones, recorded after the others were archived.
 *
 * @param range half-open, epoch ms, as {@link alignToArchive} returns it
 * @see docs/adr/0038-plain-rows.md
 */
export function planRange(range: TimeRange, progress: RollupProgress): RangePlan {
  const closedFromMs = ceilTo(HOUR_MS, range.fromMs);
  const closedToMs = Math.min(floorTo(HOUR_MS, range.toMs), progress.hoursThroughMs);
  if (closedFromMs >= closedToMs) return planEdges(range, progress);

  const first = planEdge({ fromMs: range.fromMs, toMs: closedFromMs }, progress);
  const last = planEdges({ fromMs: closedToMs, toMs: range.toMs }, progress);
  const raw: TimeRange[] = [...first.raw];
  const rollups: RollupSegment[] = [...first.rollups];
  let cleanFromMs = closedFromMs;
  for (const dirtyMs of selectInstants(progress.dirtyHours, closedFromMs, closedToMs)) {
    raw.push({ fromMs: dirtyMs, toMs: dirtyMs + HOUR_MS });
    if (dirtyMs < progress.archivedBeforeMs) continue;
    rollups.push(...splitByGranularity({ fromMs: cleanFromMs, toMs: dirtyMs }, progress));
    cleanFromMs = dirtyMs + HOUR_MS;
  }
  rollups.push(...splitByGranularity({ fromMs: cleanFromMs, toMs: closedToMs }, progress));
  rollups.push(...last.rollups);
  raw.push(...last.raw);
  return { rollups, raw: joinRanges(omitEmpty(raw)) };
}

/** Plans a range without a full hour that is built, split where an hour begins. */
function planEdges({ fromMs, toMs }: TimeRange, progress: RollupProgress): RangePlan {
  const splitMs = Math.min(ceilTo(HOUR_MS, fromMs), toMs);
  const first = planEdge({ fromMs, toMs: splitMs }, progress);
  const last = planEdge({ fromMs: splitMs, toMs }, progress);
  return {
    rollups: [...first.rollups, ...last.rollups],
    raw: joinRanges([...first.raw, ...last.raw]),
  };
}

/** Plans a part of one hour, or what is not built: quarters where they are stored, and calls. */
function planEdge(edge: TimeRange, progress: RollupProgress): RangePlan {
  const { archivedBeforeMs, quartersThroughMs } = progress;
  const hourMs = floorTo(HOUR_MS, edge.fromMs);
  const isDirty = selectInstants(progress.dirtyHours, hourMs, hourMs + 1).length > 0;
  const isStored = hourMs < quartersThroughMs && (!isDirty || hourMs < archivedBeforeMs);
  const fromMs = ceilTo(QUARTER_HOUR_MS, edge.fromMs);
  const toMs = floorTo(QUARTER_HOUR_MS, edge.toMs);
  if (!isStored || fromMs >= toMs) return { rollups: [], raw: omitEmpty([{ ...edge }]) };
  const raw = isDirty
    ? [{ ...edge }]
    : omitEmpty([
        { fromMs: edge.fromMs, toMs: fromMs },
        { fromMs: toMs, toMs: edge.toMs },
      ]);
  return { rollups: [{ granularity: 'quarter', fromMs, toMs }], raw };
}

/** {@link planRange} for models of one project, which have aggregates of days, and of quarters where those are stored. */
export function planProjectModels(range: TimeRange, progress: RollupProgress): RangePlan {
  const { quartersThroughMs } = progress;
  const plan = planRange(range, { ...progress, monthsThroughMs: Number.NEGATIVE_INFINITY });
  const rollups: RollupSegment[] = [];
  const raw = [...plan.raw];
  for (const { granularity, fromMs, toMs } of plan.rollups) {
    if (granularity !== 'hour') {
      rollups.push({ granularity, fromMs, toMs });
      continue;
    }
    const rowsToMs = Math.min(toMs, Math.max(fromMs, quartersThroughMs));
    rollups.push(...toSegments('quarter', { fromMs, toMs: rowsToMs }));
    raw.push({ fromMs: rowsToMs, toMs });
  }
  raw.sort((a, b) => a.fromMs - b.fromMs);
  return { rollups, raw: joinRanges(omitEmpty(raw)) };
}

/** Joins those of ascending ranges that adjoin or overlap. */
export function joinRanges(ranges: readonly TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && range.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, range.toMs);
    else joined.push({ ...range });
  }
  return joined;
}

/** Those of ascending instants that are in `[fromMs, toMs)`, by binary search: a trend plans many ranges. */
function selectInstants(
  instants: readonly number[],
  fromMs: number,
  toMs: number,
): readonly number[] {
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

/** Hours up to a full day, days up to a full month, months, days, hours. @param range on full hours */
function splitByGranularity(range: TimeRange, progress: RollupProgress): RollupSegment[] {
  const daysFromMs = ceilTo(UTC_DAY_MS, range.fromMs);
  const daysToMs = floorTo(UTC_DAY_MS, Math.min(range.toMs, progress.daysThroughMs));
  if (daysFromMs >= daysToMs) return toSegments('hour', range);

  const days = { fromMs: daysFromMs, toMs: daysToMs };
  return [
    ...toSegments('hour', { fromMs: range.fromMs, toMs: daysFromMs }),
    ...splitDays(days, progress),
    ...toSegments('hour', { fromMs: daysToMs, toMs: range.toMs }),
  ];
}

function splitDays(days: TimeRange, progress: RollupProgress): RollupSegment[] {
  const throughMs = Math.min(days.toMs, progress.monthsThroughMs);
  if (throughMs <= days.fromMs) return toSegments('day', days);
  const firstMonthMs = floorToUtcMonth(days.fromMs);
  const monthsFromMs = firstMonthMs === days.fromMs ? firstMonthMs : nextUtcMonth(days.fromMs);
  const monthsToMs = floorToUtcMonth(throughMs);
  if (monthsFromMs >= monthsToMs) return toSegments('day', days);
  return [
    ...toSegments('day', { fromMs: days.fromMs, toMs: monthsFromMs }),
    ...toSegments('month', { fromMs: monthsFromMs, toMs: monthsToMs }),
    ...toSegments('day', { fromMs: monthsToMs, toMs: days.toMs }),
  ];
}

function toSegments(granularity: Granularity, range: TimeRange): RollupSegment[] {
  return range.fromMs < range.toMs ? [{ granularity, ...range }] : [];
}

function omitEmpty(ranges: TimeRange[]): TimeRange[] {
  return ranges.filter((range) => range.fromMs < range.toMs);
}
