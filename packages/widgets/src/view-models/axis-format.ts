import { formatDurationTick } from '../format/duration.js';
import type { Localizer } from '../locales/localizer.js';
import type { Metric } from './figure.js';

/** How a figure is written on an axis. */
export function toAxisFormat(metric: Metric, { formatters }: Localizer): (value: number) => string {
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
      return (value) =>
        value < 10_000
          ? formatters.number({ maximumSignificantDigits: 3 }).format(value)
          : compact(value);
  }

  function compact(value: number): string {
    return formatters.number({ notation: 'compact', maximumSignificantDigits: 3 }).format(value);
  }
}
