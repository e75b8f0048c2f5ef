import { numberOrNull, queryRow, queryRows } from '../db/executor.js';
import { listValues, sql, verbatim } from '../db/sql.js';
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

/** A replica's state of a user. */
export interface ReplicaState {
  /** As {@link readDataVersions} gives it. */
  version: string;
  /** Until when the replica has every write, epoch ms; `null`: it is not a replica, or does not know. */
  asOfMs: number | null;
}

/** Reads the state that a replica has of users. @throws StatementError when the database fails */
export async function readReplicaStates(
  transaction: Transaction,
  userDids: readonly string[],
): Promise<Map<string, ReplicaState>> {
  const { replayedMs } = transaction.dialect;
  // First: what is read afterwards is of this moment or later.
  const row = await queryRow<{ ms: number | string | null }>(
    transaction,
    sql`select ${verbatim(replayedMs ?? 'null')} as ms`,
  );
  const asOfMs = numberOrNull(row?.ms);
  const versions = await readDataVersions(transaction, userDids);
  return new Map([...versions].map(([userDid, version]) => [userDid, { version, asOfMs }]));
}

/** The counter of a version that {@link readDataVersions} gave; 0 for a user without a row. */
export function getVersionCount(version: string): number {
  return Number(version.slice(version.lastIndexOf('.') + 1));
}
