import type { Formatters } from './intl-cache.js';

/** Duration for reading: `840ms`, `1.24s`, `2.5m`, in the locale's narrow units. */
export function formatDuration(formatters: Formatters, durationMs: number): string {
  const { value, unit, digits } = toUnit(durationMs);
  return formatters
    .number({
      style: 'unit',
      unit,
      unitDisplay: 'narrow',
      maximumFractionDigits: digits,
      minimumFractionDigits: digits,
    })
    .format(value);
}

/** Duration on an axis: as short as it can be, `2s` and not `2.00s`; zero has no unit. */
export function formatDurationTick(formatters: Formatters, durationMs: number): string {
  if (durationMs === 0) return formatters.number({}).format(0);
  const { value, unit } = toUnit(durationMs);
  return formatters
    .number({ style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: 1 })
    .format(value);
}

/** Duration in whole milliseconds, for the title that shows the exact figure. */
export function formatDurationExact(formatters: Formatters, durationMs: number): string {
  return formatters
    .number({ style: 'unit', unit: 'millisecond', unitDisplay: 'narrow', maximumFractionDigits: 0 })
    .format(durationMs);
}

function toUnit(durationMs: number): { value: number; unit: string; digits: number } {
  if (durationMs < 999.5) return { value: durationMs, unit: 'millisecond', digits: 0 };
  if (durationMs < 99_995) return { value: durationMs / 1000, unit: 'second', digits: 2 };
  if (durationMs < 3_600_000) return { value: durationMs / 60_000, unit: 'minute', digits: 1 };
  return { value: durationMs / 3_600_000, unit: 'hour', digits: 1 };
}
