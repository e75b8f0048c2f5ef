import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../format/number.js';
import * as icons from '../../templates/icons.js';
import type { Notice } from '../../templates/states.js';
import { callMessages } from '../../locales/en/calls.js';
import type { Localizer } from '../../locales/localizer.js';
import type { CallFeed } from './call-feed.js';
import { countFilters, type CallFilters } from './call-filters.js';

/** Why there is no call to see: none was made, or none matches the filters, which `onClear` takes away. */
export function toEmptyNotice({ t }: Localizer, filters: CallFilters, onClear: () => void): Notice {
  if (countFilters(filters) === 0) {
    return {
      icon: icons.empty(24),
      title: t(callMessages.callsEmptyTitle),
      text: t(callMessages.callsEmptyText),
    };
  }
  return {
    icon: icons.filter(),
    title: t(callMessages.callsNoMatchTitle),
    text: t(callMessages.callsNoMatchText),
    action: html`<button class="button" type="button" @click=${onClear}>
      ${t(callMessages.clearFilters)}
    </button>`,
  };
}

/** The button that shows the calls that came meanwhile; a status, so that it is read when it appears. */
export function renderNewCalls(
  { t, formatters }: Localizer,
  { newCount, latest }: CallFeed,
  onShow: () => unknown,
): TemplateResult {
  const hasMore = newCount === latest.items.length;
  const count = formatCount(formatters, newCount);
  const text = hasMore
    ? t(callMessages.manyNewCalls, { count })
    : t(callMessages.newCalls, { count }, newCount);
  return html`<span role="status"
    >${
      newCount === 0
        ? nothing
        : html`<button
            class="button primary new-calls"
            part="new-calls"
            type="button"
            @click=${onShow}
          >
            ${icons.up()}${text}
          </button>`
    }</span
  >`;
}
