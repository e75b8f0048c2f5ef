import { HOUR_MS, UTC_DAY_MS, floorTo, type TimeRange } from '../values/time.js';
import { timeBuckets, zoneOffsetMs } from './time-buckets.js';

/** An hour of a range, and which hour of the week it is on the local clock. */
export interface WeekHour extends TimeRange {
  /** ISO 8601: 1 is Monday. */
  weekday: number;
  /** 0 to 23. */
  hour: number;
}

/** The local hours of a range, as a trend by hour has them. */
export function weekHours(range: TimeRange, timeZone: string): WeekHour[] {
  return timeBuckets(range, 'day', timeZone).flatMap((day) => {
    const offsetMs = zoneOffsetMs(day.fromMs, timeZone);
    // The calendar is asked twice a day, not for each hour: a year would hold the event loop for half a second.
    if (zoneOffsetMs(day.toMs - 1, timeZone) === offsetMs) return splitDay(day, offsetMs);
    return timeBuckets(day, 'hour', timeZone).map((bucket) =>
      toWeekHour(bucket, zoneOffsetMs(bucket.fromMs, timeZone)),
    );
  });
}

/** Hours of a day, or of a part of one, on which no clock changes. */
function splitDay({ fromMs, toMs }: TimeRange, offsetMs: number): WeekHour[] {
  const hours: WeekHour[] = [];
  let startMs = fromMs;
  while (startMs < toMs) {
    const nextMs = floorTo(HOUR_MS, startMs + offsetMs) + HOUR_MS - offsetMs;
    const endMs = Math.min(nextMs, toMs);
    hours.push(toWeekHour({ fromMs: startMs, toMs: endMs }, offsetMs));
    startMs = endMs;
  }
  return hours;
}

/** 1970 began on a Thursday: days from the Monday before it. */
const FIRST_MONDAY_MS = -3 * UTC_DAY_MS;
const WEEK_MS = 7 * UTC_DAY_MS;

function toWeekHour(bucket: TimeRange, offsetMs: number): WeekHour {
  const localMs = bucket.fromMs + offsetMs - FIRST_MONDAY_MS;
  const ofWeekMs = localMs - floorTo(WEEK_MS, localMs);
  return {
    ...bucket,
    weekday: Math.floor(ofWeekMs / UTC_DAY_MS) + 1,
    hour: Math.floor((ofWeekMs % UTC_DAY_MS) / HOUR_MS),
  };
}
