import { TABLES } from '../db/tables.js';
import { splitIntoChunks, type Transaction } from '../db/transaction.js';
import { toRows } from '../db/executor.js';

const USERS_PER_STATEMENT = 500;

interface VersionRow {
  user_did: string;
  version: number | string;
  swept_through_ms: number | string | null;
}

/**
 * What tells a user's data of one moment from that of another, as text: it changes with every write of a call of the user,
 * with every row of the user that is rolled up, and with what the slot says of how far that is. Many users in one statement.
 */
export async function readDataVersions(
  { trx }: Transaction,
  userDids: readonly string[],
): Promise<Map<string, string>> {
  const versions = new Map(userDids.map((userDid) => [userDid, '.0']));
  for (const batch of splitIntoChunks(USERS_PER_STATEMENT, userDids)) {
    const rows = toRows<VersionRow>(
      await trx.raw(
        `select users.user_did, users.version, slots.swept_through_ms
         from ${TABLES.users} as users left join ${TABLES.slots} as slots on slots.slot = users.slot
         where users.user_did in (${batch.map(() => '?').join(', ')})`,
        [...batch],
      ),
    );
    for (const { user_did: userDid, version, swept_through_ms: sweptMs } of rows) {
      versions.set(userDid, `${sweptMs ?? ''}.${version}`);
    }
  }
  return versions;
}
