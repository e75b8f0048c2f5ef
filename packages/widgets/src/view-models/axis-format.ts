import { formatDurationTick } from '../format/duration.js';
import { formatMoneyTick } from '../format/money.js';
import type { Localizer } from '../locales/localizer.js';
import type { Metric } from './figure.js';

/**
 * How a figure is written on an axis.
 * @param currency of money, as it is shown
 */
export function toAxisFormat(
  metric: Metric,
  { formatters }: Localizer,
  currency?: string,
): (value: number) => string {
  switch (metric) {
    case 'successRate':
      return (value) =>
        formatters.number({ style: 'percent', maximumFractionDigits: 1 }).format(value);
    case 'averageDuration':
    case 'p95Duration':
      return (value) => formatDurationTick(formatters, value);
    case 'calls':
    case 'tokens':
      return (value) => (value < 10_000 ? formatters.number({}).format(value) : compact(value));
    case 'credits':
      return amount;
    case 'cost':
      // An older server sends no currency, and no cost to draw.
      return currency === undefined
        ? amount
        : (value) => formatMoneyTick(formatters, value, currency);
  }

  function amount(value: number): string {
    return value < 10_000
      ? formatters.number({ maximumSignificantDigits: 3 }).format(value)
      : compact(value);
  }

  function compact(value: number): string {
    return formatters.number({ notation: 'compact', maximumSignificantDigits: 3 }).format(value);
  }
}
