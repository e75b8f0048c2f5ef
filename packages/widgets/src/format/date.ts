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

/** `10:32`, or with the day when the instant is not today. */
export function formatClock(
  formatters: Formatters,
  atMs: number,
  nowMs: number,
  timeZone: string,
): string {
  const day = formatters.date({ year: 'numeric', month: 'short', day: 'numeric', timeZone });
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const isToday = day.format(atMs) === day.format(nowMs);
  const date = isToday ? {} : ({ month: 'short', day: 'numeric' } as const);
  return formatters.date({ ...date, ...time, timeZone }).format(atMs);
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

/** Name of a trend's bucket as short as an axis needs; `more` distinguishes it from others that would have the same. */
export function formatBucket(
  formatters: Formatters,
  start: Instant,
  granularity: Granularity,
  timeZone: string,
  more: Pick<Intl.DateTimeFormatOptions, 'year' | 'timeZoneName'> = {},
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

const AGE_STEPS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** How long ago, in the coarsest unit that says something: `3 minutes ago`; `null` for less than one. */
export function formatAge(formatters: Formatters, ageMs: number): string | null {
  const seconds = Math.round(ageMs / 1000);
  const step = AGE_STEPS.find((candidate) => seconds >= candidate.seconds);
  if (step === undefined) return null;
  return formatters
    .relative({ numeric: 'always' })
    .format(-Math.floor(seconds / step.seconds), step.unit);
}

/** `America/New York`: holds all year, unlike an offset. */
export function formatTimeZoneName(timeZone: string): string {
  return timeZone.replaceAll('_', ' ');
}

/** `Asia/Shanghai (GMT+8)`: the zone's name and its offset at an instant, because both are what people check. */
export function formatTimeZone(formatters: Formatters, timeZone: string, atMs: number): string {
  const parts = formatters.date({ timeZone, timeZoneName: 'shortOffset' }).formatToParts(atMs);
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value;
  const name = formatTimeZoneName(timeZone);
  return offset === undefined || timeZone === 'UTC' || offset === name
    ? name
    : `${name} (${offset})`;
}
