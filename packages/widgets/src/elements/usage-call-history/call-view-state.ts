import type { CallSort, SortOrder } from '@usage-kit/server-sdk/contract';
import { encodeText } from '../../client/serialize-query.js';
import { readSort, writeSort } from '../../controllers/view-state-controller.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { toCallFilters, type CallFilters } from './call-filters.js';

/** What a person chose in the call history. */
export interface CallView {
  filters: CallFilters;
  sortBy: CallSort;
  sortOrder: SortOrder;
  /** The call whose details are shown; `null`: none. */
  openId: string | null;
}

/** As texts: `model`, `status`, `type`, `sort` (`-duration`), `open` (an id). */
export function writeCallView(view: CallView): Record<string, string | undefined> {
  const { filters, sortBy, sortOrder, openId } = view;
  return {
    ...filters,
    sort: writeSort(sortBy, sortOrder, '-time'),
    open: openId === null ? undefined : encodeText(openId),
  };
}

/** From strings; unknown values are left out. */
export function readCallView(state: UsageViewState): CallView {
  // Links of before name several, which were opened in their rows; encoded, so that a comma is one between two.
  const open = (state['open'] ?? '').split(',').find((id) => id !== '');
  return {
    filters: toCallFilters(state),
    ...readSort<CallSort>(state['sort'], ['time', 'duration'], '-time'),
    openId: open === undefined ? null : decodeId(open),
  };
}

/** A link may be cut anywhere, also in the middle of an escape. */
function decodeId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
