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
  openIds: ReadonlySet<string>;
}

/** As texts: `model`, `status`, `type`, `sort` (`-duration`), `open` (ids). */
export function writeCallView(view: CallView): Record<string, string | undefined> {
  const { filters, sortBy, sortOrder, openIds } = view;
  return {
    ...filters,
    sort: writeSort(sortBy, sortOrder, '-time'),
    open: [...openIds].map(encodeText).join(','),
  };
}

/** From strings; unknown values are left out. */
export function readCallView(state: UsageViewState): CallView {
  const open = (state['open'] ?? '').split(',').filter((id) => id !== '');
  return {
    filters: toCallFilters(state),
    ...readSort<CallSort>(state['sort'], ['time', 'duration'], '-time'),
    openIds: new Set(open.map(decodeId)),
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
