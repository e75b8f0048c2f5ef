import { TABLES } from '../db/tables.js';
import { numberOrNull, rowsOf, type Transaction } from './transaction.js';

/** What the aggregates know of a user's project. */
export interface StoredProject {
  /** Its short id. */
  appId: number;
  /** Start of its first call that was archived, epoch ms; `null`: none was. */
  archivedFirstMs: number | null;
}

/** A project of a user; `null` for one of which nothing was rolled up. */
export async function readProject(
  { trx }: Transaction,
  userDid: string,
  appDid: string,
): Promise<StoredProject | null> {
  const [row] = rowsOf<{ app_id: number; archived_first_ms: number | string | null }>(
    await trx.raw(
      `select app_id, archived_first_ms from ${TABLES.projects} where user_did = ? and app_did = ?`,
      [userDid, appDid],
    ),
  );
  return row ? { appId: row.app_id, archivedFirstMs: numberOrNull(row.archived_first_ms) } : null;
}
