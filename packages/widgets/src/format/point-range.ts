import type { Granularity, TrendPoint } from '@usage-kit/server-sdk/contract';
import type { Formatters } from './intl-cache.js';
import type { RangeInput } from './range-input.js';
import { toCalendarDay, toIsoDate } from './zoned-day.js';

/** The range of a point of a trend: instants of an hour, else the first and the last day in the zone. */
export function toPointRange(
  formatters: Formatters,
  { start, end }: Pick<TrendPoint, 'start' | 'end'>,
  granularity: Granularity,
  timeZone: string,
): RangeInput {
  if (granularity === 'hour') return { from: start, to: end };
  const toDate = (ms: number): string => toIsoDate(toCalendarDay(formatters, ms, timeZone));
  return { from: toDate(Date.parse(start)), to: toDate(Date.parse(end) - 1) };
}
