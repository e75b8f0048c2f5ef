import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../format/number.js';
import type { Localizer } from '../locales/localizer.js';
import * as icons from './icons.js';
import { tableMessages } from '../locales/en/tables.js';

/** Where a list is in its pages; `page` counts from 1. */
export interface Paging {
  page: number;
  pageSize: number;
  total: number;
  onPage: (page: number) => void;
}

/** "21–40 of 43" with buttons; the buttons go when everything fits on one page. */
export function renderPager({ t, formatters }: Localizer, paging: Paging): TemplateResult {
  const { page, pageSize, total, onPage } = paging;
  const from = Math.min((page - 1) * pageSize + 1, total);
  const to = Math.min(page * pageSize, total);
  const text = t(tableMessages.pageOf, {
    from: formatCount(formatters, from),
    to: formatCount(formatters, to),
    total: formatCount(formatters, total),
  });
  const button = (
    label: string,
    target: number,
    isEnabled: boolean,
    flip: string,
  ): TemplateResult =>
    html`<button
      type="button"
      class="button icon ${flip}"
      part="page-button"
      aria-label=${label}
      title=${label}
      ?disabled=${!isEnabled}
      @click=${() => onPage(target)}
    >
      ${icons.chevron()}
    </button>`;
  return html`<div class="pager" part="pager">
    <span role="status">${text}</span>
    ${
      total <= pageSize
        ? nothing
        : html`<span class="pager-buttons">
            ${button(t(tableMessages.previousPage), page - 1, page > 1, 'back')}
            ${button(t(tableMessages.nextPage), page + 1, to < total, 'forth')}
          </span>`
    }
  </div>`;
}
