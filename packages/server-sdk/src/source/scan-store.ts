import { ROLLUP_NAME, TABLES } from '../db/tables.js';
import { HOUR_MS, type TimeRange } from '../values/time.js';
import { isUserDid } from '../values/user-did.js';
import { markHoursDirty } from '../aggregates/store/user-version-store.js';
import { getCallSource, type Transaction } from '../db/transaction.js';
import { numberOrNull, toRows } from '../db/executor.js';
import {
  setDue,
  sortPlaces,
  raiseVersions,
  type CallPlace,
} from '../aggregates/store/user-version-store.js';

/** How far a host's table was looked through, epoch ms. */
export interface ScanProgress {
  /** The database's clock. */
  nowMs: number;
  /** Users with calls that start before it were found; `null`: the table was never looked through. */
  scannedThroughMs: number | null;
  /** Rows that were written before it were found; `null`: none were looked for. */
  changesThroughMs: number | null;
}

/** Reads how far the host's table was looked through, for all users. One statement, whose clock is read before any row is. */
export async function readScanProgress({ trx, dialect }: Transaction): Promise<ScanProgress> {
  const [row] = toRows<Record<'now' | 'scanned' | 'changes', number | string | null>>(
    await trx.raw(
      `select ${dialect.nowMs} as now, scanned_through_ms as scanned, changes_through_ms as changes
       from ${TABLES.rollups} where name = ?`,
      [ROLLUP_NAME],
    ),
  );
  return {
    nowMs: Number(row?.now ?? 0),
    scannedThroughMs: numberOrNull(row?.scanned ?? null),
    changesThroughMs: numberOrNull(row?.changes ?? null),
  };
}

/** Notes how far the host's table was looked through; what is left out stays. */
export async function moveScan(
  { trx }: Transaction,
  { scannedThroughMs, changesThroughMs }: Partial<Omit<ScanProgress, 'nowMs'>>,
): Promise<void> {
  await trx(TABLES.rollups)
    .where('name', ROLLUP_NAME)
    .update({
      ...(scannedThroughMs !== undefined && { scanned_through_ms: scannedThroughMs }),
      ...(changesThroughMs !== undefined && { changes_through_ms: changesThroughMs }),
    });
}

/** Start of the first call of any user at or after an instant, epoch ms; `null` if there is none. */
export async function findNextStart(
  transaction: Transaction,
  fromMs: number,
): Promise<number | null> {
  const { time, everyone } = getCallSource(transaction);
  const [row] = toRows<{ first: number | string | null }>(
    await transaction.trx.raw(`select ${time.toMs(everyone.earliest)} as first`, [
      time.bound(fromMs),
    ]),
  );
  return numberOrNull(row?.first ?? null);
}

/** The first call of each user who has calls in a range. */
export async function findFirstCalls(
  transaction: Transaction,
  { fromMs, toMs }: TimeRange,
): Promise<CallPlace[]> {
  const { userColumn, time, everyone } = getCallSource(transaction);
  const rows = toRows<{ user_did: string; first: number | string }>(
    await transaction.trx.raw(
      `select ${userColumn} as user_did, ${time.toMs(`min(${time.column})`)} as first
       from ${everyone.from}
       where ${time.column} >= ${time.parameter} and ${time.column} < ${time.parameter}
         and ${everyone.where}
       group by ${userColumn}, ${everyone.exactUser}`,
      [time.bound(fromMs), time.bound(toMs)],
    ),
  );
  return toPlaces(rows.map((row) => ({ userDid: row.user_did, startedAtMs: Number(row.first) })));
}

/** Hours of a user with calls in a range, as the start of each. */
export async function findHours(
  transaction: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<CallPlace[]> {
  const { table, fields, time, ofUser } = getCallSource(transaction);
  const hour = transaction.dialect.divide(fields.startedAtMs, HOUR_MS);
  const user = ofUser(userDid);
  const rows = toRows<{ hour: number | string }>(
    await transaction.trx.raw(
      `select distinct ${hour} as hour from ${table}
       where ${user.sql} and ${time.column} >= ${time.parameter} and ${time.column} < ${time.parameter}`,
      [...user.bindings, time.bound(fromMs), time.bound(toMs)],
    ),
  );
  return rows.map((row) => ({ userDid, startedAtMs: Math.floor(Number(row.hour)) * HOUR_MS }));
}

/**
 * Hours with calls whose rows were written at or after an instant (and some time before, see `CallTable.overlapSeconds`),
 * of every user, as the start of each.
 *
 * @param beforeMs only calls that start before, epoch ms
 */
export async function findChangedHours(
  transaction: Transaction,
  sinceMs: number,
  beforeMs: number,
): Promise<CallPlace[]> {
  const { table, userColumn, fields, time, everyone, changes } = getCallSource(transaction);
  if (changes === null) return [];
  const hour = transaction.dialect.divide(fields.startedAtMs, HOUR_MS);
  const rows = toRows<{ user_did: string; hour: number | string }>(
    await transaction.trx.raw(
      `select ${userColumn} as user_did, ${hour} as hour from ${table}
       where ${changes.column} >= ${changes.parameter} and ${time.column} < ${time.parameter}
         and ${userColumn} is not null
       group by ${userColumn}, ${everyone.exactUser}, ${hour}`,
      [changes.bound(sinceMs), time.bound(beforeMs)],
    ),
  );
  return toPlaces(
    rows.map((row) => ({
      userDid: row.user_did,
      startedAtMs: Math.floor(Number(row.hour)) * HOUR_MS,
    })),
  );
}

/** What names no user can neither be asked for nor be stored. */
const toPlaces = (found: readonly CallPlace[]): CallPlace[] =>
  found.filter(({ userDid }) => isUserDid(userDid));

/**
 * Does for calls of a host's table what the recorder does for those it writes: raises the versions of their users, marks
 * the hours that are claimed dirty, and makes the others due.
 *
 * @param hoursOf finds the other hours that a user may have calls in, where more than those given may be claimed
 */
export async function noteCalls(
  transaction: Transaction,
  places: readonly CallPlace[],
  hoursOf?: (userDid: string, claimedThroughMs: number) => Promise<readonly CallPlace[]>,
): Promise<void> {
  const users = await raiseVersions(transaction, [
    ...new Set(places.map(({ userDid }) => userDid)),
  ]);
  const all = [...places];
  if (hoursOf) {
    for (const { userDid, startedAtMs } of places) {
      const claimedThroughMs = users.get(userDid)?.claimedThroughMs ?? null;
      if (claimedThroughMs === null || startedAtMs >= claimedThroughMs) continue;
      all.push(...(await hoursOf(userDid, claimedThroughMs)));
    }
  }
  const { claimed, due } = sortPlaces(users, all);
  await markHoursDirty(transaction, claimed);
  await setDue(transaction, due);
}
