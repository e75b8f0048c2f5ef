import { html, type TemplateResult } from 'lit';
import type { Figure } from '../internal/figure.js';

/** The numbers of a chart as rows. */
export interface ChartTable {
  caption: string;
  /** Heading of the first column, then one for each figure. */
  headings: readonly string[];
  rows: readonly { label: string; note: string; figures: readonly Figure[] }[];
}

/** A real table of a chart's numbers; scrolls by itself and can be scrolled with the keyboard. */
export function renderChartTable({ caption, headings, rows }: ChartTable): TemplateResult {
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
          ${headings.map(
            (heading, index) =>
              html`<th scope="col" class=${index === 0 ? '' : 'figure-cell'}>${heading}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ label, note, figures }) =>
            html`<tr>
              <th scope="row">${label} <span class="muted small">${note}</span></th>
              ${figures.map(
                ({ text, title }) => html`<td class="figure-cell" title=${title}>${text}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
