import type { Trends } from '@usage-kit/server-sdk/contract';
import type { CartesianSpec, ChartSeries } from '../charts/chart-spec.js';
import { breakdownMessages } from '../locales/en/breakdown.js';
import type { Localizer } from '../locales/localizer.js';
import { toMetricNumber, type Metric } from '../view-models/figure.js';
import { toShownAmount } from '../view-models/money-figure.js';
import { toTrendValues } from '../view-models/trend-view.js';
import { isSum, toGroupViews, type Breakdown } from './group-view.js';

/**
 * The chart of a trend with its groups in place of its first series, and the period before as a dotted line.
 *
 * Sums are stacked bars, or areas where there are many points; the hidden ones are left out of the stack.
 *
 * @param spec the chart of the trend as it is without groups
 */
export function breakDownSpec(
  spec: CartesianSpec,
  trends: Trends,
  breakdown: Breakdown,
  localizer: Localizer,
): CartesianSpec {
  const { metric } = breakdown;
  const [first, ...others] = spec.series;
  if (first === undefined) return spec;
  const factor = readFactor(trends, metric, localizer);
  const groups = toGroupViews(trends, breakdown, localizer)
    .filter(({ isHidden }) => !isHidden)
    .map(({ index, label, color }): ChartSeries => {
      const values = toGroupValues(trends, index, metric, factor);
      return isSum(metric)
        ? { ...first, label, color, values, kind: 'bar', isFilled: true, isStacked: true }
        : { ...first, label, color, values, kind: 'line', isFilled: false };
    });
  const hasGroups = breakdown.groupBy !== null && trends.groups !== undefined;
  const series = [
    ...(hasGroups ? groups : [first]),
    // All of the period before next to some groups would be no comparison.
    ...(breakdown.hidden.size === 0 ? toPeriodBefore(trends, metric, factor, localizer) : []),
    // Lines over the colors of a stack cannot be distinguished; the tooltip has their figures.
    ...(hasGroups ? [] : others),
  ];
  return { ...spec, series, ...(hasGroups && metric === 'successRate' ? { leftMin: 0 } : {}) };
}

function toGroupValues(
  trends: Trends,
  index: number,
  metric: Metric,
  factor: number,
): (number | null)[] {
  const begun = toTrendValues(trends, 'calls');
  return trends.points.map(({ groups }, point) => {
    const totals = groups?.[index]?.totals;
    const value = totals && begun[point] !== null ? toMetricNumber(totals, metric) : null;
    return value === null ? null : value * factor;
  });
}

function toPeriodBefore(
  { previous }: Trends,
  metric: Metric,
  factor: number,
  { t }: Localizer,
): ChartSeries[] {
  if (!previous) return [];
  const values = previous.points.map(({ totals }) => {
    const value = toMetricNumber(totals, metric);
    return value === null ? null : value * factor;
  });
  const label = t(breakdownMessages.periodBefore);
  return [{ label, color: 'other', kind: 'line', axis: 'left', values, isDotted: true }];
}

/** What money is multiplied by for display. */
function readFactor({ points }: Trends, metric: Metric, localizer: Localizer): number {
  const currency: string | undefined = points[0]?.totals.currency;
  if (metric !== 'cost' || currency === undefined) return 1;
  return toShownAmount(localizer, currency).factor;
}
