import { GRANULARITIES } from '../aggregates/store/aggregate-columns.js';
import { markHoursDirty } from '../aggregates/store/user-version-store.js';
import { isInTimeRange } from '../db/call-source.js';
import { numberOrNull, queryRow, queryRows } from '../db/executor.js';
import { sql, verbatim } from '../db/sql.js';
import { splitIntoChunks, type Transaction } from '../db/transaction.js';
import { HOUR_MS, type TimeRange } from '../values/time.js';

/** Finds the start of the first call of any user, epoch ms; `null` if there is none. */
export async function findFirstCall(transaction: Transaction): Promise<number | null> {
  const { time, everyone } = transaction.calls;
  const first = everyone.first(Number.MIN_SAFE_INTEGER);
  const row = await queryRow<{ first: number | string | null }>(
    transaction,
    sql`select ${{ ...first, sql: time.toMs(first.sql) }} as first`,
  );
  return numberOrNull(row?.first);
}

/** Reads all users that have a row, in the order of their DIDs. */
export async function readAllUsers(transaction: Transaction): Promise<string[]> {
  const rows = await queryRows<{ user_did: string }>(
    transaction,
    sql`select user_did from model_call_users`,
  );
  return rows.map(({ user_did }) => user_did).sort();
}

const HOURS_PER_STATEMENT = 2000;

/** Marks every claimed hour of a range dirty that has calls or aggregates of a user. */
export async function markRangeDirty(
  transaction: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<void> {
  const { calls } = transaction;
  const user = await queryRow<{ claimed_through_ms: number | string | null }>(
    transaction,
    sql`select claimed_through_ms from model_call_users where user_did = ${userDid}`,
  );
  const endMs = Math.min(toMs, numberOrNull(user?.claimed_through_ms) ?? fromMs);
  if (endMs <= fromMs) return;
  const hour = verbatim(transaction.dialect.divide(calls.fields.startedAtMs, HOUR_MS));
  const found = await queryRows<{ hour: number | string }>(
    transaction,
    sql`select distinct ${hour} as hour from ${verbatim(calls.table)}
      where ${calls.ofUser(userDid)} and ${isInTimeRange(calls, { fromMs, toMs: endMs })}
      union
      select distinct bucket as hour from model_call_stats
      where user_did = ${userDid} and granularity = ${GRANULARITIES.hour}
        and bucket >= ${fromMs / HOUR_MS} and bucket < ${endMs / HOUR_MS}`,
  );
  const hours = found.map((row) => ({
    userDid,
    hourMs: Math.floor(Number(row.hour)) * HOUR_MS,
  }));
  for (const chunk of splitIntoChunks(HOURS_PER_STATEMENT, hours)) {
    await markHoursDirty(transaction, chunk);
  }
}
