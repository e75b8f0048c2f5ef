import { execute, queryRows } from '../db/executor.js';
import { listValues, sql, verbatim, type Sql } from '../db/sql.js';
import { ABANDONED, type AbandonAfter } from './abandon-after.js';
import { MINUTE_MS } from '../values/time.js';
import { type Transaction } from '../db/transaction.js';
import {
  markHoursDirty,
  setDue,
  sortPlaces,
  raiseVersions,
} from '../aggregates/store/user-version-store.js';

/** The condition under which calls are abandoned. */
export interface AbandonLimit {
  abandonAfter: AbandonAfter;
  /** Epoch ms. */
  nowMs: number;
}

/** Abandoned calls of a user. */
export interface AbandonedCalls {
  userDid: string;
  ids: string[];
}

/**
 * Finds the oldest abandoned calls of all users; only the rollup reads those of all.
 *
 * @param limit of the number of calls
 */
export async function findAbandonedCalls(
  transaction: Transaction,
  abandoned: AbandonLimit,
  limit: number,
): Promise<AbandonedCalls[]> {
  const rows = await queryRows<{ user_did: string; id: string }>(
    transaction,
    sql`select user_did, id from model_calls where ${isAbandoned(abandoned)}
      order by started_at_ms limit ${verbatim(String(limit))}`,
  );
  const users = new Map<string, string[]>();
  for (const { user_did, id } of rows) {
    const ids = users.get(user_did);
    if (ids) ids.push(id);
    else users.set(user_did, [id]);
  }
  return [...users].map(([userDid, ids]) => ({ userDid, ids }));
}

/**
 * Ends those of a user's calls that are still abandoned, as failed, and like the recorder raises the user's version and marks
 * claimed hours dirty or makes the user due.
 *
 * @returns how many were ended
 */
export async function endAbandonedCalls(
  transaction: Transaction,
  userDid: string,
  ids: readonly string[],
  abandoned: AbandonLimit,
): Promise<number> {
  const { dialect } = transaction;
  const users = await raiseVersions(transaction, [userDid]);
  // Locked, because other programs change calls without a lock of the user.
  const rows = await queryRows<{ id: string; started_at_ms: number | string }>(
    transaction,
    sql`select id, started_at_ms from model_calls
      where user_did = ${userDid} and id in (${listValues(ids)}) and ${isAbandoned(abandoned)}
      ${verbatim(dialect.forUpdate)}`,
  );
  if (rows.length === 0) return 0;
  const open = listValues(rows.map(({ id }) => id));
  await execute(
    transaction,
    sql`update model_calls set status = 'failed', error_reason = ${ABANDONED},
      recorded_at_ms = ${verbatim(dialect.write.stamp)}
      where user_did = ${userDid} and id in (${open})`,
  );
  const { claimed, due } = sortPlaces(
    users,
    rows.map((row) => ({ userDid, startedAtMs: Number(row.started_at_ms) })),
  );
  await markHoursDirty(transaction, claimed);
  await setDue(transaction, due);
  return rows.length;
}

/** With literals, so that the index of calls that have not ended serves the condition. */
function isAbandoned({ abandonAfter, nowMs }: AbandonLimit): Sql {
  const { default: fallback, ...types } = abandonAfter;
  const toStart = (minutes: number): number => nowMs - minutes * MINUTE_MS;
  const latestMs = toStart(Math.min(fallback, ...Object.values(types)));
  const cases = Object.entries(types).map(
    ([type, minutes]) => `when '${type}' then ${toStart(minutes)}`,
  );
  const isOldForType =
    cases.length === 0
      ? ''
      : `and started_at_ms < case type ${cases.join(' ')} else ${toStart(fallback)} end`;
  return verbatim(`status = 'processing' and started_at_ms < ${latestMs} ${isOldForType}`);
}
