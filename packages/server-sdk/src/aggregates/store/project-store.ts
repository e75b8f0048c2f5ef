import { TABLES } from '../../db/tables.js';
import { rowsOf, type Transaction } from '../../db/transaction.js';

/** Short id of a user's project; `null` for one of which nothing was rolled up. */
export async function readProjectId(
  { trx }: Transaction,
  userDid: string,
  appDid: string,
): Promise<number | null> {
  const [row] = rowsOf<{ app_id: number }>(
    await trx.raw(`select app_id from ${TABLES.projects} where user_did = ? and app_did = ?`, [
      userDid,
      appDid,
    ]),
  );
  return row?.app_id ?? null;
}
