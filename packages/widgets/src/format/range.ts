import type { Formatters } from './intl-cache.js';
import type { RangeInput } from './range-input.js';
import { addDays, parseIsoDate, getStartOfDayMs, toCalendarDay } from './zoned-day.js';

const MINUTE_MS = 60_000;

/** A range as the API takes it: RFC 3339 instants, half-open. */
export interface ResolvedRange {
  from: string;
  to: string;
}

/** Days of a relative range, e.g. 30 for `last-30-days`; `null` for any other. */
export function getRelativeDays({ from, to }: RangeInput): number | null {
  const match = /^last-(\d{1,3})-days$/.exec(from);
  return match === null || to !== '' ? null : Number(match[1]);
}

/**
 * Resolves a range to instants.
 *
 * `from` is `last-N-days` (N calendar days in the zone, today included), a date `YYYY-MM-DD` (its first instant), an
 * RFC 3339 instant or epoch milliseconds. `to` is a date (its last day is included), an instant, or empty for now.
 * "Now" is the end of the running minute: elements that load in the same minute request the same range, so their
 * figures add up, and the newest call is inside.
 *
 * @returns `null` for an invalid range: a typo must not become another range
 */
export function resolveRange(
  formatters: Formatters,
  input: RangeInput,
  timeZone: string,
  nowMs: number,
): ResolvedRange | null {
  const days = getRelativeDays(input);
  const fromMs =
    days === null
      ? toInstantMs(formatters, input.from, timeZone, 0)
      : getStartOfDayMs(
          formatters,
          addDays(toCalendarDay(formatters, nowMs, timeZone), 1 - days),
          timeZone,
        );
  const endOfMinuteMs = (Math.floor(nowMs / MINUTE_MS) + 1) * MINUTE_MS;
  const toMs = input.to === '' ? endOfMinuteMs : toInstantMs(formatters, input.to, timeZone, 1);
  if (fromMs === null || toMs === null || fromMs >= toMs) return null;
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

function toInstantMs(
  formatters: Formatters,
  text: string,
  timeZone: string,
  addedDays: number,
): number | null {
  if (/^\d{10,}$/.test(text)) return Number(text);
  const date = parseIsoDate(text);
  if (date !== null) return getStartOfDayMs(formatters, addDays(date, addedDays), timeZone);
  const atMs = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? null : atMs;
}
