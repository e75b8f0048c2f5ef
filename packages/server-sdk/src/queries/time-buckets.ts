import { Temporal } from 'temporal-polyfill';
import type { Granularity } from '../contract/trends.js';
import {
  HOUR_MS,
  QUARTER_HOUR_MS,
  UTC_DAY_MS,
  floorTo,
  nextUtcMonth,
  type TimeRange,
} from '../values/time.js';

/**
 * The trend buckets of a range: local hours, days or months of an IANA zone, in order, without gap or overlap, cut to
 * the range. A local day has 23 to 25 hours on the days clocks change; a local hour starts on the local clock's full
 * hour, so in a zone on a half hour it does not start on a UTC hour.
 *
 * @param range half-open, not empty
 * @param timeZone a valid IANA name
 */
export function timeBuckets(
  range: TimeRange,
  granularity: Granularity,
  timeZone: string,
): TimeRange[] {
  const buckets: TimeRange[] = [];
  let fromMs = range.fromMs;
  while (fromMs < range.toMs) {
    const toMs = Math.min(getNextBoundary(fromMs, granularity, timeZone), range.toMs);
    buckets.push({ fromMs, toMs });
    fromMs = toMs;
  }
  return buckets;
}

/** The end of the local hour, day or month that an instant is in, epoch ms. */
export function getNextBoundary(
  instantMs: number,
  granularity: Granularity,
  timeZone: string,
): number {
  if (timeZone === 'UTC') return nextUtcBoundary(instantMs, granularity);
  switch (granularity) {
    case 'hour':
      return nextLocalHour(instantMs, timeZone);
    case 'day':
      return nextLocalDay(instantMs, timeZone, { days: 1 });
    case 'month':
      return nextLocalDay(instantMs, timeZone, { months: 1 });
  }
}

/** The local day that an instant is in, `[fromMs, toMs)`. */
export function getLocalDay(instantMs: number, timeZone: string): TimeRange {
  const date = zoned(instantMs, timeZone).toPlainDate();
  const fromMs = date.toZonedDateTime(timeZone).epochMilliseconds;
  return { fromMs, toMs: nextLocalDay(instantMs, timeZone, { days: 1 }) };
}

/** Without a calendar, because UTC never shifts its clock. */
function nextUtcBoundary(instantMs: number, granularity: Granularity): number {
  if (granularity === 'month') return nextUtcMonth(instantMs);
  const unitMs = granularity === 'hour' ? HOUR_MS : UTC_DAY_MS;
  return floorTo(unitMs, instantMs) + unitMs;
}

function nextLocalDay(
  instantMs: number,
  timeZone: string,
  step: { days: 1 } | { months: 1 },
): number {
  const date = zoned(instantMs, timeZone).toPlainDate();
  const first = 'months' in step ? date.with({ day: 1 }) : date;
  return first.add(step).toZonedDateTime(timeZone).epochMilliseconds;
}

/**
 * The next instant at which the local clock shows another hour. Where clocks change within it (Lord Howe shifts by half
 * an hour) the quarter hours are checked one by one: every zone in use is a multiple of 15 minutes from UTC.
 */
function nextLocalHour(instantMs: number, timeZone: string): number {
  const offsetMs = zoneOffsetMs(instantMs, timeZone);
  const usual = floorTo(HOUR_MS, instantMs + offsetMs) + HOUR_MS - offsetMs;
  if (zoneOffsetMs(usual, timeZone) === offsetMs) return usual;
  const hour = zoned(instantMs, timeZone).hour;
  let next = floorTo(QUARTER_HOUR_MS, instantMs) + QUARTER_HOUR_MS;
  while (zoned(next, timeZone).hour === hour && zoneOffsetMs(next, timeZone) === offsetMs) {
    next += QUARTER_HOUR_MS;
  }
  return next;
}

/** How far the local clock is ahead of UTC at an instant, ms. */
export function zoneOffsetMs(instantMs: number, timeZone: string): number {
  return zoned(instantMs, timeZone).offsetNanoseconds / 1e6;
}

function zoned(instantMs: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);
}
