import { html, nothing, type TemplateResult } from 'lit';
import { renderChartTable, type ChartTable } from '../charts/chart-table.js';
import type { Metric } from '../view-models/figure.js';
import { renderPager } from './pager.js';
import { toTrendTable, TREND_TABLE_ROWS, type TrendView } from '../view-models/trend-view.js';
import type { UsageElement } from '../base/usage-element.js';

/** The table of a trend, and where its reader is in it. */
export interface TrendTable {
  view: TrendView;
  caption: string;
  /** The figure that stands out; `null`: none does. */
  metric: Metric | null;
  page: number;
  onPage: (page: number) => void;
  /** Makes a page of the table, in place of one with all figures. */
  toTable?: ((page: number) => ChartTable) | undefined;
}

/** The numbers of a trend as a table, in pages where there are many. */
export function renderTrendTable(host: UsageElement, table: TrendTable): TemplateResult {
  const { localizer, settings } = host;
  const { view, caption, metric, onPage } = table;
  const total = view.rows.length;
  // A shorter range may have fewer pages than the reader had turned.
  const page = Math.min(table.page, Math.ceil(total / TREND_TABLE_ROWS));
  const rows =
    table.toTable?.(page) ??
    toTrendTable(view, { page, caption, metric }, localizer, settings.timeZone);
  return html`${renderChartTable(rows)}
  ${
    total <= TREND_TABLE_ROWS
      ? nothing
      : renderPager(localizer, { page, pageSize: TREND_TABLE_ROWS, total, onPage })
  }`;
}
