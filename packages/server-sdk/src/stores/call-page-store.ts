import type { Knex } from 'knex';
import { PAGE_COLUMNS, type Sql } from '../db/call-source.js';
import type { StoredCall } from '../domain/stored-call.js';
import { pageByDuration } from './call-duration-pages.js';
import {
  anyProject,
  matchingCalls,
  type CallFilter,
  type CallQuery,
  type FoundBy,
} from './call-filter.js';
import type { SortOrder } from '../contract/index.js';
import type { TimeRange } from '../domain/time.js';
import {
  beyond,
  selectPage,
  toCall,
  toPageRow,
  type CallPageQuery,
  type CallPosition,
  type PageRow,
} from './call-page-rows.js';
import { callsOf, rowsOf, type PartOfStatement, type Transaction } from './transaction.js';

/** A page of the user's calls, by key rather than by offset: page 500 costs what page 1 costs. */
export async function readCallPage(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): Promise<StoredCall[]> {
  if (query.sortBy === 'duration') return pageByDuration(transaction, userDid, filter, query);
  const rows = rowsOf<PageRow>(await pageByTime(transaction, userDid, filter, query));
  return rows.map((row) => toCall(userDid, row));
}

/** A page of the order by time as one JSON text, newest or oldest first, to be read with other things in one statement. */
export function callPageSql(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): PartOfStatement {
  const { dialect } = transaction;
  const page = pageByTime(transaction, userDid, filter, query);
  return {
    sql: `(select ${dialect.jsonGroup(dialect.jsonArray(PAGE_COLUMNS))} from (?) as page_of_calls)`,
    bindings: [page],
  };
}

/** The calls of a text of {@link callPageSql}. */
export function decodeCallPage(userDid: string, text: string | null): StoredCall[] {
  const rows = text === null ? [] : (JSON.parse(text) as unknown[][]);
  return rows.map((values) => toCall(userDid, toPageRow(values)));
}

/** How many of the user's calls match; reads them, so only where they are known to be few. */
export async function countCalls(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
): Promise<number> {
  const foundBy = filter.ids ? 'id' : 'time';
  const project = anyProject(transaction, filter.appDid);
  const query = matchingCalls<PageRow>(transaction, userDid, filter, project, foundBy);
  const [row] = await query.count<{ count: number | string }[]>({ count: '*' });
  return Number(row?.count ?? 0);
}

/** A query for a page; of several parts, each in the order of its index, the first rows of all. */
function pageByTime(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): CallQuery<PageRow> | Knex.Raw {
  const foundBy = query.foundBy ?? 'time';
  const conditions =
    foundBy === 'time'
      ? callsOf(transaction).ofProject(filter.appDid)
      : [anyProject(transaction, filter.appDid)];
  const parts = conditions.map((project) =>
    partByTime(transaction, userDid, filter, query, project, foundBy),
  );
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const order = `order by started_at_ms ${query.sortOrder}, id ${query.sortOrder}`;
  return transaction.trx.raw(
    `select * from (${parts.map((_, index) => `select * from (?) as part_${index}`).join(' union all ')})
     as parts ${order} limit ?`,
    [...parts, query.limit],
  );
}

function partByTime(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  { sortOrder, after, limit }: CallPageQuery,
  project: Sql,
  foundBy: FoundBy,
): CallQuery<PageRow> {
  const { page, time, isOwn } = callsOf(transaction);
  // In the range itself: of two bounds a database may take the wider one for the index.
  const range = rangeAfter(filter.range, sortOrder, after);
  const rest = { ...filter, range };
  const query = matchingCalls<PageRow>(transaction, userDid, rest, project, foundBy);
  if (after?.value != null && after.id !== null) {
    const position = { value: time.valueOf(after.value), id: after.id };
    beyond(query, time.exact, page.id, sortOrder, position, time.parameter);
  }
  const startedAt = isOwn && foundBy !== 'time' ? `${time.column} + 0` : time.column;
  void query.orderByRaw(`${startedAt} ${sortOrder}, ${page.id} ${sortOrder}`).limit(limit);
  return selectPage(transaction, query);
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
  // A position without an id is where a piece ended, and has nothing at its own instant.
  const endMs = after.id === null ? after.value : Math.floor(after.value) + 1;
  return { ...range, toMs: Math.min(range.toMs, endMs) };
}
