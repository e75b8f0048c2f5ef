import type { Totals, Trends } from '@usage-kit/server-sdk/contract';
import type { ChartTable } from '../charts/chart-table.js';
import { formatTimeZoneName } from '../format/date.js';
import { breakdownMessages } from '../locales/en/breakdown.js';
import { trendMessages } from '../locales/en/trends.js';
import type { Localizer } from '../locales/localizer.js';
import { createFigureFormatter } from '../view-models/figure-formatter.js';
import { UNKNOWN_TEXT, type Figure } from '../view-models/figure.js';
import { TREND_TABLE_ROWS, type TrendView } from '../view-models/trend-view.js';
import { toGroupViews, type Breakdown } from './group-view.js';

/** A page of a trend's figure by group, from 1: the total, every group, also hidden ones, and the period before. */
export function toGroupTable(
  trends: Trends,
  view: TrendView,
  breakdown: Breakdown,
  { page, caption, localizer }: { page: number; caption: string; localizer: Localizer },
): ChartTable {
  const { t } = localizer;
  const first = (page - 1) * TREND_TABLE_ROWS;
  const groups = toGroupViews(trends, breakdown, localizer);
  const { previous } = trends;
  // A point's total is the largest of its row, and decides the form of the column.
  const format = createFigureFormatter(
    localizer,
    trends.points.map(({ totals }) => totals),
  );
  const toCell = (totals: Totals | undefined): Figure =>
    totals === undefined ? { text: UNKNOWN_TEXT, title: '' } : format(totals)[breakdown.metric];
  return {
    caption,
    headings: [
      `${t(trendMessages.trendBucket)} (${formatTimeZoneName(trends.range.timeZone)})`,
      t(breakdownMessages.groupTotal),
      ...groups.map(({ label }) => label),
      ...(previous ? [t(breakdownMessages.periodBefore)] : []),
    ],
    chosen: 0,
    rows: view.rows.slice(first, first + TREND_TABLE_ROWS).map(({ label, note, totals }, row) => ({
      label,
      note,
      figures: [
        toCell(totals),
        ...groups.map(({ index }) => toCell(trends.points[first + row]?.groups?.[index]?.totals)),
        ...(previous ? [toCell(previous.points[first + row]?.totals)] : []),
      ],
    })),
  };
}
