import type { Formatters } from '../../format/intl-cache.js';
import { addDays, toIsoDate, type CalendarDay } from '../../format/zoned-day.js';

const DAYS_A_WEEK = 7;
const MONDAY = 1;
/** 2026-11-22 is one. */
const SOME_SUNDAY = Date.UTC(2026, 10, 22);
const DAY_MS = 86_400_000;

/** A month of a year; `month` is 1 to 12. */
export interface CalendarMonth {
  year: number;
  month: number;
}

/** The month some months later, earlier when negative. */
export function addMonths({ year, month }: CalendarMonth, months: number): CalendarMonth {
  const count = year * 12 + month - 1 + months;
  return { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
}

/** Whether a month is before another. */
export const isBefore = (one: CalendarMonth, other: CalendarMonth): boolean =>
  toMonthCount(one) < toMonthCount(other);

/** The last month to show, of which `shown` end with `last` now, so that a day is among them. */
export function followDay(
  { year, month }: CalendarDay,
  last: CalendarMonth,
  shown: number,
): CalendarMonth {
  if (isBefore(last, { year, month })) return { year, month };
  const earliest = addMonths({ year, month }, shown - 1);
  return isBefore(earliest, last) ? earliest : last;
}

/** First day of a language's week: 0 is Sunday. Monday where the browser does not say. */
export function getFirstWeekday(locale: string): number {
  interface WeekInfo {
    firstDay: number;
  }
  // A method in the standard, a property in older browsers, nothing in others.
  const info = new Intl.Locale(locale) as { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  return (info.getWeekInfo?.() ?? info.weekInfo ?? { firstDay: MONDAY }).firstDay % DAYS_A_WEEK;
}

/** The weeks of a month; `null` for days of the months next to it. */
export function listWeeks(
  { year, month }: CalendarMonth,
  firstWeekday: number,
): (CalendarDay | null)[][] {
  const first = { year, month, day: 1 };
  const before = (getWeekday(first) - firstWeekday + DAYS_A_WEEK) % DAYS_A_WEEK;
  const length = addDays({ ...addMonths({ year, month }, 1), day: 1 }, -1).day;
  const days = Array.from(
    { length: Math.ceil((before + length) / DAYS_A_WEEK) * DAYS_A_WEEK },
    (_, at) =>
      at < before || at >= before + length ? null : { year, month, day: at - before + 1 },
  );
  return Array.from({ length: days.length / DAYS_A_WEEK }, (_, week) =>
    days.slice(week * DAYS_A_WEEK, (week + 1) * DAYS_A_WEEK),
  );
}

/** The day that a key leads to in a grid of days; `null` for any other key. */
export function moveDay(
  day: CalendarDay,
  key: string,
  firstWeekday: number,
  isRtl = false,
): CalendarDay | null {
  const inWeek = (getWeekday(day) - firstWeekday + DAYS_A_WEEK) % DAYS_A_WEEK;
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: isRtl ? 1 : -1,
    ArrowRight: isRtl ? -1 : 1,
    ArrowUp: -DAYS_A_WEEK,
    ArrowDown: DAYS_A_WEEK,
    Home: -inWeek,
    End: DAYS_A_WEEK - 1 - inWeek,
  };
  const step = steps[key];
  if (step !== undefined) return addDays(day, step);
  const months = { PageUp: -1, PageDown: 1 }[key];
  if (months === undefined) return null;
  const moved = addMonths(day, months);
  const lastDay = addDays({ ...addMonths(moved, 1), day: 1 }, -1).day;
  return { ...moved, day: Math.min(day.day, lastDay) };
}

/** Two days in order, whichever was chosen first. */
export function toOrdered(one: CalendarDay, other: CalendarDay): { from: string; to: string } {
  const [from = '', to = ''] = [toIsoDate(one), toIsoDate(other)].sort();
  return { from, to };
}

/** A day as an instant of UTC, for formats with `timeZone: 'UTC'`. */
export const toUtcMs = ({ year, month, day }: CalendarDay): number =>
  Date.UTC(year, month - 1, day);

/** Names of the days of a week, short and in full, in its order. */
export function listWeekdays(
  formatters: Formatters,
  firstWeekday: number,
): { short: string; long: string }[] {
  const name = (at: number, weekday: 'short' | 'long'): string =>
    formatters
      .date({ weekday, timeZone: 'UTC' })
      .format(SOME_SUNDAY + ((firstWeekday + at) % DAYS_A_WEEK) * DAY_MS);
  return Array.from({ length: DAYS_A_WEEK }, (_, at) => ({
    short: name(at, 'short').slice(0, 2),
    long: name(at, 'long'),
  }));
}

const toMonthCount = ({ year, month }: CalendarMonth): number => year * 12 + month;

const getWeekday = (day: CalendarDay): number => new Date(toUtcMs(day)).getUTCDay();
