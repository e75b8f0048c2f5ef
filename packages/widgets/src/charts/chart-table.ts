import { html, nothing, type TemplateResult } from 'lit';
import type { Figure } from '../view-models/figure.js';

/** The numbers of a chart as rows. */
export interface ChartTable {
  caption: string;
  /** Heading of the first column, then one for each figure. */
  headings: readonly string[];
  /** Index of the figure that stands out; `null`: none does. */
  chosen: number | null;
  rows: readonly { label: string; note: string; figures: readonly Figure[] }[];
}

/** A real table of a chart's numbers; scrolls by itself and can be scrolled with the keyboard. */
export function renderChartTable(table: ChartTable): TemplateResult {
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
      </tbody>
    </table>
  </div>`;
}
