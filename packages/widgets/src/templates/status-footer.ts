import { html, type TemplateResult } from 'lit';
import type { QuerySource } from '../controllers/query-controller.js';
import { describeFreshness, renderProblem } from './freshness.js';
import type { DataHost } from './states.js';

/** The failure behind old data, in the card's padding, so that showing it shifts nothing. */
export function renderStatusFooter(host: DataHost, query: QuerySource<unknown>): TemplateResult {
  return html`<div class="foot status-foot" part="footer">${renderProblem(host, query)}</div>
    <span id="freshness" hidden>${describeFreshness(host, query)}</span>`;
}
