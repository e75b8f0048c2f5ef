import { ROLLUP_NAME, TABLES } from '../db/tables.js';
import { HOUR_MS } from '../domain/time.js';
import { markHoursDirty, type DirtyMark } from './dirty-hour-store.js';
import { callsOf, numberOrNull, rowsOf, type Transaction } from './transaction.js';
import { touchUsers as bumpUserVersions } from './user-version-store.js';

/** What a look at a host's table found. */
export interface FoundChanges {
  /** When it was looked at, by the database's clock: from there the next look goes on. */
  readAtMs: number;
  /** Hours that are rolled up and have rows that were written since the last look, each once. */
  marks: DirtyMark[];
}

/**
 * Looks for rows of a host's table that were written since the last look, for every user. The first look finds none: what
 * is rolled up afterwards is read afterwards.
 *
 * @returns `null` where changes are not found this way
 */
export async function readChanges(transaction: Transaction): Promise<FoundChanges | null> {
  const { trx, dialect } = transaction;
  const { table, fields, time, changes } = callsOf(transaction);
  if (changes === null) return null;
  // One statement, whose clock is read before any row of the host's is.
  const [row] = rowsOf<Record<'now' | 'since' | 'through', number | string | null>>(
    await trx.raw(
      `select ${dialect.nowMs} as now, changes_through_ms as since, hours_through_ms as through
       from ${TABLES.rollups} where name = ?`,
      [ROLLUP_NAME],
    ),
  );
  const readAtMs = Number(row?.now ?? 0);
  const sinceMs = numberOrNull(row?.since ?? null);
  const throughMs = numberOrNull(row?.through ?? null);
  if (sinceMs === null || throughMs === null) return { readAtMs, marks: [] };
  const found: { user_did: string; hour: number | string }[] = rowsOf(
    await trx.raw(
      `select distinct ${fields.userDid} as user_did, ${dialect.divide(fields.startedAtMs, HOUR_MS)} as hour
       from ${table} where ${changes.column} >= ${changes.parameter}
         and ${time.column} < ${time.parameter} and ${fields.userDid} is not null`,
      [changes.bound(sinceMs), time.bound(throughMs)],
    ),
  );
  const marks = found.map(({ user_did, hour }) => ({
    userDid: user_did,
    hourMs: Math.floor(Number(hour)) * HOUR_MS,
  }));
  return { readAtMs, marks };
}

/** Marks what was found, for every user, and moves on. */
export async function markChanges(
  transaction: Transaction,
  { readAtMs, marks }: FoundChanges,
): Promise<void> {
  await bumpUserVersions(transaction, [...new Set(marks.map(({ userDid }) => userDid))]);
  await markHoursDirty(transaction, marks);
  await transaction
    .trx(TABLES.rollups)
    .where('name', ROLLUP_NAME)
    .update({ changes_through_ms: readAtMs });
}
