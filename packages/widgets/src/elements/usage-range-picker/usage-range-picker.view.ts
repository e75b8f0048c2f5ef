import type { Formatters } from '../../format/intl-cache.js';
import { getRelativeDays, type RangeInput } from '../../format/range.js';
import { addDays, parseIsoDate, toCalendarDay, toIsoDate } from '../../format/zoned-day.js';
import type { MessageDefinition } from '../../locales/messages.js';
import { rangeMessages } from '../../locales/en/range.js';

/** Days offered with one press. */
export const PRESET_DAYS = [7, 30, 90] as const;

/** Longest range the API answers by default, days. */
export const MAX_RANGE_DAYS = 400;

const DAY_MS = 86_400_000;

/** The two days in the fields of a custom range; both are included. */
export interface CustomDays {
  from: string;
  to: string;
}

/** Which preset a range is; `custom` for any other. */
export function findPreset(range: RangeInput): string {
  const days = getRelativeDays(range);
  return PRESET_DAYS.some((preset) => preset === days) ? String(days) : 'custom';
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
  const first = parseIsoDate(from);
  const last = parseIsoDate(to);
  if (first === null || last === null || from > to) return rangeMessages.rangeInvalid;
  const after = addDays(last, 1);
  const days =
    (Date.UTC(after.year, after.month - 1, after.day) -
      Date.UTC(first.year, first.month - 1, first.day)) /
    DAY_MS;
  return days > MAX_RANGE_DAYS ? rangeMessages.rangeTooLong : null;
}
