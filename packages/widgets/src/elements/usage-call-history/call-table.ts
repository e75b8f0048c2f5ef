import type { CallSort } from '@usage-kit/server-sdk/contract';
import { html, type TemplateResult } from 'lit';
import { formatCount } from '../../format/number.js';
import { callMessages } from '../../locales/en/calls.js';
import type { Localizer } from '../../locales/localizer.js';
import { renderDataTable, type DataTable } from '../../templates/data-table.js';
import type { CallFeed } from './call-feed.js';
import { renderNewCalls } from './call-notices.js';
import type { CallRow } from './usage-call-history.view.js';

/** The calls that are shown. */
export interface CallListView extends Pick<
  DataTable<CallRow, CallSort>,
  'rows' | 'pending' | 'columns' | 'sorting'
> {
  feed: CallFeed;
  /** The call in the drawer; `null`: none. */
  openId: string | null;
  /** Wider than its card may be: the table scrolls. */
  isWide: boolean;
  onOpen: (id: string) => void;
  onShowNew: () => unknown;
}

/** How many calls there are, those that wait, and the table. */
export function renderCallList(localizer: Localizer, list: CallListView): TemplateResult {
  const { t, formatters } = localizer;
  const { feed, openId, isWide, onOpen, onShowNew, ...table } = list;
  const known = feed.total ?? feed.items.length;
  const total = feed.total === null ? callMessages.callsSoFar : callMessages.callsTotal;
  const count = formatCount(formatters, known);
  return html`<div class="list-head">
      <span>${t(total, { count }, known)}</span>${renderNewCalls(localizer, feed, onShowNew)}
    </div>
    <div class=${isWide ? 'wide' : ''}>
      ${renderDataTable(localizer, {
        ...table,
        caption: t(callMessages.callHistory),
        getKey: ({ item }) => item.id,
        rowClass: ({ item: { status, id } }) =>
          `${status === 'failed' ? 'failed-row' : ''} ${id === openId ? 'open-row' : ''}`,
        onRowClick: ({ item }) => {
          onOpen(item.id);
        },
      })}
    </div>`;
}
