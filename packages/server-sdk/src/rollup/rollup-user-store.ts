import { execute, numberOrNull, queryRow, queryRows } from '../db/executor.js';
import { joinSql, sql } from '../db/sql.js';
import { splitIntoChunks, type Transaction } from '../db/transaction.js';
import { HOUR_MS, floorTo } from '../values/time.js';
import type { DirtyHour } from '../aggregates/store/dirty-hours-store.js';

/** Another rollup has written aggregates of the user meanwhile: those of this one would be of an older state. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
}

/** The changes of a user's progress, epoch ms; members that are left out do not change. */
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
 * Begins a transaction of a user's rollup: locks the user's row, also against writers of calls, raises its rollup revision and
 * changes its progress, all of which becomes visible when the transaction is committed.
 *
 * @param revision the rollup revision that the row must have
 * @throws OvertakenError when it has another, or the user was erased
 */
export async function lockUser(
  { trx }: Transaction,
  userDid: string,
  revision: number,
  { change, isVisible }: { change: ProgressChange; isVisible: boolean },
): Promise<void> {
  const locked = await trx('model_call_users')
    .where({ user_did: userDid, rollup_revision: revision })
    .update({
      rollup_revision: revision + 1,
      ...(isVisible && { version: trx.raw('version + 1') }),
      ...toColumns(change),
    });
  if (locked === 0) throw new OvertakenError('Another rollup is at work on the user');
}

/** Changes the progress of a locked user. */
export async function changeProgress(
  { trx }: Transaction,
  userDid: string,
  change: ProgressChange,
): Promise<void> {
  await trx('model_call_users').where('user_did', userDid).update(toColumns(change));
}

function toColumns(change: ProgressChange): Record<string, number | null> {
  const columns: Record<string, number | null> = {};
  for (const [key, value] of Object.entries(change) as [keyof ProgressChange, number | null][]) {
    columns[COLUMNS[key]] = value;
  }
  return columns;
}

/**
 * Claims the hours before an instant, epoch ms: writers mark them dirty from then on, so that the rollup can read and add up
 * their calls outside a transaction. One statement, which needs no transaction.
 *
 * @throws OvertakenError as {@link lockUser}
 */
export async function claimHours(
  { trx }: Transaction,
  userDid: string,
  revision: number,
  throughMs: number,
): Promise<void> {
  const claimed = await trx('model_call_users')
    .where({ user_did: userDid, rollup_revision: revision })
    .update({ claimed_through_ms: throughMs, rollup_revision: revision + 1 });
  if (claimed === 0) throw new OvertakenError('Another rollup is at work on the user');
}

/** Reads whether there are users at all, and the slots with users that are due at an instant, epoch ms. */
export async function readUnsweptSlots(
  { trx }: Transaction,
  throughMs: number,
): Promise<{ hasUsers: boolean; slots: number[] }> {
  const slots = await trx<{ slot: number }>('model_call_users')
    .distinct('slot')
    .where('due_at_ms', '<=', throughMs);
  const user: unknown = await trx('model_call_users').first('user_did');
  return { hasUsers: user !== undefined, slots: slots.map(({ slot }) => Number(slot)) };
}

/** Reads the slots with users that are due at an instant, epoch ms, or have dirty hours; only the rollup reads those of all. */
export async function readDueSlots(transaction: Transaction, throughMs: number): Promise<number[]> {
  const rows = await queryRows<{ slot: number }>(
    transaction,
    sql`select slot from model_call_users where due_at_ms <= ${throughMs}
      union select users.slot from model_call_dirty_hours as hours
        join model_call_users as users on users.user_did = hours.user_did`,
  );
  return rows.map(({ slot }) => Number(slot));
}

/** Reads the users of a slot that are due, or have dirty hours; see {@link readDueSlots}. */
export async function readDueUsers(
  transaction: Transaction,
  slot: number,
  throughMs: number,
): Promise<string[]> {
  const rows = await queryRows<{ user_did: string }>(
    transaction,
    sql`select user_did from model_call_users where slot = ${slot} and due_at_ms <= ${throughMs}
      union select users.user_did from model_call_dirty_hours as hours
        join model_call_users as users on users.user_did = hours.user_did where users.slot = ${slot}`,
  );
  return rows.map(({ user_did }) => user_did).sort();
}

/** Reads the users of a slot whose calls before an instant, epoch ms, are not archived yet. */
export async function readUsersToArchive(
  { trx }: Transaction,
  slot: number,
  beforeMs: number,
): Promise<string[]> {
  const rows = await trx<{ user_did: string }>('model_call_users')
    .select('user_did')
    .where('slot', slot)
    .where((open) => {
      void open.whereNull('archived_before_ms').orWhere('archived_before_ms', '<', beforeMs);
    });
  return rows.map(({ user_did }) => user_did);
}

/** Finds the start of a user's first call at or after an instant, epoch ms; `null` if there is none. */
export async function findNextCall(
  transaction: Transaction,
  userDid: string,
  fromMs: number,
): Promise<number | null> {
  const { calls } = transaction;
  const first = calls.firstOfUser(userDid, fromMs);
  const row = await queryRow<{ first: number | string | null }>(
    transaction,
    sql`select ${{ ...first, sql: calls.time.toMs(first.sql) }} as first`,
  );
  return numberOrNull(row?.first);
}

/** Finds the end of the hour of a user's first call at or after an instant, epoch ms; `null` if there is none. */
export async function findNextDue(
  transaction: Transaction,
  userDid: string,
  fromMs: number,
): Promise<number | null> {
  const callMs = await findNextCall(transaction, userDid, fromMs);
  return callMs === null ? null : floorTo(HOUR_MS, callMs) + HOUR_MS;
}

const HOURS_PER_STATEMENT = 200;

/** Clears dirty hours of a user, except those that changed again. */
export async function clearDirtyHours(
  transaction: Transaction,
  userDid: string,
  hours: readonly DirtyHour[],
): Promise<void> {
  for (const batch of splitIntoChunks(HOURS_PER_STATEMENT, hours)) {
    const isHour = batch.map(
      ({ hourMs, revision }) => sql`(hour_ms = ${hourMs} and revision = ${revision})`,
    );
    await execute(
      transaction,
      sql`delete from model_call_dirty_hours where user_did = ${userDid} and (${joinSql(isHour, ' or ')})`,
    );
  }
}
