import type { SortOrder } from '../../contract/index.js';
import type { StoredCall } from '../../values/stored-call.js';
import type { Sql } from '../../db/sql.js';
import {
  anyProject,
  selectDuration,
  matching,
  selectWhere,
  type CallFilter,
} from './call-filter.js';
import {
  beyond,
  readPage,
  selectPage,
  toCall,
  upTo,
  type CallPageQuery,
  type CallPosition,
  type PageRow,
} from './call-page-rows.js';
import { getCallSource, type Transaction } from '../../db/transaction.js';
import { numberOrNull, toRows } from '../../db/executor.js';

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
  const remaining = { ...query, limit: limit - timed.length };
  const untimed = isFull ? [] : await selectUntimed(transaction, userDid, filter, remaining);
  return [...timed, ...untimed].map((row) => toCall(userDid, row));
}

function selectTimed(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): Promise<PageRow[]> {
  const { sortOrder, after, until = null, limit, foundBy = 'duration' } = query;
  const { id } = getCallSource(transaction).page;
  const duration = selectDuration(transaction, foundBy);
  const project = anyProject(transaction, filter.appDid);
  const conditions = matching(transaction, userDid, filter, project, foundBy);
  conditions.push({ sql: `${duration} is not null`, bindings: [] });
  conditions.push(...isBeyond(duration, id, sortOrder, after));
  if (until !== null && until.value !== null) {
    conditions.push(upTo(duration, id, sortOrder, { value: until.value, id: until.id ?? '' }));
  }
  const order = `${duration} ${sortOrder}, ${id} ${sortOrder}`;
  return readPage(transaction, selectPage(transaction, conditions, order, limit));
}

function selectUntimed(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): Promise<PageRow[]> {
  const { sortOrder, after, until = null, limit, foundBy = 'duration' } = query;
  const { id } = getCallSource(transaction).page;
  const duration = selectDuration(transaction, foundBy);
  const project = anyProject(transaction, filter.appDid);
  const conditions = matching(transaction, userDid, filter, project, foundBy);
  conditions.push({ sql: `${duration} is null`, bindings: [] });
  if (after?.value === null) conditions.push(...isBeyond(duration, id, sortOrder, after));
  if (until !== null) {
    const operator = sortOrder === 'asc' ? '<=' : '>=';
    conditions.push({ sql: `${id} ${operator} ?`, bindings: [until.id ?? ''] });
  }
  return readPage(transaction, selectPage(transaction, conditions, `${id} ${sortOrder}`, limit));
}

/** What follows a position among the calls that have a duration, or among those that have none, if it is one of them. */
function isBeyond(
  duration: string,
  id: string,
  sortOrder: SortOrder,
  after: CallPosition | null,
): Sql[] {
  if (after === null) return [];
  if (after.value !== null) {
    return [beyond(duration, id, sortOrder, { value: after.value, id: after.id })];
  }
  if (after.id === null) return [];
  return [{ sql: `${id} ${sortOrder === 'asc' ? '>' : '<'} ?`, bindings: [after.id] }];
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
  const { page, ofUser } = getCallSource(transaction);
  const { id, duration_us: duration } = page;
  const isTimed = after === null || after.value !== null;
  const conditions = [
    ofUser(userDid),
    anyProject(transaction, appDid),
    { sql: `${duration} is ${isTimed ? 'not null' : 'null'}`, bindings: [] },
    ...isBeyond(duration, id, sortOrder, after),
  ];
  const query = selectWhere(transaction, `${duration} as duration_us, ${id} as id`, conditions, {
    sql: `order by ${duration} ${sortOrder}, ${id} ${sortOrder} limit 1 offset ?`,
    bindings: [calls - 1],
  });
  const [row] = toRows<Pick<PageRow, 'duration_us' | 'id'>>(
    await transaction.trx.raw(query.sql, query.bindings),
  );
  return row ? { value: numberOrNull(row.duration_us), id: String(row.id) } : null;
}
