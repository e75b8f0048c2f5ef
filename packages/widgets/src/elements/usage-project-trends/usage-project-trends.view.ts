import type { CartesianSpec, SeriesColor } from '../../charts/chart-spec.js';
import { toAxisFormat } from '../../view-models/axis-format.js';
import { type Metric } from '../../view-models/figure.js';
import { toTrendAxis, toTrendValues, type TrendView } from '../../view-models/trend-view.js';
import type { Localizer } from '../../locales/localizer.js';
import { metricMessages } from '../../locales/en/metrics.js';

/** What is drawn, in which color. */
export const DRAWN = {
  calls: '1',
  averageDuration: '3',
  p95Duration: '2',
} as const satisfies Partial<Record<Metric, SeriesColor>>;

/** Calls as bars on the left axis, average and P95 duration as lines on the right one. */
export function toProjectTrendSpec(
  view: TrendView,
  localizer: Localizer,
  isRtl: boolean,
): CartesianSpec {
  const { t } = localizer;
  const { trends } = view;
  const line = (metric: 'averageDuration' | 'p95Duration'): CartesianSpec['series'][number] => ({
    label: t(metricMessages[metric]),
    color: DRAWN[metric],
    kind: 'line',
    axis: 'right',
    values: toTrendValues(trends, metric),
    isDotted: metric === 'p95Duration',
  });
  return {
    kind: 'cartesian',
    count: view.rows.length,
    ...toTrendAxis(view, localizer),
    series: [
      {
        label: t(metricMessages.calls),
        color: DRAWN.calls,
        kind: 'bar',
        axis: 'left',
        values: toTrendValues(trends, 'calls'),
      },
      line('averageDuration'),
      line('p95Duration'),
    ],
    unfinishedIndex: view.unfinishedIndex,
    formatLeft: toAxisFormat('calls', localizer),
    formatRight: toAxisFormat('averageDuration', localizer),
    isLeftCount: true,
    isRtl,
  };
}
