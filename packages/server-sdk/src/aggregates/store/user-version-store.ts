import { TABLES } from '../../db/tables.js';
import { getWriteDialect, type BulkColumn } from '../../db/dialects/write-dialect.js';
import { HOUR_MS, floorTo } from '../../values/time.js';
import { runBulk } from '../../db/run-bulk.js';
import { splitIntoChunks, type Transaction } from '../../db/transaction.js';
import { numberOrNull, toRows } from '../../db/executor.js';

/** What writers must know of a user, as it is until the end of their transaction. */
export interface TouchedUser {
  /** Calls that start before it are claimed by the rollup, epoch ms; `null`: none. */
  claimedThroughMs: number | null;
  /** End of the hour of the earliest call that is not claimed, epoch ms; `null`: there is none. */
  dueAtMs: number | null;
}

/** Users that a transaction holds. */
export type TouchedUsers = ReadonlyMap<string, TouchedUser>;

const USERS_PER_STATEMENT = 1000;

/**
 * Raises the version of users, or makes their rows, and locks them until the transaction ends: against other writers of
 * their calls, and against the rollup. To be the first statement of a transaction: then what it reads later is as of the
 * moment when it has the lock, and transactions with some users in common wait for each other instead of locking each
 * other out.
 *
 * @param userDids each once
 */
export async function raiseVersions(
  { trx, dialect }: Transaction,
  userDids: readonly string[],
): Promise<TouchedUsers> {
  const users = new Map<string, TouchedUser>();
  for (const chunk of splitIntoChunks(USERS_PER_STATEMENT, [...userDids].sort())) {
    let answer: unknown;
    for (const statement of getWriteDialect(dialect).touchUsers(chunk)) {
      answer = await runBulk(trx, statement);
    }
    for (const row of toRows<UserRow>(answer)) {
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
  // Never stored: the rows are there.
  { name: 'version', kind: 'integer' },
  { name: 'due_at_ms', kind: 'integer' },
];

/** Calls of a user by where they are, or were. */
export interface CallPlace {
  userDid: string;
  startedAtMs: number;
}

/** Hours of users that are claimed, and what is due of the other calls. */
export interface SortedPlaces {
  claimed: { userDid: string; hourMs: number }[];
  /** By user: the end of the hour of the earliest call, where it is before what is due already. Epoch ms. */
  due: Map<string, number>;
}

/** Sorts where calls are into hours to be marked dirty and what is due. Of users that were touched. */
export function sortPlaces(users: TouchedUsers, places: Iterable<CallPlace>): SortedPlaces {
  const claimed = new Map<string, { userDid: string; hourMs: number }>();
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

/** Stores when calls of users that were touched are due, epoch ms. */
export async function setDue(
  { trx, dialect }: Transaction,
  due: ReadonlyMap<string, number>,
): Promise<void> {
  const write = getWriteDialect(dialect);
  const onConflict = write.onConflict({
    table: TABLES.users,
    key: ['user_did'],
    columns: ['due_at_ms'],
  });
  for (const chunk of splitIntoChunks(USERS_PER_STATEMENT, [...due])) {
    const rows = write.encodeRows(
      DUE_COLUMNS,
      chunk.map(([userDid, dueAtMs]) => [userDid, 0, dueAtMs]),
    );
    const insert = { table: TABLES.users, columns: DUE_COLUMNS, onConflict };
    await runBulk(trx, write.insertRows(insert, rows));
  }
}
