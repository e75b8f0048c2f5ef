import { isInTimeRange } from '../db/call-source.js';
import { queryRows } from '../db/executor.js';
import { verbatim } from '../db/sql.js';
import type { Transaction } from '../db/transaction.js';
import { isAfter, selectPage, toCall, type PageRow } from '../queries/calls/call-page-rows.js';
import type { StoredCall } from '../values/stored-call.js';
import type { TimeRange } from '../values/time.js';

/** Calls that are read, priced and written together. */
export const CALLS_PER_PAGE = 1000;

/**
 * Reads a page of a user's calls that ended, in the order of their starts.
 *
 * @param after the last call of the page before; `null` for the first page
 * @throws StatementError when the database fails
 */
export async function readEndedCalls(
  transaction: Transaction,
  userDid: string,
  range: TimeRange,
  after: StoredCall | null,
): Promise<StoredCall[]> {
  const { calls } = transaction;
  const order = { column: 'started_at_ms', id: 'id', sortOrder: 'asc' } as const;
  const conditions = [
    calls.ofUser(userDid),
    isInTimeRange(calls, range),
    ...(after === null ? [] : [isAfter(order, { value: after.startedAtMs, id: after.id })]),
    verbatim(`status <> 'processing'`),
  ];
  const page = selectPage(transaction, conditions, 'started_at_ms, id', CALLS_PER_PAGE);
  return (await queryRows<PageRow>(transaction, page)).map((row) => toCall(userDid, row));
}
