import type { Formatters } from './intl-cache.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A calendar date without a zone; `month` is 1 to 12. */
export interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

/** The date that an instant falls on in a zone. */
export function toCalendarDay(formatters: Formatters, atMs: number, timeZone: string): CalendarDay {
  const { year, month, day } = toFields(formatters, atMs, timeZone);
  return { year, month, day };
}

/** The date `days` later (earlier when negative), by the calendar: no zone, no 23-hour days. */
export function addDays(date: CalendarDay, days: number): CalendarDay {
  const moved = new Date(Date.UTC(date.year, date.month - 1, date.day + days));
  return {
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
  };
}

/**
 * First instant of a date in a zone, epoch ms.
 *
 * Where the clocks skip midnight it is the first minute that exists; where midnight comes twice it is the first one.
 */
export function getStartOfDayMs(
  formatters: Formatters,
  date: CalendarDay,
  timeZone: string,
): number {
  const wallMs = Date.UTC(date.year, date.month - 1, date.day);
  const candidates = [wallMs - DAY_MS, wallMs + DAY_MS].map(
    (probeMs) => wallMs - getOffsetMs(formatters, probeMs, timeZone),
  );
  const exact = candidates.filter(
    (atMs) => atMs + getOffsetMs(formatters, atMs, timeZone) === wallMs,
  );
  if (exact.length > 0) return Math.min(...exact);
  // Midnight does not exist: with the offset of the day before, its name is where the gap begins.
  return Math.max(...candidates);
}

/** `YYYY-MM-DD`, what `<input type="date">` reads and writes. */
export function toIsoDate({ year, month, day }: CalendarDay): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Reads `YYYY-MM-DD`; `null` for anything else, impossible dates included. */
export function parseIsoDate(text: string): CalendarDay | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return toIsoDate(addDays(date, 0)) === text ? date : null;
}

function getOffsetMs(formatters: Formatters, atMs: number, timeZone: string): number {
  const fields = toFields(formatters, atMs, timeZone);
  const wallMs = Date.UTC(fields.year, fields.month - 1, fields.day, fields.hour, fields.minute);
  // Fields have no seconds; zones of today differ from UTC by whole minutes.
  return wallMs - Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
}

function toFields(
  formatters: Formatters,
  atMs: number,
  timeZone: string,
): CalendarDay & { hour: number; minute: number } {
  const parts = formatters
    .date({
      calendar: 'iso8601',
      numberingSystem: 'latn',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
      timeZone,
    })
    .formatToParts(atMs);
  const field = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value);
  return {
    year: field('year'),
    month: field('month'),
    day: field('day'),
    hour: field('hour'),
    minute: field('minute'),
  };
}
