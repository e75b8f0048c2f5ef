import { TABLES } from '../db/tables.js';
import { type Transaction } from '../db/transaction.js';
import { toRows } from '../db/executor.js';
import { raiseVersions } from '../aggregates/store/user-version-store.js';

/** Every table with rows of users; the users themselves last, since the triggers on calls write there. */
const TABLES_OF_USERS = [
  TABLES.calls,
  TABLES.stats,
  TABLES.projects,
  TABLES.models,
  TABLES.dirtyHours,
  'model_quota_snapshots',
  'model_embed_generations',
  TABLES.users,
] as const;

/** Rows of a user, by table. */
export type RowsOfUser = Record<string, number>;

/** Counts what is stored of a user. */
export async function countRows({ trx }: Transaction, userDid: string): Promise<RowsOfUser> {
  const rows: RowsOfUser = {};
  for (const table of TABLES_OF_USERS) {
    const [row] = await trx(table)
      .where('user_did', userDid)
      .count<{ count: number | string }[]>({ count: '*' });
    rows[table] = Number(row?.count ?? 0);
  }
  return rows;
}

/**
 * Deletes so many calls of a user, while the user is locked.
 *
 * @returns how many; 0 when there are no more than that
 */
export async function deleteSomeCalls(
  transaction: Transaction,
  userDid: string,
  limit: number,
): Promise<number> {
  const { trx } = transaction;
  await raiseVersions(transaction, [userDid]);
  const [next] = toRows<{ id: string }>(
    await trx.raw(
      `select id from ${TABLES.calls} where user_did = ? order by id limit 1 offset ${limit}`,
      [userDid],
    ),
  );
  if (next === undefined) return 0;
  return trx(TABLES.calls).where('user_did', userDid).where('id', '<', next.id).delete();
}

/**
 * Deletes all that is stored of a user, while the user is locked: who writes of the user meanwhile begins when it is done,
 * with a new user.
 */
export async function deleteUser(transaction: Transaction, userDid: string): Promise<RowsOfUser> {
  await raiseVersions(transaction, [userDid]);
  const rows: RowsOfUser = {};
  for (const table of TABLES_OF_USERS) {
    rows[table] = await transaction.trx(table).where('user_did', userDid).delete();
  }
  return rows;
}
