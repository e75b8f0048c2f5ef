import { html, nothing, type TemplateResult } from 'lit';

/** The space of a table's rows that follow in the next tasks, which a `RowsController` makes as high as they will be. */
export function renderPendingRows(rows: number, columns: number): TemplateResult | typeof nothing {
  if (rows === 0) return nothing;
  // With a cell: what a table's row is painted with is seen in its cells only.
  return html`<tr class="pending" aria-hidden="true" data-rows=${rows}>
    <td colspan=${columns}></td>
  </tr>`;
}
