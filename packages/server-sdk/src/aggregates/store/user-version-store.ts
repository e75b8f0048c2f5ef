import type { BulkColumn } from '../../db/dialects/write-dialect.js';
import { HOUR_MS, floorTo } from '../../values/time.js';
import { numberOrNull, queryRows } from '../../db/executor.js';
import { splitIntoChunks, type Transaction } from '../../db/transaction.js';
import { insertRows } from '../../db/upsert-rows.js';

/** The part of a user's progress that writers need; it does not change until their transaction ends. */
export interface TouchedUser {
  /** Hours before it are claimed, epoch ms; `null`: none. */
  claimedThroughMs: number | null;
  /** End of the hour of the earliest call whose hour is not claimed, epoch ms; `null`: there is none. */
  dueAtMs: number | null;
}

/** Users whose rows a transaction has locked. */
export type TouchedUsers = ReadonlyMap<string, TouchedUser>;

const ROWS_PER_STATEMENT = 1000;

/**
 * Raises the version of users, or makes their rows, and locks them until the transaction ends: against other writers of
 * their calls, and against the rollup. Must be the first statement of a transaction: then later reads see the state at the
 * moment of the lock, and transactions with users in common wait for each other instead of ending in a deadlock.
 *
 * @param userDids each once
 * @throws StatementError when the database fails
 */
export async function raiseVersions(
  transaction: Transaction,
  userDids: readonly string[],
): Promise<TouchedUsers> {
  const users = new Map<string, TouchedUser>();
  for (const chunk of splitIntoChunks(ROWS_PER_STATEMENT, [...userDids].sort())) {
    let rows: UserRow[] = [];
    for (const statement of transaction.dialect.write.touchUsers(chunk)) {
      rows = await queryRows<UserRow>(transaction, statement);
    }
    for (const row of rows) {
      users.set(row.user_did, {
        claimedThroughMs: numberOrNull(row.claimed_through_ms),
        dueAtMs: numberOrNull(row.due_at_ms),
      });
    }
  }
  return users;
}

interface UserRow {
  user_did: string;
  claimed_through_ms: number | string | null;
  due_at_ms: number | string | null;
}

const DUE_COLUMNS: readonly BulkColumn[] = [
  { name: 'user_did', kind: 'text' },
  // Required by the insert, but never stored: the users have rows.
  { name: 'version', kind: 'integer' },
  { name: 'due_at_ms', kind: 'integer' },
];

/** The user and the start of a call, as it is or as it was. */
export interface CallPlace {
  userDid: string;
  startedAtMs: number;
}

/** Claimed hours, and when the users of the other calls become due. */
export interface SortedPlaces {
  claimed: UserHour[];
  /** By user: the end of the hour of the earliest call, epoch ms, where it is before the user is due already. */
  due: Map<string, number>;
}

/** Sorts calls of touched users into claimed hours, which are to be marked dirty, and others, which make their user due. */
export function sortPlaces(users: TouchedUsers, places: Iterable<CallPlace>): SortedPlaces {
  const claimed = new Map<string, UserHour>();
  const due = new Map<string, number>();
  for (const { userDid, startedAtMs } of places) {
    const { claimedThroughMs, dueAtMs } = users.get(userDid) ?? NEW_USER;
    const hourMs = floorTo(HOUR_MS, startedAtMs);
    if (claimedThroughMs !== null && hourMs < claimedThroughMs) {
      claimed.set(`${hourMs} ${userDid}`, { userDid, hourMs });
      continue;
    }
    const endMs = hourMs + HOUR_MS;
    if (endMs < (due.get(userDid) ?? dueAtMs ?? Number.POSITIVE_INFINITY)) due.set(userDid, endMs);
  }
  return { claimed: [...claimed.values()], due };
}

const NEW_USER: TouchedUser = { claimedThroughMs: null, dueAtMs: null };

/** Stores when touched users become due, epoch ms. @throws StatementError when the database fails */
export async function setDue(
  transaction: Transaction,
  due: ReadonlyMap<string, number>,
): Promise<void> {
  const onConflict = transaction.dialect.write.onConflict({
    table: 'model_call_users',
    key: ['user_did'],
    columns: ['due_at_ms'],
  });
  const rows = [...due].map(([userDid, dueAtMs]) => [userDid, 0, dueAtMs]);
  const insert = { table: 'model_call_users', columns: DUE_COLUMNS, onConflict };
  await insertRows(transaction, insert, rows);
}

/** An hour of a user. */
export interface UserHour {
  userDid: string;
  /** Start of the hour, epoch ms. */
  hourMs: number;
}

const DIRTY_COLUMNS: readonly BulkColumn[] = [
  { name: 'user_did', kind: 'text' },
  { name: 'hour_ms', kind: 'integer' },
  { name: 'revision', kind: 'integer' },
];

/**
 * Marks hours dirty. Raises the dirty revision of an hour that is dirty already, so that a rollup which is rebuilding it does
 * not clear it.
 *
 * @param hours each once, of users that the transaction touched
 * @throws StatementError when the database fails
 */
export async function markHoursDirty(
  transaction: Transaction,
  hours: readonly UserHour[],
): Promise<void> {
  const table = 'model_call_dirty_hours';
  const { write } = transaction.dialect;
  const onConflict = write.onConflictCount(table, ['user_did', 'hour_ms'], 'revision');
  const rows = hours.map(({ userDid, hourMs }) => [userDid, hourMs, 1]);
  await insertRows(transaction, { table, columns: DIRTY_COLUMNS, onConflict }, rows);
}
