import { html, nothing, type TemplateResult } from 'lit';
import { renderChartTable, type ChartTable } from '../charts/chart-table.js';
import type { RowsController } from '../controllers/rows-controller.js';
import type { Localizer } from '../locales/localizer.js';
import { renderPager } from './pager.js';

/** Rows of a page of the table. */
const PAGE_ROWS = 100;
/** The table scrolls in the space of the chart: its rows are of one height, and no more of them are in view. */
const ROWS_IN_VIEW = 10;

/** Where the reader of a trend's table is in it. */
export interface TablePage {
  /** From 1. */
  page: number;
  onPage: (page: number) => void;
  /** Renders a page's rows a few per task. */
  rows: RowsController;
}

/** The numbers of a trend as a table, in pages where there are many. */
export function renderTrendTable(
  localizer: Localizer,
  table: ChartTable,
  { rows, onPage, ...chosen }: TablePage,
): TemplateResult {
  const total = table.rows.length;
  // A shorter range may have fewer pages than the reader had turned.
  const page = Math.min(chosen.page, Math.ceil(total / PAGE_ROWS));
  const first = (page - 1) * PAGE_ROWS;
  const { items, pending } = rows.reveal(
    table.rows.slice(first, first + PAGE_ROWS),
    (_, index) => `${page} ${index}`,
    ROWS_IN_VIEW,
  );
  return html`${renderChartTable({ ...table, rows: items }, pending)}
  ${
    total <= PAGE_ROWS
      ? nothing
      : renderPager(localizer, { page, pageSize: PAGE_ROWS, total, onPage })
  }`;
}
