import type { CartesianSpec } from '../../charts/chart-spec.js';
import { toAxisFormat } from '../../view-models/axis-format.js';
import type { Metric } from '../../view-models/figure.js';
import { toShownAmount } from '../../view-models/money-figure.js';
import { toTrendAxis, toTrendValues, type TrendView } from '../../view-models/trend-view.js';
import type { Localizer } from '../../locales/localizer.js';
import { metricMessages } from '../../locales/en/metrics.js';

/** Days offered by the element's own switch. */
export const TREND_DAYS = [7, 30, 90] as const;

/** The chart of one figure. */
export function toTrendSpec(
  view: TrendView,
  metric: Metric,
  localizer: Localizer,
  isRtl: boolean,
): CartesianSpec {
  const { trends } = view;
  const currency: string | undefined = trends.points[0]?.totals.currency;
  const money =
    metric === 'cost' && currency !== undefined ? toShownAmount(localizer, currency) : undefined;
  const format = toAxisFormat(metric, localizer, money?.currency);
  const values = toTrendValues(trends, metric).map((value) =>
    value === null ? null : value * (money?.factor ?? 1),
  );
  return {
    kind: 'cartesian',
    count: view.rows.length,
    ...toTrendAxis(view, localizer),
    series: [
      {
        label: localizer.t(metricMessages[metric]),
        color: '1',
        kind: 'line',
        axis: 'left',
        values,
        isFilled: metric !== 'successRate',
      },
    ],
    unfinishedIndex: view.unfinishedIndex,
    formatLeft: format,
    formatRight: format,
    ...(metric === 'successRate' ? toSuccessRateAxis(values) : {}),
    isLeftCount: metric === 'calls' || metric === 'tokens',
    isRtl,
  };
}

/** From the ten percent below the worst bucket: on an axis from zero, 99 % and 95 % are the same straight line. */
function toSuccessRateAxis(values: readonly (number | null)[]): {
  leftMin: number;
  leftMax: number;
} {
  const worst = Math.min(0.99, ...values.filter((value) => value !== null));
  return { leftMin: Math.floor(worst * 10) / 10, leftMax: 1 };
}
