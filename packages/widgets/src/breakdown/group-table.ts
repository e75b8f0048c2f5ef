import type { Totals, Trends } from '@usage-kit/server-sdk/contract';
import type { ChartTableRow } from '../charts/chart-table.js';
import { formatTimeZoneName } from '../format/clock.js';
import { breakdownMessages } from '../locales/en/breakdown.js';
import { trendMessages } from '../locales/en/trends.js';
import type { Localizer } from '../locales/localizer.js';
import { createFigureFormatter } from '../view-models/figure-formatter.js';
import { UNKNOWN_TEXT, type Figure } from '../view-models/figure.js';
import { LazyTableRow } from '../view-models/lazy-table-row.js';
import type { TrendView } from '../view-models/trend-view.js';
import { toGroupViews, type Breakdown } from './group-view.js';

/** A trend's figure by group, a row for each point: the total, every group, also hidden ones, and the period before. */
export function toGroupTableRows(
  trends: Trends,
  view: TrendView,
  breakdown: Breakdown,
  localizer: Localizer,
): readonly ChartTableRow[] {
  const groups = toGroupViews(trends, breakdown, localizer);
  const { points, previous } = trends;
  // A point's total is the largest of its row, and decides the form of the column.
  const format = createFigureFormatter(
    localizer,
    points.map(({ totals }) => totals),
  );
  const toCell = (totals: Totals | undefined): Figure =>
    totals === undefined ? { text: UNKNOWN_TEXT, title: '' } : format(totals, breakdown.metric);
  return view.rows.map(
    (row, index) =>
      new LazyTableRow(row, () => [
        toCell(row.totals),
        ...groups.map((group) => toCell(points[index]?.groups?.[group.index]?.totals)),
        ...(previous ? [toCell(previous.points[index]?.totals)] : []),
      ]),
  );
}

/** What the columns of {@link toGroupTableRows} are named, the one of the times first. */
export function toGroupHeadings(
  trends: Trends,
  breakdown: Breakdown,
  localizer: Localizer,
): readonly string[] {
  const { t } = localizer;
  return [
    `${t(trendMessages.trendBucket)} (${formatTimeZoneName(trends.range.timeZone)})`,
    t(breakdownMessages.groupTotal),
    ...toGroupViews(trends, breakdown, localizer).map(({ label }) => label),
    ...(trends.previous ? [t(breakdownMessages.periodBefore)] : []),
  ];
}
