import type { Totals } from '@usage-kit/server-sdk/contract';
import { formatCredits, formatCreditsShort } from '../format/credits.js';
import { formatMoney, formatMoneyShort } from '../format/money.js';
import { formatCount, formatShort } from '../format/number.js';
import type { Localizer } from '../locales/localizer.js';
import { toMoney, toMoneyFigure } from './money-figure.js';
import { toMetricFigure, toMetricNumber, METRICS, type Figure, type Metric } from './figure.js';

const MAX_IN_FULL = 9_999_999;

/**
 * Creates the function that formats a figure of a table's row.
 *
 * People compare down a column, so a column has one form: all digits, or short ones throughout where one is over 9,999,999.
 */
export function createFigureFormatter(
  localizer: Localizer,
  rows: readonly Totals[],
): (totals: Totals, metric: Metric) => Figure {
  const isShort = (metric: Metric): boolean =>
    rows.some((totals) => (toMetricNumber(totals, metric) ?? 0) > MAX_IN_FULL);
  const shortMetrics = new Set(METRICS.filter(isShort));
  return (totals, metric) => toTableFigure(localizer, totals, metric, shortMetrics.has(metric));
}

function toTableFigure(
  localizer: Localizer,
  totals: Totals,
  metric: Metric,
  isShort: boolean,
): Figure {
  const { formatters } = localizer;
  const { calls, totalTokens, credits } = totals;
  const figure = toMetricFigure(localizer, totals, metric);
  const count = isShort ? formatShort : formatCount;
  const amount = isShort ? formatCreditsShort : formatCredits;
  switch (metric) {
    case 'calls':
      return { ...figure, text: count(formatters, calls) };
    case 'tokens':
      return totalTokens === null ? figure : { ...figure, text: count(formatters, totalTokens) };
    case 'credits':
      return credits === null ? figure : { ...figure, text: amount(formatters, credits) };
    case 'cost': {
      const money = toMoney(totals.cost, totals.currency);
      if (money === null) return figure;
      const { text } = toMoneyFigure(localizer, money, isShort ? formatMoneyShort : formatMoney);
      return { ...figure, text };
    }
    default:
      return figure;
  }
}
