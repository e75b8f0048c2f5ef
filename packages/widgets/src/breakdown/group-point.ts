import type { Totals, Trends } from '@usage-kit/server-sdk/contract';
import { html, type TemplateResult } from 'lit';
import type { SeriesColor } from '../charts/chart-spec.js';
import { formatBucket } from '../format/date.js';
import { breakdownMessages } from '../locales/en/breakdown.js';
import { metricMessages } from '../locales/en/metrics.js';
import type { Localizer } from '../locales/localizer.js';
import { toMetricFigure, toMetricNumber, type Metric } from '../view-models/figure.js';
import { isSum, toGroupViews, toShareText, type Breakdown } from './group-view.js';

/** A line of the tooltip: a group, the total, or the period before. */
interface PointLine {
  label: string;
  text: string;
  /** `null`: without a swatch. */
  color: SeriesColor | null;
  isStrong: boolean;
}

/** The figures of a point by group, then of all of it, then of the period before. */
function toPointLines(
  trends: Trends,
  point: number,
  breakdown: Breakdown,
  localizer: Localizer,
): PointLine[] {
  const { metric } = breakdown;
  const { t } = localizer;
  const found = trends.points[point];
  if (found === undefined) return [];
  const parts = (found.groups ?? []).map(({ totals }) => toMetricNumber(totals, metric));
  const groups = toGroupViews(trends, breakdown, localizer).flatMap(
    ({ index, label, color, isHidden }) => {
      const totals = found.groups?.[index]?.totals;
      // Of a point without calls of a group there is nothing to say.
      if (isHidden || totals === undefined || totals.calls === 0) return [];
      const value = toMetricFigure(localizer, totals, metric).text;
      const share = isSum(metric) ? toShareText(localizer, parts, index) : '';
      const text = share === '' ? value : t(breakdownMessages.groupShare, { value, share });
      return [{ label, text, color, isStrong: false }];
    },
  );
  const total = {
    label: breakdown.groupBy === null ? t(metricMessages[metric]) : t(breakdownMessages.groupTotal),
    text: toMetricFigure(localizer, found.totals, metric).text,
    color: breakdown.groupBy === null ? ('1' as const) : null,
    isStrong: true,
  };
  const others = (breakdown.others ?? []).map(({ metric: other, color }) => ({
    label: t(metricMessages[other]),
    text: toMetricFigure(localizer, found.totals, other).text,
    // Their lines are not drawn next to groups.
    color: breakdown.groupBy === null ? color : null,
    isStrong: false,
  }));
  return [...groups, total, ...toLineBefore(trends, point, metric, localizer), ...others];
}

function toLineBefore(
  { previous, points, granularity, range: { timeZone } }: Trends,
  point: number,
  metric: Metric,
  localizer: Localizer,
): PointLine[] {
  const before = previous?.points[point];
  const now = points[point]?.totals;
  if (before === undefined || now === undefined) return [];
  const { t, formatters } = localizer;
  const label = formatBucket(formatters, before.start, granularity, { timeZone });
  const value = toMetricFigure(localizer, before.totals, metric).text;
  const change = describeChange(localizer, now, before.totals, metric);
  return [
    {
      label: t(breakdownMessages.periodBeforeAt, { label }),
      text: change === null ? value : t(breakdownMessages.changeBy, { value, change }),
      color: 'other',
      isStrong: false,
    },
  ];
}

/** How much more or less than before, `+12 %`; `null` where either is not known, or there was nothing before. */
function describeChange(
  { formatters }: Localizer,
  now: Totals,
  before: Totals,
  metric: Metric,
): string | null {
  const [value, old] = [toMetricNumber(now, metric), toMetricNumber(before, metric)];
  if (value === null || old === null || old === 0) return null;
  return formatters
    .number({ style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' })
    .format((value - old) / old);
}

/** The lines of the tooltip of a point. */
export function renderPoint(
  localizer: Localizer,
  trends: Trends,
  point: number,
  breakdown: Breakdown,
): TemplateResult {
  return html`${toPointLines(trends, point, breakdown, localizer).map(
    ({ label, text, color, isStrong }) =>
      html`<div class="tooltip-row ${isStrong ? 'drawn' : ''}">
        <span class="swatch ${color === null ? 'none' : `series-${color}`}"></span>
        <span class="tooltip-label">${label}</span><span class="tooltip-value">${text}</span>
      </div>`,
  )}`;
}

/** A point for screen readers, after its name. */
export function describePoint(
  localizer: Localizer,
  trends: Trends,
  point: number,
  breakdown: Breakdown,
): string {
  return toPointLines(trends, point, breakdown, localizer)
    .map(({ label, text }) => `${label} ${text}`)
    .join(', ');
}
