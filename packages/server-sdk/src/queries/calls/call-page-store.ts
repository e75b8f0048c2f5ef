import type { SortOrder } from '../../contract/query-params.js';
import { queryRow, queryRows } from '../../db/executor.js';
import { joinSql, sql, verbatim, type Sql } from '../../db/sql.js';
import type { Transaction } from '../../db/transaction.js';
import type { StoredCall } from '../../values/stored-call.js';
import type { TimeRange } from '../../values/time.js';
import { readDurationPage } from './call-duration-pages.js';
import {
  isOfProject,
  listConditions,
  selectWhere,
  type CallFilter,
  type CallSelection,
} from './call-filter.js';
import {
  isAfter,
  selectPage,
  toCall,
  type CallPageQuery,
  type CallPosition,
  type PageRow,
} from './call-page-rows.js';

/**
 * Reads a page of the user's calls, by key rather than by offset: page 500 takes as long as page 1.
 *
 * @throws StatementError when the database fails
 */
export async function readCallPage(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): Promise<StoredCall[]> {
  if (query.sortBy === 'duration') return readDurationPage(transaction, userDid, filter, query);
  const { foundBy = 'time' } = query;
  const projects =
    foundBy === 'time'
      ? transaction.calls.ofProject(filter.appDid)
      : [isOfProject(transaction, filter.appDid)];
  return readTimePage(transaction, userDid, { filter, projects }, { ...query, foundBy });
}

/** Which calls of a user a page has, without a project of its filter or with it. */
export interface TimePageSelection {
  filter: Omit<CallFilter, 'appDid'>;
  /** Conditions of the projects, exactly one of which each call fulfils. */
  projects: readonly Sql[];
}

/**
 * Reads a page of the user's calls in the order of time, of any projects.
 *
 * @throws StatementError when the database fails
 */
export async function readTimePage(
  transaction: Transaction,
  userDid: string,
  selection: TimePageSelection,
  query: CallPageQuery,
): Promise<StoredCall[]> {
  const page = selectTimePage(transaction, userDid, selection, query);
  const rows = await queryRows<PageRow>(transaction, page);
  return rows.map((row) => toCall(userDid, row));
}

/** Counts the user's calls that match; reads all of them, so only where they are known to be few. */
export async function countCalls(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
): Promise<number> {
  const project = isOfProject(transaction, filter.appDid);
  return countWhere(transaction, userDid, filter, project);
}

/** Counts the user's calls of a range and a project, each in an index: no more is read than that. */
export async function countInIndex(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
): Promise<number> {
  let calls = 0;
  // A call fulfils one condition.
  for (const project of transaction.calls.ofProject(filter.appDid)) {
    calls += await countWhere(transaction, userDid, filter, project);
  }
  return calls;
}

async function countWhere(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  project: Sql,
): Promise<number> {
  const foundBy = filter.ids ? 'id' : 'time';
  const conditions = listConditions(transaction, userDid, { filter, project, foundBy });
  const row = await queryRow<{ calls: number | string }>(
    transaction,
    selectWhere(transaction, 'count(*) as calls', conditions),
  );
  return Number(row?.calls ?? 0);
}

/** A query of a page. Of several conditions of the project, each has a select in the order of its index. */
function selectTimePage(
  transaction: Transaction,
  userDid: string,
  { filter, projects }: TimePageSelection,
  query: CallPageQuery,
): Sql {
  const foundBy = query.foundBy ?? 'time';
  const parts = projects.map((project) =>
    selectTimePart(transaction, userDid, { filter, project, foundBy }, query),
  );
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const union = parts.map(
    (part, index) => sql`select * from (${part}) as ${verbatim(`part_${index}`)}`,
  );
  const order = verbatim(`order by started_at_ms ${query.sortOrder}, id ${query.sortOrder}`);
  return sql`select * from (${joinSql(union, ' union all ')}) as parts ${order} limit ${query.limit}`;
}

function selectTimePart(
  transaction: Transaction,
  userDid: string,
  selection: CallSelection,
  { sortOrder, after, limit }: CallPageQuery,
): Sql {
  const { page, time, isOwn } = transaction.calls;
  const { filter, foundBy } = selection;
  // The position bounds the range itself: of two bounds a database may use the wider one for the index.
  const range = cutRangeAfter(filter.range, sortOrder, after);
  const conditions = listConditions(transaction, userDid, {
    ...selection,
    filter: { ...filter, range },
  });
  // A position without an id is the start of the range.
  if (after?.value != null && after.id !== null) {
    const position = { value: time.valueOf(after.value), id: after.id };
    const order = { column: time.exact, id: page.id, sortOrder };
    conditions.push(isAfter(order, position, time.parameter));
  }
  const startedAt = isOwn && foundBy !== 'time' ? `${time.column} + 0` : time.column;
  const order = `${startedAt} ${sortOrder}, ${page.id} ${sortOrder}`;
  return selectPage(transaction, conditions, order, limit);
}

/** The rest of a range after a position in the order by time, to the millisecond. */
export function cutRangeAfter(
  range: TimeRange,
  sortOrder: SortOrder,
  after: CallPosition | null,
): TimeRange {
  if (after?.value == null) return range;
  if (sortOrder === 'asc') {
    return { ...range, fromMs: Math.max(range.fromMs, Math.floor(after.value)) };
  }
  // A position without an id is the end of a span: no call at its instant is left.
  const endMs = after.id === null ? after.value : Math.floor(after.value) + 1;
  return { ...range, toMs: Math.min(range.toMs, endMs) };
}
