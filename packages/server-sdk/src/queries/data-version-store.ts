import { queryRows } from '../db/executor.js';
import { listValues, sql } from '../db/sql.js';
import { splitIntoChunks, type Transaction } from '../db/transaction.js';

const USERS_PER_STATEMENT = 500;

interface VersionRow {
  user_did: string;
  version: number | string;
  swept_through_ms: number | string | null;
}

/**
 * Reads the versions of users' data, many users in one statement. A version is a text that changes with every write of a call
 * of the user, with every visible transaction of the user's rollup, and with every sweep of the slot.
 *
 * @throws StatementError when the database fails
 */
export async function readDataVersions(
  transaction: Transaction,
  userDids: readonly string[],
): Promise<Map<string, string>> {
  const versions = new Map(userDids.map((userDid) => [userDid, '.0']));
  for (const batch of splitIntoChunks(USERS_PER_STATEMENT, userDids)) {
    const rows = await queryRows<VersionRow>(
      transaction,
      sql`select users.user_did, users.version, slots.swept_through_ms
        from model_call_users as users left join model_call_slots as slots on slots.slot = users.slot
        where users.user_did in (${listValues(batch)})`,
    );
    for (const { user_did: userDid, version, swept_through_ms: sweptMs } of rows) {
      versions.set(userDid, `${sweptMs ?? ''}.${version}`);
    }
  }
  return versions;
}
