import type { CallSort, SortOrder } from '@usage-kit/server-sdk/contract';
import { encodeText } from '../../client/serialize-query.js';
import { readSort, writeSort } from '../../controllers/view-state-controller.js';
import type { UsageViewState } from '../../events/usage-view-change.js';
import { CALL_COLUMNS, DEFAULT_COLUMNS, type CallColumn } from './call-columns.js';
import { toCallFilters, type CallFilters } from './call-filters.js';
import { VALUE_FILTERS, writeFilterValues } from '../../utils/filter-values.js';

/** What a person chose in the call history. */
export interface CallView {
  filters: CallFilters;
  sortBy: CallSort;
  sortOrder: SortOrder;
  columns: ReadonlySet<CallColumn>;
  /** The call whose details are shown; `null`: none. */
  openId: string | null;
}

/** As texts: `model`, `status`, `type` (with commas between values), `minDurationMs`, `search`, `sort` (`-duration`), `columns`, `open` (an id). */
export function writeCallView(view: CallView): Record<string, string | undefined> {
  const { filters, sortBy, sortOrder, columns, openId } = view;
  return {
    search: filters.search,
    ...Object.fromEntries(
      VALUE_FILTERS.map((filter) => [filter, writeFilterValues(filters[filter])]),
    ),
    minDurationMs: filters.minDurationMs?.toString(),
    sort: writeSort(sortBy, sortOrder, '-time'),
    columns: writeColumns(columns),
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
    columns: readColumns(state['columns']),
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

/** Whether the columns are those that are shown without a choice. */
export const areDefaultColumns = (columns: ReadonlySet<CallColumn>): boolean =>
  CALL_COLUMNS.every((column) => columns.has(column) === DEFAULT_COLUMNS.has(column));

/** `status` comes first, so that no other column is a text, too. */
function writeColumns(columns: ReadonlySet<CallColumn>): string | undefined {
  if (areDefaultColumns(columns)) return undefined;
  return ['status', ...CALL_COLUMNS.filter((column) => columns.has(column))].join(',');
}

/** A text without a known column is the default. */
function readColumns(text = ''): ReadonlySet<CallColumn> {
  const names = text.split(',');
  const columns = CALL_COLUMNS.filter((column) => names.includes(column));
  return columns.length === 0 && !names.includes('status') ? DEFAULT_COLUMNS : new Set(columns);
}
