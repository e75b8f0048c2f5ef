import type { Sql } from '../../db/sql.js';
import type { StoredCall } from '../../values/stored-call.js';
import { pageByDuration } from './call-duration-pages.js';
import { anyProject, matching, selectWhere, type CallFilter, type FoundBy } from './call-filter.js';
import type { SortOrder } from '../../contract/index.js';
import type { TimeRange } from '../../values/time.js';
import {
  beyond,
  readPage,
  selectPage,
  toCall,
  type CallPageQuery,
  type CallPosition,
} from './call-page-rows.js';
import { getCallSource, type Transaction } from '../../db/transaction.js';
import { toRows } from '../../db/executor.js';

/** A page of the user's calls, by key rather than by offset: page 500 costs what page 1 costs. */
export async function readCallPage(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): Promise<StoredCall[]> {
  if (query.sortBy === 'duration') return pageByDuration(transaction, userDid, filter, query);
  const rows = await readPage(transaction, pageByTime(transaction, userDid, filter, query));
  return rows.map((row) => toCall(userDid, row));
}

/** How many of the user's calls match; reads them, so only where they are known to be few. */
export async function countCalls(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
): Promise<number> {
  const foundBy = filter.ids ? 'id' : 'time';
  const project = anyProject(transaction, filter.appDid);
  const conditions = matching(transaction, userDid, filter, project, foundBy);
  const query = selectWhere(transaction, 'count(*) as calls', conditions);
  const [row] = toRows<{ calls: number | string }>(
    await transaction.trx.raw(query.sql, query.bindings),
  );
  return Number(row?.calls ?? 0);
}

/** A query for a page; of several parts, each in the order of its index, the first rows of all. */
function pageByTime(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): Sql {
  const foundBy = query.foundBy ?? 'time';
  const projects =
    foundBy === 'time'
      ? getCallSource(transaction).ofProject(filter.appDid)
      : [anyProject(transaction, filter.appDid)];
  const parts = projects.map((project) =>
    partByTime(transaction, userDid, filter, query, project, foundBy),
  );
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const union = parts.map(({ sql }, index) => `select * from (${sql}) as part_${index}`);
  const order = `order by started_at_ms ${query.sortOrder}, id ${query.sortOrder}`;
  return {
    sql: `select * from (${union.join(' union all ')}) as parts ${order} limit ?`,
    bindings: [...parts.flatMap(({ bindings }) => bindings), query.limit],
  };
}

function partByTime(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  { sortOrder, after, limit }: CallPageQuery,
  project: Sql,
  foundBy: FoundBy,
): Sql {
  const { page, time, isOwn } = getCallSource(transaction);
  // In the range itself: of two bounds a database may take the wider one for the index.
  const range = rangeAfter(filter.range, sortOrder, after);
  const conditions = matching(transaction, userDid, { ...filter, range }, project, foundBy);
  // A position without an id is where the range begins.
  if (after?.value != null && after.id !== null) {
    const position = { value: time.valueOf(after.value), id: after.id };
    conditions.push(beyond(time.exact, page.id, sortOrder, position, time.parameter));
  }
  const startedAt = isOwn && foundBy !== 'time' ? `${time.column} + 0` : time.column;
  const order = `${startedAt} ${sortOrder}, ${page.id} ${sortOrder}`;
  return selectPage(transaction, conditions, order, limit);
}

/** What of a range is left after a position in the order by time, to the millisecond. */
export function rangeAfter(
  range: TimeRange,
  sortOrder: SortOrder,
  after: CallPosition | null,
): TimeRange {
  if (after?.value == null) return range;
  if (sortOrder === 'asc') {
    return { ...range, fromMs: Math.max(range.fromMs, Math.floor(after.value)) };
  }
  // A position without an id is where a span ended, and has nothing at its own instant.
  const endMs = after.id === null ? after.value : Math.floor(after.value) + 1;
  return { ...range, toMs: Math.min(range.toMs, endMs) };
}
