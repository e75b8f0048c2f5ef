import type { Knex } from 'knex';
import { TABLES } from '../db/tables.js';
import { ABANDONED, type AbandonAfter } from './abandon-after.js';
import { MINUTE_MS } from '../values/time.js';
import { type Transaction } from '../db/transaction.js';
import { toRows } from '../db/executor.js';
import {
  markHoursDirty,
  setDue,
  sortPlaces,
  raiseVersions,
} from '../aggregates/store/user-version-store.js';

/** Which calls are taken to be abandoned. */
export interface AbandonLimit {
  abandonAfter: AbandonAfter;
  /** Epoch ms. */
  nowMs: number;
}

/** Calls of a user that are taken to be abandoned. */
export interface AbandonedCalls {
  userDid: string;
  ids: string[];
}

/**
 * Finds the oldest calls of any users that have not ended within their time; for the rollup, which works for all users.
 *
 * @param limit how many calls
 */
export async function findAbandonedCalls(
  { trx }: Transaction,
  abandoned: AbandonLimit,
  limit: number,
): Promise<AbandonedCalls[]> {
  const rows = toRows<{ user_did: string; id: string }>(
    await trx.raw(
      `select user_did, id from ${TABLES.calls} where ${isAbandoned(abandoned)}
       order by started_at_ms limit ${limit}`,
    ),
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
 * Ends those of a user's calls that still have not ended, as failed, and does what the recorder does: raises the user's
 * version, and marks claimed hours dirty or makes the user due.
 *
 * @returns how many were ended
 */
export async function endAbandonedCalls(
  transaction: Transaction,
  userDid: string,
  ids: readonly string[],
  abandoned: AbandonLimit,
): Promise<number> {
  const { trx, dialect } = transaction;
  const users = await raiseVersions(transaction, [userDid]);
  const rows = await trx<{ id: string; started_at_ms: number | string }>(TABLES.calls)
    .select('id', 'started_at_ms')
    .where('user_did', userDid)
    .whereIn('id', [...ids])
    .whereRaw(isAbandoned(abandoned))
    // Plain SQL takes no lock of the user before it changes a call.
    .forUpdate();
  if (rows.length === 0) return 0;
  await endCalls(
    trx,
    userDid,
    rows.map(({ id }) => id),
    dialect.write.stamp,
  );
  const { claimed, due } = sortPlaces(
    users,
    rows.map((row) => ({ userDid, startedAtMs: Number(row.started_at_ms) })),
  );
  await markHoursDirty(transaction, claimed);
  await setDue(transaction, due);
  return rows.length;
}

async function endCalls(
  trx: Knex.Transaction,
  userDid: string,
  ids: readonly string[],
  stamp: string,
): Promise<void> {
  await trx(TABLES.calls)
    .where('user_did', userDid)
    .whereIn('id', [...ids])
    .update({ status: 'failed', error_reason: ABANDONED, recorded_at_ms: trx.raw(stamp) });
}

/** Literals, so that the index of calls that have not ended serves the condition. */
function isAbandoned({ abandonAfter, nowMs }: AbandonLimit): string {
  const { default: otherwise, ...types } = abandonAfter;
  const toStart = (minutes: number): number => nowMs - minutes * MINUTE_MS;
  const latestMs = toStart(Math.min(otherwise, ...Object.values(types)));
  const cases = Object.entries(types).map(
    ([type, minutes]) => `when '${type}' then ${toStart(minutes)}`,
  );
  const ofType =
    cases.length === 0
      ? ''
      : `and started_at_ms < case type ${cases.join(' ')} else ${toStart(otherwise)} end`;
  return `status = 'processing' and started_at_ms < ${latestMs} ${ofType}`;
}
