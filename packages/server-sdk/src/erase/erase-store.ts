import { raiseVersions } from '../aggregates/store/user-version-store.js';
import { queryRow } from '../db/executor.js';
import { sql } from '../db/sql.js';
import { USER_TABLES } from '../db/tables.js';
import type { Transaction } from '../db/transaction.js';

/** Numbers of rows of a user, by table. */
export type RowCounts = Record<string, number>;

/** Counts the rows of a user. @throws StatementError when the database fails */
export async function countRows({ trx }: Transaction, userDid: string): Promise<RowCounts> {
  const rows: RowCounts = {};
  for (const table of USER_TABLES) {
    const [row] = await trx(table)
      .where('user_did', userDid)
      .count<{ count: number | string }[]>({ count: '*' });
    rows[table] = Number(row?.count ?? 0);
  }
  return rows;
}

/**
 * Deletes a number of calls of a user, while the user is locked.
 *
 * @returns how many; 0 when the user has no more calls than that number
 */
export async function deleteSomeCalls(
  transaction: Transaction,
  userDid: string,
  limit: number,
): Promise<number> {
  await raiseVersions(transaction, [userDid]);
  const next = await queryRow<{ id: string }>(
    transaction,
    sql`select id from model_calls where user_did = ${userDid} order by id limit 1 offset ${limit}`,
  );
  if (next === undefined) return 0;
  return transaction
    .trx('model_calls')
    .where('user_did', userDid)
    .where('id', '<', next.id)
    .delete();
}

/**
 * Deletes all rows of a user, while the user is locked. A writer that waits for the lock continues with a new user.
 *
 * @throws StatementError when the database fails
 */
export async function deleteUser(transaction: Transaction, userDid: string): Promise<RowCounts> {
  await raiseVersions(transaction, [userDid]);
  const rows: RowCounts = {};
  for (const table of USER_TABLES) {
    rows[table] = await transaction.trx(table).where('user_did', userDid).delete();
  }
  return rows;
}
