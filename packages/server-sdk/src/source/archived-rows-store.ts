import { GRANULARITIES, SCOPES } from '../aggregates/store/aggregate-columns.js';
import { isInTimeRange } from '../db/call-source.js';
import { execute, numberOrNull, queryRow, queryRows } from '../db/executor.js';
import { listValues, sql, verbatim } from '../db/sql.js';
import type { Transaction } from '../db/transaction.js';
import { HOUR_MS, type TimeRange } from '../values/time.js';

const FIRST_IDS = 20;

/** Reads ids of some calls in a range. */
export async function readSomeIds(transaction: Transaction, range: TimeRange): Promise<string[]> {
  const { calls } = transaction;
  const { from, wheres } = calls.everyone;
  const ids: string[] = [];
  for (const where of wheres) {
    const rows = await queryRows<{ id: string | number }>(
      transaction,
      sql`select ${verbatim(`${calls.page.id} as id from ${from}`)}
        where ${isInTimeRange(calls, range)} and ${verbatim(where)} limit ${FIRST_IDS}`,
    );
    for (const { id } of rows) ids.push(String(id));
  }
  return ids.slice(0, FIRST_IDS);
}

/** Whether all of some calls are still in the table. */
export async function hasAllIds(
  transaction: Transaction,
  ids: readonly string[],
): Promise<boolean> {
  const { calls } = transaction;
  const row = await queryRow<{ found: number | string }>(
    transaction,
    sql`select count(*) as found from ${verbatim(calls.table)}
      where ${verbatim(calls.page.id)} in (${listValues(ids)})`,
  );
  return Number(row?.found ?? 0) >= ids.length;
}

/** Counts the calls in the table of each user in a range. */
export async function countByUser(
  transaction: Transaction,
  range: TimeRange,
): Promise<Map<string, number>> {
  const { calls } = transaction;
  const { from, wheres, exactUser } = calls.everyone;
  const counts = new Map<string, number>();
  for (const where of wheres) {
    const rows = await queryRows<{ user_did: string; calls: number | string }>(
      transaction,
      sql`select ${verbatim(`${calls.userColumn} as user_did, count(*) as calls from ${from}`)}
        where ${isInTimeRange(calls, range)} and ${verbatim(where)}
        group by ${verbatim(`${calls.userColumn}, ${exactUser}`)}`,
    );
    for (const row of rows) {
      counts.set(row.user_did, (counts.get(row.user_did) ?? 0) + Number(row.calls));
    }
  }
  return counts;
}

/** A user whose calls before an instant are not known to be archived. */
export interface UnarchivedUser {
  userDid: string;
  /** Aggregates before it are built, epoch ms. */
  builtThroughMs: number;
  /** Calls that the aggregates of the hour at the instant count. */
  storedCalls: number;
}

interface UnarchivedRow {
  user_did: string;
  built: number | string;
  calls: number | string | null;
}

/** Reads the users with aggregates that are not archived up to an instant, the start of an hour, epoch ms. */
export async function readUnarchivedUsers(
  transaction: Transaction,
  beforeMs: number,
): Promise<UnarchivedUser[]> {
  const rows = await queryRows<UnarchivedRow>(
    transaction,
    sql`select users.user_did, users.built_through_ms as built, stats.calls as calls
      from model_call_users as users left join model_call_stats as stats
        on stats.user_did = users.user_did and stats.granularity = ${GRANULARITIES.hour}
        and stats.bucket = ${beforeMs / HOUR_MS} and stats.scope = ${SCOPES.user}
      where users.built_through_ms is not null
        and (users.archived_before_ms is null or users.archived_before_ms < ${beforeMs})`,
  );
  return rows.map((row) => ({
    userDid: row.user_did,
    builtThroughMs: Number(row.built),
    storedCalls: Number(row.calls ?? 0),
  }));
}

/**
 * Notes that users' calls before an instant, epoch ms, are archived. A rollup of one of them that is in progress is overtaken,
 * so that it does not replace aggregates by sums of the rows that are left.
 */
export async function noteArchivedUsers(
  transaction: Transaction,
  userDids: readonly string[],
  beforeMs: number,
): Promise<void> {
  await execute(
    transaction,
    sql`update model_call_users set archived_before_ms = ${beforeMs}, version = version + 1,
        rollup_revision = rollup_revision + 1
      where user_did in (${listValues(userDids)})
        and (archived_before_ms is null or archived_before_ms < ${beforeMs})`,
  );
}

/** The latest instant before which calls of a user, or of any, are archived, epoch ms; `null`: none are. */
export async function readArchivedBefore(
  transaction: Transaction,
  userDid: string | null,
): Promise<number | null> {
  const ofUser = userDid === null ? sql`` : sql`where user_did = ${userDid}`;
  const row = await queryRow<{ before_ms: number | string | null }>(
    transaction,
    sql`select max(archived_before_ms) as before_ms from model_call_users ${ofUser}`,
  );
  return numberOrNull(row?.before_ms);
}
