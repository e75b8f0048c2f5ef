import type { RangeCover, RollupProgress } from './range-cover.js';
import { HOUR_MS, ceilTo, floorTo, type TimeRange } from './time.js';

/** The parts of ranges that are computed from calls, as the whole hours they are in. */
export interface RawHours {
  /** Starts of hours that are built and unchanged, which a range cuts through. */
  closed: number[];
  /** Hours that are not built, or changed since; neighbours as one. */
  live: TimeRange[];
  /** Whether all calls that started in between, both included, are counted from the calls. @param lastMs at one instant without */
  includes(firstMs: number, lastMs?: number): boolean;
}

/**
 * Hours rather than the parts themselves: what was read of an hour serves every range that cuts through it elsewhere, as that
 * of a page which shows the last 30 days does at each poll.
 */
export function rawHoursOf(covers: readonly RangeCover[], progress: RollupProgress): RawHours {
  const parts = joinRanges(covers.flatMap(({ raw }) => raw));
  const dirty = new Set(progress.dirtyHours);
  const closed = new Set<number>();
  const live: TimeRange[] = [];
  for (const { fromMs, toMs } of parts) {
    let atMs = floorTo(HOUR_MS, fromMs);
    for (; atMs < Math.min(toMs, progress.hoursThroughMs); atMs += HOUR_MS) {
      if (dirty.has(atMs)) live.push({ fromMs: atMs, toMs: atMs + HOUR_MS });
      else closed.add(atMs);
    }
    if (atMs < toMs) live.push({ fromMs: atMs, toMs: ceilTo(HOUR_MS, toMs) });
  }
  return {
    closed: [...closed],
    live: joinRanges(live),
    includes: (firstMs, lastMs = firstMs) =>
      parts.some(({ fromMs, toMs }) => firstMs >= fromMs && lastMs < toMs),
  };
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
