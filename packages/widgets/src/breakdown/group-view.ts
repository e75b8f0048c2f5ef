import type { Project, TrendGroup, TrendGrouping, Trends } from '@usage-kit/server-sdk/contract';
import { SERIES_COLORS, type SeriesColor } from '../charts/chart-spec.js';
import { formatRatio } from '../format/number.js';
import { breakdownMessages } from '../locales/en/breakdown.js';
import type { Localizer } from '../locales/localizer.js';
import { toMetricFigure, toMetricNumber, type Figure, type Metric } from '../view-models/figure.js';
import { toProjectName } from '../view-models/project-name.js';
import { TYPE_LABELS } from '../view-models/type-labels.js';

/** A figure of a chart with its color. */
export interface DrawnMetric {
  metric: Metric;
  color: SeriesColor;
}

/** What a trend is broken down by, which figure of it is shown, and which groups are not. */
export interface Breakdown {
  /** `null`: it is compared only. */
  groupBy: TrendGrouping | null;
  metric: Metric;
  /** What the chart also has, besides the figure that is broken down. */
  others?: readonly DrawnMetric[];
  /** Places of groups in the list of the trend. */
  hidden: ReadonlySet<number>;
}

/** A group ready to show. */
export interface GroupView {
  /** Place in the list of the trend. */
  index: number;
  label: string;
  color: SeriesColor;
  isHidden: boolean;
  figure: Figure;
  /** Part of the whole range; empty for a figure that is no sum. */
  shareText: string;
}

/** Figures that add up: groups stand on one another. The others are lines. */
export function isSum(metric: Metric): boolean {
  return ['calls', 'tokens', 'credits', 'cost'].includes(metric);
}

/** The groups of a trend in its order; none where it is not broken down. */
export function toGroupViews(
  trends: Trends,
  { groupBy, metric, hidden }: Breakdown,
  localizer: Localizer,
): GroupView[] {
  const groups = trends.groups ?? [];
  if (groupBy === null) return [];
  const numbers = groups.map(({ totals }) => toMetricNumber(totals, metric));
  return groups.map((group, index) => ({
    index,
    label: toGroupLabel(group, groupBy, localizer),
    color: group.isOther ? 'other' : (SERIES_COLORS[index] ?? 'other'),
    isHidden: hidden.has(index),
    figure: toMetricFigure(localizer, group.totals, metric),
    shareText: isSum(metric) ? toShareText(localizer, numbers, index) : '',
  }));
}

/** Part of a sum as text; empty where it is not known, or there is nothing. */
export function toShareText(
  { formatters }: Localizer,
  parts: readonly (number | null)[],
  index: number,
): string {
  const whole = parts.reduce((sum: number, part) => sum + (part ?? 0), 0);
  const part = parts[index] ?? null;
  return part === null || whole <= 0 ? '' : formatRatio(formatters, part / whole);
}

function toGroupLabel(
  { key, name, isOther }: TrendGroup,
  groupBy: TrendGrouping,
  localizer: Localizer,
): string {
  const { t } = localizer;
  if (isOther) return t(breakdownMessages.groupOther);
  switch (groupBy) {
    case 'project':
      return toProjectName(localizer, { appDid: key, name } as Project);
    case 'provider':
      return name ?? (key === '' ? t(breakdownMessages.groupUnknownProvider) : key);
    case 'type': {
      const label = Object.entries(TYPE_LABELS).find(([type]) => type === key)?.[1];
      return label === undefined ? key : t(label);
    }
    case 'model':
      return key;
  }
}
