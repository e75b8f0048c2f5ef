import { UTC_DAY_MS, floorTo, type TimeRange } from '../values/time.js';
import {
  findFirstCalls,
  findHours,
  findNextStart,
  saveScanProgress,
  noteCalls,
  readScanProgress,
} from '../source/scan-store.js';
import { splitIntoChunks } from '../db/transaction.js';
import { findChangedRows } from './find-changed-rows.js';
import { noteArchived } from './note-archived.js';
import type { RollupRun } from './rollup-run.js';

/** The range of time that is scanned at a time. */
const SCAN_MS = 7 * UTC_DAY_MS;
/** How many users or hours one transaction writes: records of these users wait for it. */
const PLACES_PER_TRANSACTION = 500;

/**
 * Scans a host's table, which has no triggers, for rows that were written since the last scan, and for users with calls that
 * are due now. Reads outside transactions; can be stopped at any point, and the next run continues it.
 *
 * @throws StatementError when the database fails
 */
export async function findChanges(run: RollupRun): Promise<void> {
  if (run.options.database.calls.isOwn) return;
  await noteArchived(run);
  const progress = await readScanProgress(run.reader);
  await findChangedRows(run, progress);
  await findNewCalls(run, progress.scannedThroughMs);
}

/** Finds users with calls between the end of the last scan and the due hours, one range of time after the other. */
async function findNewCalls(run: RollupRun, scannedThroughMs: number | null): Promise<void> {
  let fromMs = scannedThroughMs ?? Number.MIN_SAFE_INTEGER;
  while (fromMs < run.dueThroughMs && !run.isStopped) {
    const nextMs = (await findNextStart(run.reader, fromMs)) ?? run.dueThroughMs;
    const toMs = Math.min(run.dueThroughMs, floorTo(SCAN_MS, nextMs) + SCAN_MS);
    if (nextMs < toMs) await findCallers(run, { fromMs: nextMs, toMs });
    await run.statement((transaction) => saveScanProgress(transaction, { scannedThroughMs: toMs }));
    fromMs = toMs;
  }
}

async function findCallers(run: RollupRun, range: TimeRange): Promise<void> {
  const firsts = await findFirstCalls(run.reader, range);
  for (const chunk of splitIntoChunks(PLACES_PER_TRANSACTION, firsts)) {
    await run.transaction((transaction) =>
      // These hours are claimed only if another instance, whose clock is ahead, has scanned them before.
      noteCalls(transaction, chunk, (userDid, claimedThroughMs) =>
        findHours(transaction, userDid, {
          ...range,
          toMs: Math.min(range.toMs, claimedThroughMs),
        }),
      ),
    );
    await run.timeSlices.yieldIfDue();
  }
}
