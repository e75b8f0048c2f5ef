import { writeDialectOf, type BulkColumn } from '../db/write-dialect.js';
import { runBulk } from './run-bulk.js';
import type { Transaction } from './transaction.js';

const TABLE = 'model_call_users';
const COLUMNS: readonly BulkColumn[] = [
  { name: 'user_did', kind: 'text' },
  { name: 'version', kind: 'integer' },
];

/**
 * Raises the version of users' data and locks it until the transaction ends. Writers call it last, so that they
 * hold it shortly, with the users in one order: two writers of the same users then never lock each other out.
 *
 * @param userDids each once
 */
export async function bumpUserVersions(
  { trx, dialect }: Transaction,
  userDids: readonly string[],
): Promise<void> {
  if (userDids.length === 0) return;
  const ordered = [...userDids].sort();
  const write = writeDialectOf(dialect);
  const insert = write.insertRows(
    {
      table: TABLE,
      columns: COLUMNS,
      onConflict: write.onConflictCount(TABLE, 'user_did', 'version'),
    },
    write.encodeRows(
      COLUMNS,
      ordered.map((userDid) => [userDid, 1]),
    ),
  );
  await runBulk(trx, insert);
}

/** Notes that hours of users are rebuilt: what was read of their pre-aggregates before is no longer so. */
export async function countRebuild(
  transaction: Transaction,
  userDids: readonly string[],
): Promise<void> {
  await bumpUserVersions(transaction, userDids);
  await transaction
    .trx<{ user_did: string; rebuilds: number }>(TABLE)
    .whereIn('user_did', [...userDids])
    .increment('rebuilds', 1);
}

/**
 * Versions of users' data: a number that grows with every transaction that adds, changes or deletes calls of the user,
 * whoever does it. Between two reads of the same version no figure of closed hours has changed.
 *
 * @returns every user asked for; 0 for one without calls
 */
export async function readUserVersions(
  { trx }: Transaction,
  userDids: readonly string[],
): Promise<Map<string, number>> {
  const versions = new Map(userDids.map((userDid) => [userDid, 0]));
  if (userDids.length === 0) return versions;
  const rows = await trx<{ user_did: string; version: number | string }>(TABLE)
    .select('user_did', 'version')
    .whereIn('user_did', [...versions.keys()]);
  for (const row of rows) versions.set(row.user_did, Number(row.version));
  return versions;
}
