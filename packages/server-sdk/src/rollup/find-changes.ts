import { UTC_DAY_MS, floorTo, type TimeRange } from '../values/time.js';
import {
  findChangedHours,
  findFirstCalls,
  findHours,
  findNextStart,
  saveScanProgress,
  noteCalls,
  readScanProgress,
} from '../source/scan-store.js';
import { splitIntoChunks } from '../db/transaction.js';
import type { RollupRun } from './rollup-run.js';

/** What is read at a time. */
const PART_MS = 7 * UTC_DAY_MS;
/** What is written at a time: short, since records of these users wait for it. */
const PLACES_PER_TRANSACTION = 500;

/**
 * Finds what a host's program did to its own table, which no trigger sees: rows that were written since the last look, and
 * users with calls that are due now. Reads outside transactions; can be ended at any point, and is carried on by the next run.
 */
export async function findChanges(run: RollupRun): Promise<void> {
  if (run.options.database.calls.isOwn) return;
  const progress = await readScanProgress(run.reader);
  await findChangedRows(run, progress);
  await findNewCalls(run, progress.scannedThroughMs);
}

/** The first look finds none: what is scanned afterwards is read afterwards. */
async function findChangedRows(
  run: RollupRun,
  { nowMs, changesThroughMs, scannedThroughMs }: Awaited<ReturnType<typeof readScanProgress>>,
): Promise<void> {
  if (run.options.database.calls.changes === null) return;
  if (changesThroughMs !== null && scannedThroughMs !== null) {
    const places = await findChangedHours(run.reader, changesThroughMs, scannedThroughMs);
    for (const chunk of splitIntoChunks(PLACES_PER_TRANSACTION, places)) {
      await run.transaction((transaction) => noteCalls(transaction, chunk));
      await run.timeSlices.yieldIfDue();
    }
  }
  await run.statement((transaction) => saveScanProgress(transaction, { changesThroughMs: nowMs }));
}

/** Users with calls between the end of the last scan and what is due now, a part of the time after the other. */
async function findNewCalls(run: RollupRun, scannedThroughMs: number | null): Promise<void> {
  let fromMs = scannedThroughMs ?? Number.MIN_SAFE_INTEGER;
  while (fromMs < run.dueThroughMs && !run.isStopped) {
    const nextMs = (await findNextStart(run.reader, fromMs)) ?? run.dueThroughMs;
    const toMs = Math.min(run.dueThroughMs, floorTo(PART_MS, nextMs) + PART_MS);
    if (nextMs < toMs) await findCallers(run, { fromMs: nextMs, toMs });
    await run.statement((transaction) => saveScanProgress(transaction, { scannedThroughMs: toMs }));
    fromMs = toMs;
  }
}

async function findCallers(run: RollupRun, range: TimeRange): Promise<void> {
  const firsts = await findFirstCalls(run.reader, range);
  for (const chunk of splitIntoChunks(PLACES_PER_TRANSACTION, firsts)) {
    await run.transaction((transaction) =>
      // Claimed only where another instance was here before, with a clock ahead of this one's.
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
