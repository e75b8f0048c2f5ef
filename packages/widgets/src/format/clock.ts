import type { Formatters } from './intl-cache.js';

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
