import { queryRow } from '../db/executor.js';
import { sql } from '../db/sql.js';
import { ROLLUP_NAME } from '../db/tables.js';
import type { Transaction } from '../db/transaction.js';

/** How far a table is read whose changed rows no index finds. */
export interface RowProgress {
  /** Rows up to it were read when they were new. */
  throughRow: number;
  /** The pass over all rows that is in progress: rows up to it were read again. */
  passThroughRow: number;
  /** When that pass began, by the database's clock; rows that change later are found by the next one. */
  passStartedMs: number;
  /** Changes since then are found by that pass. */
  passSinceMs: number;
}

/** What one scan of a host's table remembers for the next. */
export interface ScanState {
  /** The start of the first call, epoch ms, and ids of some of the first: those that are moved away first. */
  first?: { startedAtMs: number; ids: string[] } | null;
  /** How far rows were read in the order in which they were inserted. */
  rows?: RowProgress;
}

/** Reads what the last scan remembered; nothing before the first one. */
export async function readScanState(transaction: Transaction): Promise<ScanState> {
  const row = await queryRow<{ scan_state: string | null }>(
    transaction,
    sql`select scan_state from model_call_rollups where name = ${ROLLUP_NAME}`,
  );
  return JSON.parse(row?.scan_state ?? '{}') as ScanState;
}

/** Stores what the next scan is to know. */
export async function saveScanState({ trx }: Transaction, state: ScanState): Promise<void> {
  await trx('model_call_rollups')
    .where('name', ROLLUP_NAME)
    .update({ scan_state: JSON.stringify(state) });
}
