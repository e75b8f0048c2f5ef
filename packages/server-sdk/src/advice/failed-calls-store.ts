import { isInTimeRange, listProjectConditions } from '../db/call-source.js';
import { queryJsonRows, type JsonRow } from '../db/executor.js';
import { joinSql, sql, verbatim } from '../db/sql.js';
import type { Transaction } from '../db/transaction.js';
import type { TimeRange } from '../values/time.js';
import { MAX_REASON_LENGTH } from './recent-calls-store.js';

/** A failed call as it is counted by its reason. */
export interface FailedCall {
  model: string;
  startedAtMs: number;
  /** As it was recorded; `null` where no reason was. */
  errorReason: string | null;
}

/** Which failed calls of a user are read. */
export interface FailedCallQuery extends TimeRange {
  appDid: string;
}

type Name = 'model' | 'startedAtMs' | 'errorReason';
const COLUMNS: Readonly<Record<Name, Name>> = {
  model: 'model',
  startedAtMs: 'startedAtMs',
  errorReason: 'errorReason',
};

/**
 * Finds from when on a user has at most `limit` calls of a project in a range, in the index of the project and the start alone.
 *
 * @returns epoch ms, within the range; its start where it has no more calls than that
 * @throws StatementError when the database fails
 */
export async function findNewestFrom(
  transaction: Transaction,
  userDid: string,
  { appDid, ...range }: FailedCallQuery,
  limit: number,
): Promise<number> {
  const { calls } = transaction;
  const select = verbatim(`select ${calls.fields.startedAtMs} as startedAtMs from ${calls.table}`);
  const end = sql`${verbatim(`order by ${calls.time.column} desc`)} limit 1 offset ${limit}`;
  let fromMs = range.fromMs;
  for (const project of listProjectConditions(calls, userDid, appDid)) {
    const where = sql`${calls.ofUser(userDid)} and ${isInTimeRange(calls, range)} ${project}`;
    const from = sql`(${select} where ${where} ${end}) as beyond`;
    const rows = await queryJsonRows(transaction, { startedAtMs: 'startedAtMs' }, from);
    // Others of the same millisecond are beyond the limit, too.
    for (const row of rows) fromMs = Math.max(fromMs, toMs(row) + 1);
  }
  return Math.min(fromMs, range.toMs);
}

/**
 * Reads the failed calls of a user's project in a range that is known to have few calls, in no order: an index finds the calls
 * of the project and the range, and those that did not fail are left out by the database.
 *
 * @throws StatementError when the database fails
 */
export async function readFailedCalls(
  transaction: Transaction,
  userDid: string,
  { appDid, ...range }: FailedCallQuery,
): Promise<FailedCall[]> {
  if (range.fromMs >= range.toMs) return [];
  const { calls } = transaction;
  const { fields, page } = calls;
  const columns = [
    `${fields.model} as model`,
    `${fields.startedAtMs} as startedAtMs`,
    `substr(${page.error_reason}, 1, ${MAX_REASON_LENGTH}) as errorReason`,
  ];
  const select = verbatim(`select ${columns.join(', ')} from ${calls.table}`);
  const isFailed = verbatim(`${fields.status} = 'failed'`);
  const parts = listProjectConditions(calls, userDid, appDid).map(
    (project) =>
      sql`${select} where ${calls.ofUser(userDid)} and ${isInTimeRange(calls, range)} ${project} and ${isFailed}`,
  );
  const from = sql`(${joinSql(parts, ' union all ')}) as failed_calls`;
  return (await queryJsonRows<Name>(transaction, COLUMNS, from)).map(toFailedCall);
}

function toFailedCall(row: JsonRow<Name>): FailedCall {
  const errorReason = row.get('errorReason');
  return {
    model: String(row.get('model') ?? ''),
    startedAtMs: toMs(row),
    errorReason: errorReason === null ? null : String(errorReason),
  };
}

function toMs(row: JsonRow<'startedAtMs'>): number {
  return Math.floor(Number(row.get('startedAtMs')));
}
