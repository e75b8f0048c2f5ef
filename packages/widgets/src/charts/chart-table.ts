import { html, nothing, type TemplateResult } from 'lit';
import { renderPendingRows } from '../templates/pending-rows.js';
import type { Figure } from '../view-models/figure.js';

/** The numbers of a chart as rows. */
export interface ChartTable {
  caption: string;
  /** Heading of the first column, then one for each figure. */
  headings: readonly string[];
  /** Index of the figure that stands out; `null`: none does. */
  chosen: number | null;
  rows: readonly ChartTableRow[];
}

/** Figures of a point, a group or a bar. */
export interface ChartTableRow {
  readonly label: string;
  readonly note: string;
  readonly figures: readonly Figure[];
}

/**
 * A real table of a chart's numbers; scrolls by itself and can be scrolled with the keyboard.
 *
 * @param pending how many rows follow in the next tasks; a `RowsController` reserves their space
 */
export function renderChartTable(table: ChartTable, pending = 0): TemplateResult {
  const { caption, headings, chosen, rows } = table;
  const toClass = (figure: number): string => `figure-cell${figure === chosen ? ' chosen' : ''}`;
  return html`<div
    class="chart-table"
    part="chart-table"
    role="group"
    aria-label=${caption}
    tabindex="0"
  >
    <table>
      <caption class="sr-only">
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${headings[0]}</th>
          ${headings
            .slice(1)
            .map(
              (heading, figure) =>
                html`<th
                  scope="col"
                  class=${toClass(figure)}
                  aria-current=${figure === chosen ? 'true' : nothing}
                >
                  ${heading}
                </th>`,
            )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ label, note, figures }) =>
            html`<tr>
              <th scope="row">${label} <span class="muted small">${note}</span></th>
              ${figures.map(
                ({ text, title }, figure) =>
                  html`<td class=${toClass(figure)} title=${title}>${text}</td>`,
              )}
            </tr>`,
        )}
        ${renderPendingRows(pending, headings.length)}
      </tbody>
    </table>
  </div>`;
}
