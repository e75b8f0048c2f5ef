import type { Formatters } from '../../format/intl-cache.js';
import {
  addDays,
  parseIsoDate,
  toCalendarDay,
  toIsoDate,
  type CalendarDay,
} from '../../format/zoned-day.js';
import { rangePanelMessages } from '../../locales/en/range-panel.js';
import type { MessageDefinition } from '../../locales/messages.js';
import { toUtcMs } from './month.view.js';

/** Longest range of the API by default, days. */
export const MAX_RANGE_DAYS = 400;

const DAY_MS = 86_400_000;

/** The two days of a custom range as `YYYY-MM-DD`; both are included. Empty or half a date while a person types. */
export interface CustomDays {
  from: string;
  to: string;
}

/**
 * The days of a range for the custom fields, in the viewer's zone.
 *
 * `resolved` is half-open, the fields are not: a range up to midnight ends with the day before.
 */
export function toCustomDays(
  formatters: Formatters,
  resolved: { from: string; to: string },
  timeZone: string,
): CustomDays {
  const day = (atMs: number): string => toIsoDate(toCalendarDay(formatters, atMs, timeZone));
  return { from: day(Date.parse(resolved.from)), to: day(Date.parse(resolved.to) - 1) };
}

/** What is wrong with two days; `null` when they are a range. */
export function checkCustomDays({ from, to }: CustomDays): MessageDefinition | null {
  const days = countDays({ from, to });
  if (days === null) return rangePanelMessages.rangeInvalid;
  return days > MAX_RANGE_DAYS ? rangePanelMessages.rangeTooLong : null;
}

/** How many days two days are, both included; `null` when they are no range. */
export function countDays({ from, to }: CustomDays): number | null {
  const first = parseIsoDate(from);
  const last = parseIsoDate(to);
  if (first === null || last === null || from > to) return null;
  return (toUtcMs(addDays(last, 1)) - toUtcMs(first)) / DAY_MS;
}

/** Where a day is in two days: their first, their last, both, between them, or outside of them. */
export function findPlace(
  day: CalendarDay,
  { from, to }: CustomDays,
): 'first' | 'last' | 'only' | 'between' | 'outside' {
  const text = toIsoDate(day);
  if (text === from) return from === to ? 'only' : 'first';
  if (text === to) return 'last';
  return from !== '' && from < text && text < to ? 'between' : 'outside';
}
