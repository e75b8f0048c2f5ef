import type { Formatters } from './intl-cache.js';

/** Whole number with all its digits: `1,234,567`. */
export function formatCount(formatters: Formatters, value: number): string {
  return formatters.number({ maximumFractionDigits: 0 }).format(value);
}

/** Number short enough for a card: all digits up to 99,999, then `1.23M` (zh `123万`). */
export function formatCompact(formatters: Formatters, value: number): string {
  if (Math.abs(value) < 100_000) return formatCount(formatters, value);
  return formatters
    .number({ notation: 'compact', minimumSignificantDigits: 3, maximumSignificantDigits: 3 })
    .format(value);
}

/** Number with three digits from where the language has a short form: `88.1K` (zh `8.81万`), all digits below. */
export function formatShort(formatters: Formatters, value: number): string {
  return formatShortForm(formatters, value) ?? formatCount(formatters, value);
}

/** The short form of a number or decimal string; `null` below the smallest one. */
export function formatShortForm(
  formatters: Formatters,
  value: number | Intl.StringNumericLiteral,
): string | null {
  const parts = formatters
    .number({ notation: 'compact', minimumSignificantDigits: 3, maximumSignificantDigits: 3 })
    .formatToParts(value);
  const isShort = parts.some(({ type }) => type === 'compact');
  return isShort ? parts.map((part) => part.value).join('') : null;
}

const SMALLEST_SHOWN_RATIO = 0.001;

/** Ratio 0 to 1 as percent; one decimal, so that 99.96 % is not shown as a flawless 100 %, nor 0.04 % as nothing at all. */
export function formatRatio(formatters: Formatters, ratio: number): string {
  const floored = ratio < 1 ? Math.min(ratio, 1 - SMALLEST_SHOWN_RATIO) : ratio;
  const isTiny = ratio > 0 && ratio < SMALLEST_SHOWN_RATIO / 2;
  const text = formatters
    .number({
      style: 'percent',
      minimumFractionDigits: ratio === 1 || ratio === 0 ? 0 : 1,
      maximumFractionDigits: 1,
    })
    .format(isTiny ? SMALLEST_SHOWN_RATIO : floored);
  return isTiny ? `<${text}` : text;
}

/** Ratio 0 to 1 of what is left, rounded down: whole percent, one decimal near both ends, `<0.1%` for the least. */
export function formatPartLeft(formatters: Formatters, ratio: number): string {
  const isTiny = ratio > 0 && ratio < SMALLEST_SHOWN_RATIO;
  const steps = ratio < 0.1 || ratio > 0.99 ? 1_000 : 100;
  // A hair is added, because 0.57 of a hundred is 56.99999 for a computer.
  const floored = isTiny ? SMALLEST_SHOWN_RATIO : Math.floor(ratio * steps + 1e-9) / steps;
  const text = formatters.number({ style: 'percent', maximumFractionDigits: 1 }).format(floored);
  return isTiny ? `<${text}` : text;
}

/** Ratio 0 to 1 with four decimals, for the title that shows the exact figure. */
export function formatRatioExact(formatters: Formatters, ratio: number): string {
  return formatters.number({ style: 'percent', maximumFractionDigits: 4 }).format(ratio);
}
