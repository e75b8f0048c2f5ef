import type { StoredCall } from '../domain/stored-call.js';
import {
  anyProject,
  durationOf,
  matchingCalls,
  type CallFilter,
  type CallQuery,
} from './call-filter.js';
import {
  beyond,
  beyondId,
  selectPage,
  toCall,
  upTo,
  type CallPageQuery,
  type CallPosition,
  type PageRow,
} from './call-page-rows.js';
import { callsOf, numberOrNull, type Transaction } from './transaction.js';

/** A page of the order by duration. Calls without one come last in both directions, on every database. */
export async function pageByDuration(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): Promise<StoredCall[]> {
  const { after, until = null, limit } = query;
  const timed =
    after === null || after.value !== null
      ? await selectTimed(transaction, userDid, filter, query)
      : [];
  const isFull = timed.length === limit || (until !== null && until.value !== null);
  const rest = { ...query, limit: limit - timed.length };
  const untimed = isFull ? [] : await selectUntimed(transaction, userDid, filter, rest);
  return [...timed, ...untimed].map((row) => toCall(userDid, row));
}

function selectTimed(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): CallQuery<PageRow> {
  const { sortOrder, after, until = null, limit, foundBy = 'duration' } = query;
  const { page } = callsOf(transaction);
  const duration = durationOf(transaction, foundBy);
  const project = anyProject(transaction, filter.appDid);
  const rows = matchingCalls<PageRow>(transaction, userDid, filter, project, foundBy);
  void rows.whereRaw(`${duration} is not null`);
  if (after !== null) beyond(rows, duration, page.id, sortOrder, after);
  if (until !== null) upTo(rows, duration, page.id, sortOrder, until);
  void rows.orderByRaw(`${duration} ${sortOrder}, ${page.id} ${sortOrder}`).limit(limit);
  return selectPage(transaction, rows);
}

function selectUntimed(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): CallQuery<PageRow> {
  const { sortOrder, after, until = null, limit, foundBy = 'duration' } = query;
  const { page } = callsOf(transaction);
  const project = anyProject(transaction, filter.appDid);
  const rows = matchingCalls<PageRow>(transaction, userDid, filter, project, foundBy);
  void rows.whereRaw(`${durationOf(transaction, foundBy)} is null`);
  if (after?.value === null) beyondId(rows, page.id, sortOrder, after.id);
  if (until !== null) {
    void rows.whereRaw(`${page.id} ${sortOrder === 'asc' ? '<=' : '>='} ?`, [until.id ?? '']);
  }
  void rows.orderByRaw(`${page.id} ${sortOrder}`).limit(limit);
  return selectPage(transaction, rows);
}

/**
 * The position some calls further in the order by duration, whether they match or not.
 *
 * @returns `null` if there are not that many of those with a duration (or of those without, if `after` is one)
 */
export async function durationPositionAfter(
  transaction: Transaction,
  userDid: string,
  appDid: string,
  { sortOrder, after }: Pick<CallPageQuery, 'sortOrder' | 'after'>,
  calls: number,
): Promise<CallPosition | null> {
  const { page, table, ofUser } = callsOf(transaction);
  const [user, project] = [ofUser(userDid), anyProject(transaction, appDid)];
  const query = transaction
    .trx<PageRow, PageRow[]>(transaction.trx.raw(table) as unknown as string)
    .whereRaw(user.sql, user.bindings)
    .whereRaw(project.sql, project.bindings);
  const isTimed = after === null || after.value !== null;
  void query.whereRaw(`${page.duration_us} is ${isTimed ? 'not null' : 'null'}`);
  if (after !== null) {
    if (isTimed) beyond(query, page.duration_us, page.id, sortOrder, after);
    else beyondId(query, page.id, sortOrder, after.id);
  }
  const [row] = await query
    .orderByRaw(`${page.duration_us} ${sortOrder}, ${page.id} ${sortOrder}`)
    .offset(calls - 1)
    .limit(1)
    .select(['duration_us', 'id']);
  return row ? { value: numberOrNull(row.duration_us), id: String(row.id) } : null;
}
