import type { Formatters } from '../../format/intl-cache.js';
import type { RangeInput } from '../../format/range-input.js';
import { getRelativeDays, type ResolvedRange } from '../../format/range.js';

/** Days offered with one press. */
export const PRESET_DAYS = [7, 30, 90] as const;

/** Which preset a range is; `custom` for any other. */
export function findPreset(range: RangeInput): string {
  const days = getRelativeDays(range);
  return PRESET_DAYS.some((preset) => preset === days) ? String(days) : 'custom';
}

/** The days of a range in words, both included: “Nov 1 – 10, 2026”. */
export function formatDays(
  formatters: Formatters,
  { from, to }: ResolvedRange,
  timeZone: string,
): string {
  return formatters
    .date({ year: 'numeric', month: 'short', day: 'numeric', timeZone })
    .formatRange(Date.parse(from), Date.parse(to) - 1);
}
