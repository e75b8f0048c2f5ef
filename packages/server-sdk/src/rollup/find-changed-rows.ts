import {
  findChangedHours,
  noteCalls,
  readRowBounds,
  saveScanProgress,
  type ChangeSelection,
  type ScanProgress,
} from '../source/scan-store.js';
import { readScanState, saveScanState } from '../source/scan-state.js';
import { planRows } from './plan-rows.js';
import { splitIntoChunks } from '../db/transaction.js';
import type { RollupRun } from './rollup-run.js';

/** How many hours one transaction marks: records of their users wait for it. */
const PLACES_PER_TRANSACTION = 500;
/**
 * Finds rows that were written since the last scan of a host's table, and marks their hours dirty. Where no index finds them, a
 * run reads a bounded number of rows: those inserted since the last one, the newest before those, and a part of the
 * others, so that each pass over the table takes several runs.
 *
 * @see docs/adr/0030-tables-of-the-host.md
 * @throws StatementError when the database fails
 */
export async function findChangedRows(run: RollupRun, progress: ScanProgress): Promise<void> {
  const { nowMs, changesThroughMs, scannedThroughMs } = progress;
  if (run.options.database.calls.changes === null) return;
  const bounds = await readRowBounds(run.reader);
  const { rows = null } = await readScanState(run.reader);
  const plan = bounds && planRows(bounds, rows, { lastMs: changesThroughMs ?? nowMs, nowMs });
  // The first scan finds no changed rows: the later scan for new calls reads them as they are.
  if (changesThroughMs !== null && scannedThroughMs !== null) {
    for (const selection of plan?.selections ?? [{ sinceMs: changesThroughMs }]) {
      await noteChanges(run, selection, scannedThroughMs);
    }
  }
  await run.statement((transaction) => saveScanProgress(transaction, { changesThroughMs: nowMs }));
  if (plan === null) return;
  const state = await readScanState(run.reader);
  await run.statement((transaction) =>
    saveScanState(transaction, { ...state, rows: plan.progress }),
  );
}

async function noteChanges(
  run: RollupRun,
  selection: ChangeSelection,
  beforeMs: number,
): Promise<void> {
  const places = await findChangedHours(run.reader, selection, beforeMs);
  for (const chunk of splitIntoChunks(PLACES_PER_TRANSACTION, places)) {
    await run.transaction((transaction) => noteCalls(transaction, chunk));
    await run.timeSlices.yieldIfDue();
  }
}
