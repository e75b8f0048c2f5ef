import type { Database } from '../db/database.js';
import { retryWrites } from '../db/retry-writes.js';
import { isUserDid } from '../values/user-did.js';
import { runInBackground } from '../runtime/request-signal.js';
import { countRows, deleteSomeCalls, deleteUser, type RowCounts } from './erase-store.js';
import { withoutTransaction, writeInTransaction, type Transaction } from '../db/transaction.js';

/** The result of an erasure. */
export interface EraseReport {
  /** Rows of the user that were deleted, by table. */
  rows: Record<string, number>;
  /** The host's table of the option `calls`, whose rows stay: they are the host's to delete. `null` without that option. */
  hostTable: string | null;
}

/** Calls that one transaction deletes: records of the user wait for it, on SQLite all records. */
const CALLS_PER_TRANSACTION = 500;

/** Counts what {@link eraseUser} would delete now. @throws TypeError for a text that names no user */
export function countErasable(database: Database, userDid: string): Promise<EraseReport> {
  requireUser(userDid);
  return runInBackground(async () => ({
    rows: await countRows(withoutTransaction(database), userDid),
    hostTable: getHostTable(database),
  }));
}

/**
 * Deletes all rows of a user: calls in batches, then the rest in one transaction. Can be repeated.
 *
 * @throws TypeError for a text that names no user
 * @throws StatementError when the database fails
 */
export function eraseUser(database: Database, userDid: string): Promise<EraseReport> {
  requireUser(userDid);
  const transaction = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    retryWrites(() => writeInTransaction(database, work));
  return runInBackground(async () => {
    let calls = 0;
    for (;;) {
      const deleted = await transaction((t) => deleteSomeCalls(t, userDid, CALLS_PER_TRANSACTION));
      if (deleted === 0) break;
      calls += deleted;
    }
    const rows = await transaction((t) => deleteUser(t, userDid));
    return { rows: addCalls(rows, calls), hostTable: getHostTable(database) };
  });
}

function addCalls(rows: RowCounts, calls: number): RowCounts {
  return { ...rows, model_calls: (rows['model_calls'] ?? 0) + calls };
}

function getHostTable({ calls }: Database): string | null {
  return calls.isOwn ? null : calls.name;
}

function requireUser(userDid: unknown): void {
  if (!isUserDid(userDid)) throw new TypeError('erase: userDid must name a user');
}
