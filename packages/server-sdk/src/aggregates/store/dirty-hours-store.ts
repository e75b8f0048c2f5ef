import { queryRows } from '../../db/executor.js';
import { sql } from '../../db/sql.js';
import type { Transaction } from '../../db/transaction.js';

/** A dirty hour of a user. */
export interface DirtyHour {
  hourMs: number;
  /** How often it changed. */
  revision: number;
}

/** Reads the dirty hours of a user, ascending. */
export async function readDirtyHours(
  transaction: Transaction,
  userDid: string,
): Promise<DirtyHour[]> {
  const rows = await queryRows<{ hour_ms: number | string; revision: number | string }>(
    transaction,
    sql`select hour_ms, revision from model_call_dirty_hours where user_did = ${userDid} order by hour_ms`,
  );
  return rows.map((row) => ({ hourMs: Number(row.hour_ms), revision: Number(row.revision) }));
}
