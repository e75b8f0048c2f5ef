import type { SortOrder } from '@usage-kit/server-sdk/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Localizer } from '../locales/localizer.js';
import * as icons from './icons.js';
import { renderPendingRows } from './pending-rows.js';
import { tableMessages } from '../locales/en/tables.js';

/** Height of a notice in place of a table, in rows: enough not to look lost, and on one screen. */
export const SPACER_ROWS = 10;

/** Rows of a skeleton. More take longer to lay out than the data; the space below them is only ruled. */
const MAX_SKELETON_ROWS = 12;

/** One column: its heading, its cells, and whether it can be sorted by. */
export interface Column<Row, Sort extends string> {
  id: string;
  label: string;
  /** What the heading does not say, e.g. the zone of its times. */
  title?: string;
  /** Figures line up at the end; everything else at the start. */
  isFigure?: boolean;
  /** The name the API sorts by; missing: not sortable. */
  sort?: Sort;
  /** On a narrow card the first column is the heading and needs no label. */
  isHeading?: boolean;
  cell: (row: Row) => unknown;
}

/** A table and what can be done with its rows. */
export interface DataTable<Row, Sort extends string> {
  caption: string;
  columns: readonly Column<Row, Sort>[];
  rows: readonly Row[];
  /** Rows that follow in the next tasks; a `RowsController` reserves their space. */
  pending: number;
  getKey: (row: Row) => string;
  sorting?: { by: Sort; order: SortOrder; onSort: (by: Sort, order: SortOrder) => void };
  rowClass?: (row: Row) => string;
  /** Pointer shortcut for the whole row; the row must hold a link or button that does the same. */
  onRowClick?: (row: Row, event: MouseEvent) => void;
  /** Opened content below a row; `nothing` while closed. */
  detail?: (row: Row) => unknown;
  /** How a row of a phone is shown in one line. */
  compact?: CompactRows<Row>;
}

/** Rows that show one figure where there is room for one, and all of them when a person asks. */
export interface CompactRows<Row> {
  /** Id of the column that is shown. */
  main: string;
  /** Name of a row, for its button. */
  getName: (row: Row) => string;
  isExpanded: (row: Row) => boolean;
  onToggle: (row: Row) => void;
}

/**
 * A table that turns into cards where it is narrow.
 *
 * Roles are written out: CSS that lays a row out as a card takes the implicit ones away. Rows are keyed, so focus
 * survives a refresh.
 */
export function renderDataTable<Row, Sort extends string>(
  localizer: Localizer,
  table: DataTable<Row, Sort>,
): TemplateResult {
  return html`${renderSortChoice(localizer, table)}
    <table role="table" part="table">
      <caption class="sr-only">
        ${table.caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${table.columns.map((column) => renderHeading(column, table))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(table.rows, table.getKey, (row) => renderRow(localizer, row, table))}
        ${renderPendingRows(table.pending, table.columns.length)}
      </tbody>
    </table>`;
}

function renderHeading<Row, Sort extends string>(
  column: Column<Row, Sort>,
  { sorting }: DataTable<Row, Sort>,
): TemplateResult {
  const { id, label, sort, isFigure = false } = column;
  const title = column.title ?? nothing;
  const className = `col-${id} ${isFigure ? 'figure-cell' : ''}`;
  if (sort === undefined || sorting === undefined) {
    return html`<th role="columnheader" scope="col" class=${className} title=${title}>
      ${label}
    </th>`;
  }
  const isSorted = sorting.by === sort;
  const ariaSort = !isSorted ? 'none' : sorting.order === 'asc' ? 'ascending' : 'descending';
  const onClick = (): void => {
    // First click on a figure shows the largest, on a text the first of the alphabet.
    const first: SortOrder = isFigure ? 'desc' : 'asc';
    const other: SortOrder = sorting.order === 'asc' ? 'desc' : 'asc';
    sorting.onSort(sort, isSorted ? other : first);
  };
  return html`<th
    role="columnheader"
    scope="col"
    class=${className}
    title=${title}
    aria-sort=${ariaSort}
  >
    <button type="button" class="sort ${isSorted ? 'sorted' : ''}" @click=${onClick}>
      ${label}<span class="sort-icon">${sorting.order === 'asc' ? icons.up() : icons.down()}</span>
    </button>
  </th>`;
}

function renderRow<Row, Sort extends string>(
  localizer: Localizer,
  row: Row,
  table: DataTable<Row, Sort>,
): TemplateResult {
  const detail = table.detail?.(row) ?? nothing;
  const { onRowClick } = table;
  const onClick =
    onRowClick === undefined
      ? nothing
      : (event: MouseEvent): void => {
          // A click on a link or button inside has its own effect; selecting text does not open the row.
          const isControl = event.composedPath().some(isControlElement);
          if (!isControl && !event.defaultPrevented) onRowClick(row, event);
        };
  return html`<tr
      role="row"
      part="row"
      class="${table.rowClass?.(row) ?? ''} ${onRowClick === undefined ? '' : 'clickable'} ${toCompactClass(table, row)}"
      @click=${onClick}
    >
      ${table.columns.map(
        ({ id, label, cell, isFigure = false, isHeading = false }) =>
          html`<td
            role="cell"
            class="col-${id} ${isFigure ? 'figure-cell' : ''} ${isHeading ? 'heading-cell' : ''} ${id === table.compact?.main ? 'main-cell' : ''}"
          >
            <span class="cell-label" aria-hidden="true">${label}</span>
            <span class="cell-value">${cell(row)}</span>
          </td>`,
      )}${renderExpand(localizer, row, table.compact)}
    </tr>
    ${
      detail === nothing
        ? nothing
        : html`<tr role="row" class="detail-row">
            <td role="cell" colspan=${table.columns.length}>${detail}</td>
          </tr>`
    }`;
}

function toCompactClass<Row, Sort extends string>(
  { compact }: DataTable<Row, Sort>,
  row: Row,
): string {
  if (compact === undefined) return '';
  return compact.isExpanded(row) ? 'compact expanded' : 'compact';
}

/** Shows the other figures of a row; hidden by CSS where all are shown. */
function renderExpand<Row>(
  { t }: Localizer,
  row: Row,
  compact: CompactRows<Row> | undefined,
): TemplateResult | typeof nothing {
  if (compact === undefined) return nothing;
  const isExpanded = compact.isExpanded(row);
  const message = isExpanded ? tableMessages.showLess : tableMessages.showMore;
  const label = t(message, { name: compact.getName(row) });
  return html`<td role="cell" class="expand-cell">
    <button
      type="button"
      class="button quiet icon"
      aria-expanded=${String(isExpanded)}
      aria-label=${label}
      title=${label}
      @click=${() => compact.onToggle(row)}
    >
      ${isExpanded ? icons.collapse() : icons.expand()}
    </button>
  </td>`;
}

function isControlElement(target: EventTarget): boolean {
  return target instanceof Element && target.matches('a, button, input, select, label');
}

/** Sorting for cards, which have no headings; hidden by CSS where the headings are shown. */
function renderSortChoice<Row, Sort extends string>(
  { t }: Localizer,
  { columns, sorting }: DataTable<Row, Sort>,
): TemplateResult | typeof nothing {
  if (sorting === undefined) return nothing;
  const onChange = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    const column = columns.find(({ sort }) => sort === value);
    if (column?.sort !== undefined) sorting.onSort(column.sort, column.isFigure ? 'desc' : 'asc');
  };
  const isAscending = sorting.order === 'asc';
  return html`<div class="sort-choice">
    <label
      >${t(tableMessages.sortBy)}
      <select class="select" @change=${onChange}>
        ${columns
          .filter(({ sort }) => sort !== undefined)
          .map(
            ({ sort, label }) =>
              html`<option value=${sort ?? ''} .selected=${sort === sorting.by}>${label}</option>`,
          )}
      </select></label
    >
    <button
      type="button"
      class="button icon"
      aria-label=${t(isAscending ? tableMessages.sortAscending : tableMessages.sortDescending)}
      title=${t(isAscending ? tableMessages.sortAscending : tableMessages.sortDescending)}
      @click=${() => sorting.onSort(sorting.by, isAscending ? 'desc' : 'asc')}
    >
      ${isAscending ? icons.up() : icons.down()}
    </button>
  </div>`;
}

/**
 * Placeholders of a table with as many rows, in its own columns and cards: of the same height, so that nothing below moves.
 * `isSortable` where the table offers its sorting above the cards, `main` where its rows are {@link CompactRows}.
 */
export function renderTableSkeleton(
  columns: readonly Pick<Column<never, string>, 'id' | 'sort' | 'isFigure' | 'isHeading'>[],
  rows: number,
  isSortable = false,
  main: string | null = null,
): TemplateResult {
  const placeholder = html`<span class="skeleton-block">&nbsp;</span>`;
  return html`${isSortable ? html`<div class="sort-choice">${placeholder}</div>` : nothing}
    <table role="presentation">
      <thead>
        <tr>
          ${columns.map(
            ({ id, sort, isFigure = false }) =>
              html`<td
                class="heading col-${id} ${isFigure ? 'figure-cell' : ''} ${sort === undefined ? '' : 'sortable'}"
              >
                ${placeholder}
              </td>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${Array.from(
          { length: Math.min(rows, MAX_SKELETON_ROWS) },
          () =>
            html`<tr class=${main === null ? '' : 'compact'}>
              ${columns.map(
                ({ id, isFigure = false, isHeading = false }) =>
                  html`<td
                    class="col-${id} ${isFigure ? 'figure-cell' : ''} ${isHeading ? 'heading-cell' : ''} ${id === main ? 'main-cell' : ''}"
                  >
                    <span class="cell-label">${placeholder}</span
                    ><span class="cell-value">${placeholder}</span>
                  </td>`,
              )}
            </tr>`,
        )}
        ${renderPendingRows(Math.max(rows - MAX_SKELETON_ROWS, 0), columns.length)}
      </tbody>
    </table>`;
}
