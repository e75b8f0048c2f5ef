import { TABLES } from '../db/tables.js';
import { HOUR_MS, floorTo } from '../values/time.js';
import { getCallSource, splitIntoChunks, type Transaction } from '../db/transaction.js';
import { numberOrNull, toRows } from '../db/executor.js';
import type { DirtyHour } from '../aggregates/store/user-progress.js';

/** Another rollup wrote rows of the user meanwhile: what this one still writes would be of an older state. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
}

/** Columns of `model_call_users` that a rollup moves, epoch ms; what is left out stays. */
export interface ProgressChange {
  dueAtMs?: number | null;
  builtThroughMs?: number;
  daysThroughMs?: number;
  monthsThroughMs?: number;
  archivedBeforeMs?: number;
}

const COLUMNS: Record<keyof ProgressChange, string> = {
  dueAtMs: 'due_at_ms',
  builtThroughMs: 'built_through_ms',
  daysThroughMs: 'days_through_ms',
  monthsThroughMs: 'months_through_ms',
  archivedBeforeMs: 'archived_before_ms',
};

/**
 * Begins a transaction of a user's rollup: locks the user's row, against writers of calls too, raises its revision and moves
 * its progress. What it moves is visible only with all that the transaction does.
 *
 * @param revision what the row must have
 * @throws OvertakenError when it has another, or the user was erased
 */
export async function lockUser(
  { trx }: Transaction,
  userDid: string,
  revision: number,
  { change, isVisible }: { change: ProgressChange; isVisible: boolean },
): Promise<void> {
  const held = await trx(TABLES.users)
    .where({ user_did: userDid, rollup_revision: revision })
    .update({
      rollup_revision: revision + 1,
      ...(isVisible && { version: trx.raw('version + 1') }),
      ...toColumns(change),
    });
  if (held === 0) throw new OvertakenError('Another rollup is at work on the user');
}

/** Moves the progress of a user that is held. */
export async function moveProgress(
  { trx }: Transaction,
  userDid: string,
  change: ProgressChange,
): Promise<void> {
  await trx(TABLES.users).where('user_did', userDid).update(toColumns(change));
}

function toColumns(change: ProgressChange): Record<string, number | null> {
  const columns: Record<string, number | null> = {};
  for (const [key, value] of Object.entries(change) as [keyof ProgressChange, number | null][]) {
    columns[COLUMNS[key]] = value;
  }
  return columns;
}

/**
 * Claims the hours before an instant, epoch ms: writers mark them dirty from then on, so that their calls can be read and
 * summed outside a transaction. One statement, for which no transaction is needed.
 *
 * @throws OvertakenError as {@link lockUser}
 */
export async function claimHours(
  { trx }: Transaction,
  userDid: string,
  revision: number,
  throughMs: number,
): Promise<void> {
  const claimed = await trx(TABLES.users)
    .where({ user_did: userDid, rollup_revision: revision })
    .update({ claimed_through_ms: throughMs, rollup_revision: revision + 1 });
  if (claimed === 0) throw new OvertakenError('Another rollup is at work on the user');
}

/** Whether there are users at all, and slots with some that are due at an instant, epoch ms. */
export async function readSlotsBehind(
  { trx }: Transaction,
  throughMs: number,
): Promise<{ hasUsers: boolean; slots: number[] }> {
  const slots = await trx<{ slot: number }>(TABLES.users)
    .distinct('slot')
    .where('due_at_ms', '<=', throughMs);
  const user: unknown = await trx(TABLES.users).first('user_did');
  return { hasUsers: user !== undefined, slots: slots.map(({ slot }) => Number(slot)) };
}

/** Slots with users that are due at an instant, epoch ms, or have dirty hours; for the rollup, which works for all users. */
export async function readDueSlots({ trx }: Transaction, throughMs: number): Promise<number[]> {
  const rows = toRows<{ slot: number }>(
    await trx.raw(
      `select slot from ${TABLES.users} where due_at_ms <= ?
       union select users.slot from ${TABLES.dirtyHours} as hours
         join ${TABLES.users} as users on users.user_did = hours.user_did`,
      [throughMs],
    ),
  );
  return rows.map(({ slot }) => Number(slot));
}

/** Users of a slot that are due, or have dirty hours; see {@link readDueSlots}. */
export async function readDueUsers(
  { trx }: Transaction,
  slot: number,
  throughMs: number,
): Promise<string[]> {
  const rows = toRows<{ user_did: string }>(
    await trx.raw(
      `select user_did from ${TABLES.users} where slot = ? and due_at_ms <= ?
       union select users.user_did from ${TABLES.dirtyHours} as hours
         join ${TABLES.users} as users on users.user_did = hours.user_did where users.slot = ?`,
      [slot, throughMs, slot],
    ),
  );
  return rows.map(({ user_did }) => user_did).sort();
}

/** Users of a slot whose calls before an instant, epoch ms, are not archived yet. */
export async function readUsersToArchive(
  { trx }: Transaction,
  slot: number,
  beforeMs: number,
): Promise<string[]> {
  const rows = await trx<{ user_did: string }>(TABLES.users)
    .select('user_did')
    .where('slot', slot)
    .where((open) => {
      void open.whereNull('archived_before_ms').orWhere('archived_before_ms', '<', beforeMs);
    });
  return rows.map(({ user_did }) => user_did);
}

/** Start of a user's first call at or after an instant, epoch ms; `null` if there is none. */
export async function findNextCall(
  transaction: Transaction,
  userDid: string,
  fromMs: number,
): Promise<number | null> {
  const { table, time, ofUser } = getCallSource(transaction);
  const user = ofUser(userDid);
  const [row] = toRows<{ first: number | string | null }>(
    await transaction.trx.raw(
      `select ${time.toMs(`min(${time.column})`)} as first from ${table}
       where ${user.sql} and ${time.column} >= ${time.parameter}`,
      [...user.bindings, time.bound(fromMs)],
    ),
  );
  return numberOrNull(row?.first ?? null);
}

/** End of the hour of a user's first call at or after an instant, epoch ms; `null` if there is none. */
export async function findNextDue(
  transaction: Transaction,
  userDid: string,
  fromMs: number,
): Promise<number | null> {
  const callMs = await findNextCall(transaction, userDid, fromMs);
  return callMs === null ? null : floorTo(HOUR_MS, callMs) + HOUR_MS;
}

const HOURS_PER_STATEMENT = 200;

/** Takes hours of a user off the list of those to be rebuilt, unless they changed again. */
export async function clearDirtyHours(
  { trx }: Transaction,
  userDid: string,
  hours: readonly DirtyHour[],
): Promise<void> {
  for (const batch of splitIntoChunks(HOURS_PER_STATEMENT, hours)) {
    const conditions = batch.map(() => '(hour_ms = ? and revision = ?)').join(' or ');
    await trx.raw(`delete from ${TABLES.dirtyHours} where user_did = ? and (${conditions})`, [
      userDid,
      ...batch.flatMap(({ hourMs, revision }) => [hourMs, revision]),
    ]);
  }
}
