import { GRANULARITIES } from '../aggregates/store/stats-columns.js';
import { TABLES } from '../db/tables.js';
import { HOUR_MS, type TimeRange } from '../values/time.js';
import { markHoursDirty } from '../aggregates/store/user-version-store.js';
import { getCallSource, splitIntoChunks, type Transaction } from '../db/transaction.js';
import { numberOrNull, toRows } from '../db/executor.js';

/** Start of the first call of any user, epoch ms; `null` if there is none. */
export async function findFirstCall(transaction: Transaction): Promise<number | null> {
  const { time, everyone } = getCallSource(transaction);
  const [row] = toRows<{ first: number | string | null }>(
    await transaction.trx.raw(`select ${time.toMs(everyone.earliest)} as first`, [
      time.bound(Number.MIN_SAFE_INTEGER),
    ]),
  );
  return numberOrNull(row?.first ?? null);
}

/** All users that were ever written, in the order of their names. */
export async function readAllUsers({ trx }: Transaction): Promise<string[]> {
  const rows = await trx<{ user_did: string }>(TABLES.users).select('user_did');
  return rows.map(({ user_did }) => user_did).sort();
}

const HOURS_PER_STATEMENT = 2000;

/** Puts every hour of a range that is claimed and has calls or rows on a user's list of those to be rebuilt. */
export async function markRangeDirty(
  transaction: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<void> {
  const { trx, dialect } = transaction;
  const { table, fields, time, ofUser } = getCallSource(transaction);
  const user = await trx<{ claimed_through_ms: number | string | null }>(TABLES.users)
    .where('user_did', userDid)
    .first('claimed_through_ms');
  const endMs = Math.min(toMs, Number(user?.claimed_through_ms ?? fromMs));
  if (endMs <= fromMs) return;
  const ofCalls = ofUser(userDid);
  const found = toRows<{ hour: number | string }>(
    await trx.raw(
      `select distinct ${dialect.divide(fields.startedAtMs, HOUR_MS)} as hour from ${table}
       where ${ofCalls.sql} and ${time.column} >= ${time.parameter} and ${time.column} < ${time.parameter}
       union
       select distinct bucket as hour from ${TABLES.stats}
       where user_did = ? and granularity = ? and bucket >= ? and bucket < ?`,
      [
        ...[...ofCalls.bindings, time.bound(fromMs), time.bound(endMs)],
        ...[userDid, GRANULARITIES.hour, fromMs / HOUR_MS, endMs / HOUR_MS],
      ],
    ),
  );
  const marks = found.map(({ hour }) => ({ userDid, hourMs: Math.floor(Number(hour)) * HOUR_MS }));
  for (const some of splitIntoChunks(HOURS_PER_STATEMENT, marks))
    await markHoursDirty(transaction, some);
}
