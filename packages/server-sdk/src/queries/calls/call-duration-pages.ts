import { numberOrNull, queryRow, queryRows } from '../../db/executor.js';
import { sql, verbatim, type Sql } from '../../db/sql.js';
import type { Transaction } from '../../db/transaction.js';
import type { StoredCall } from '../../values/stored-call.js';
import {
  isOfProject,
  listConditions,
  selectDuration,
  selectWhere,
  type CallFilter,
} from './call-filter.js';
import {
  isAfter,
  isUpTo,
  selectPage,
  toCall,
  type CallOrder,
  type CallPageQuery,
  type CallPosition,
  type PageRow,
} from './call-page-rows.js';

/** Reads a page of the order by duration. Calls without one come last in both directions, on every database. */
export async function readDurationPage(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): Promise<StoredCall[]> {
  const { after, until = null, limit } = query;
  const select = (isTimed: boolean, count: number): Promise<PageRow[]> => {
    const conditions = [
      ...listConditions(transaction, userDid, {
        filter,
        project: isOfProject(transaction, filter.appDid),
        foundBy: query.foundBy ?? 'duration',
      }),
      ...(isTimed ? listTimedConditions : listUntimedConditions)(transaction, query),
    ];
    const { column, id, sortOrder } = getOrder(transaction, query);
    const order = `${isTimed ? `${column} ${sortOrder}, ` : ''}${id} ${sortOrder}`;
    return queryRows(transaction, selectPage(transaction, conditions, order, count));
  };
  const timed = after === null || after.value !== null ? await select(true, limit) : [];
  const isFull = timed.length === limit || (until !== null && until.value !== null);
  const untimed = isFull ? [] : await select(false, limit - timed.length);
  return [...timed, ...untimed].map((row) => toCall(userDid, row));
}

function getOrder(
  transaction: Transaction,
  { sortOrder, foundBy = 'duration' }: Pick<CallPageQuery, 'sortOrder' | 'foundBy'>,
): CallOrder {
  const { id } = transaction.calls.page;
  return { column: selectDuration(transaction, foundBy), id, sortOrder };
}

/** Conditions of a page's calls that have a duration. */
function listTimedConditions(transaction: Transaction, query: CallPageQuery): Sql[] {
  const { after, until = null } = query;
  const order = getOrder(transaction, query);
  const conditions = [verbatim(`${order.column} is not null`), ...listAfter(order, after)];
  if (until !== null && until.value !== null) {
    conditions.push(isUpTo(order, { value: until.value, id: until.id ?? '' }));
  }
  return conditions;
}

/** Conditions of a page's calls that have no duration. */
function listUntimedConditions(transaction: Transaction, query: CallPageQuery): Sql[] {
  const { after, until = null } = query;
  const order = getOrder(transaction, query);
  const conditions = [verbatim(`${order.column} is null`)];
  if (after?.value === null) conditions.push(...listAfter(order, after));
  if (until !== null) {
    const operator = order.sortOrder === 'asc' ? '<=' : '>=';
    conditions.push(sql`${verbatim(`${order.id} ${operator}`)} ${until.id ?? ''}`);
  }
  return conditions;
}

/** The condition that a call comes after a position, among the calls that have a duration or among those that have none. */
function listAfter(order: CallOrder, after: CallPosition | null): Sql[] {
  if (after === null) return [];
  if (after.value !== null) return [isAfter(order, { value: after.value, id: after.id })];
  if (after.id === null) return [];
  const operator = order.sortOrder === 'asc' ? '>' : '<';
  return [sql`${verbatim(`${order.id} ${operator}`)} ${after.id}`];
}

/**
 * Finds the position some calls further in the order by duration, whether they match a filter or not.
 *
 * @param position the project, the order, and the position to start after
 * @returns `null` if fewer calls with a duration follow (or without one, if `after` has none)
 */
export async function findDurationPosition(
  transaction: Transaction,
  userDid: string,
  position: Pick<CallPageQuery, 'sortOrder' | 'after'> & { appDid: string },
  calls: number,
): Promise<CallPosition | null> {
  const { appDid, sortOrder, after } = position;
  const order = getOrder(transaction, { sortOrder });
  const { column, id } = order;
  const isTimed = after === null || after.value !== null;
  const conditions = [
    transaction.calls.ofUser(userDid),
    isOfProject(transaction, appDid),
    verbatim(`${column} is ${isTimed ? 'not null' : 'null'}`),
    ...listAfter(order, after),
  ];
  const end = verbatim(`order by ${column} ${sortOrder}, ${id} ${sortOrder} limit 1 offset`);
  const row = await queryRow<Pick<PageRow, 'duration_us' | 'id'>>(
    transaction,
    selectWhere(
      transaction,
      `${column} as duration_us, ${id} as id`,
      conditions,
      sql`${end} ${calls - 1}`,
    ),
  );
  return row ? { value: numberOrNull(row.duration_us), id: String(row.id) } : null;
}
