import type { Granularity, Instant } from '@usage-kit/server-sdk/contract';
import { lookUp } from '../utils/look-up.js';
import type { Formatters } from './intl-cache.js';

/** `22 Nov 2026`, in the viewer's zone. */
export function formatDay(formatters: Formatters, instant: Instant, timeZone: string): string {
  return formatters
    .date({ year: 'numeric', month: 'short', day: 'numeric', timeZone })
    .format(new Date(instant));
}

/** `22 Nov, 10:32:05`: enough to find a call in a log; with the year where it is not that of `asOf`. */
export function formatInstant(
  formatters: Formatters,
  instant: Instant,
  timeZone: string,
  asOf: Instant,
): string {
  return formatters
    .date({
      ...toYearOption(formatters, instant, asOf, timeZone),
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZone,
    })
    .format(new Date(instant));
}

/** Date, time, milliseconds and zone, for titles. */
export function formatInstantExact(
  formatters: Formatters,
  instant: Instant,
  timeZone: string,
): string {
  return formatters
    .date({
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
      timeZoneName: 'short',
      timeZone,
    })
    .format(new Date(instant));
}

/** The year as part of a date that would else be the same in another year; nothing within one. */
export function toYearOption(
  formatters: Formatters,
  a: Instant,
  b: Instant,
  timeZone: string,
): { year?: 'numeric' } {
  const year = formatters.date({ year: 'numeric', timeZone });
  return year.format(new Date(a)) === year.format(new Date(b)) ? {} : { year: 'numeric' };
}

/** Name of a trend's bucket as short as an axis needs; the year or the zone's name distinguish it from others. */
export function formatBucket(
  formatters: Formatters,
  start: Instant,
  granularity: Granularity,
  {
    timeZone,
    ...more
  }: { timeZone: string } & Pick<Intl.DateTimeFormatOptions, 'year' | 'timeZoneName'>,
): string {
  const options: Record<Granularity, Intl.DateTimeFormatOptions> = {
    hour: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    day: { month: 'short', day: 'numeric' },
    month: { year: 'numeric', month: 'short' },
  };
  // A granularity that a newer server may know is shown by the day.
  const parts = lookUp(options, granularity) ?? options.day;
  return formatters.date({ ...parts, ...more, timeZone }).format(new Date(start));
}
