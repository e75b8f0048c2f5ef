import { ROLLUP_NAME, TABLES } from '../db/tables.js';
import { chunksOf, rowsOf, type Transaction } from './transaction.js';

const USERS_PER_STATEMENT = 500;

/**
 * What tells a user's data of one moment from that of another, as text: every write of a call of the user and every hour
 * that is rolled up changes it. Many users in one statement.
 */
export async function readDataVersions(
  { trx }: Transaction,
  userDids: readonly string[],
): Promise<Map<string, string>> {
  const versions = new Map<string, string>();
  for (const batch of chunksOf(USERS_PER_STATEMENT, userDids)) {
    const rows = rowsOf<{
      user_did: string | null;
      version: number | string | null;
      built: number | string | null;
    }>(
      await trx.raw(
        `select users.user_did, users.version, rollups.built_through_ms as built
         from ${TABLES.rollups} as rollups left join ${TABLES.users} as users
           on users.user_did in (${batch.map(() => '?').join(', ')})
         where rollups.name = ?`,
        [...batch, ROLLUP_NAME],
      ),
    );
    const built = rows[0]?.built ?? '';
    for (const userDid of batch) versions.set(userDid, `${built}.0`);
    for (const row of rows) {
      if (row.user_did !== null) versions.set(row.user_did, `${built}.${row.version ?? 0}`);
    }
  }
  return versions;
}
