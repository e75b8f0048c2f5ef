import { HOUR_MS, UTC_DAY_MS, floorTo } from '../domain/time.js';
import { archiveCalls, clearMarks, hasMarks } from '../stores/archive-store.js';
import { findNextCallAt } from '../stores/rollup-build-store.js';
import { moveWatermarks, readWatermarks } from '../stores/rollup-progress-store.js';
import type { Transaction } from '../stores/transaction.js';
import type { RollupRun } from './rollup-run.js';

/**
 * Archives the calls of before: their rows are deleted, an hour in a transaction, and their figures stay. An hour whose
 * calls changed waits until it is rebuilt.
 *
 * What comes to an archived hour later is not lost: its rebuild adds it to what is stored (see rebuild-changed.ts).
 */
export async function archiveHours(run: RollupRun): Promise<void> {
  const { keepCallsDays, nowMs, signal, database } = run.options;
  if (keepCallsDays === null || !database.calls.isOwn) return;
  const beforeMs = floorTo(UTC_DAY_MS, nowMs - keepCallsDays * UTC_DAY_MS);
  while (signal?.aborted !== true) {
    if (!(await run.write((transaction) => archiveNext(transaction, beforeMs)))) return;
    await run.turns.share();
  }
}

/** @returns whether there may be more */
async function archiveNext(transaction: Transaction, beforeMs: number): Promise<boolean> {
  const marks = await readWatermarks(transaction);
  const endMs = Math.min(beforeMs, marks.daysThroughMs ?? 0);
  const fromMs = marks.archivedBeforeMs ?? Number.MIN_SAFE_INTEGER;
  if (fromMs >= endMs) return false;
  const callMs = await findNextCallAt(transaction, fromMs);
  const isDone = callMs === null || callMs >= endMs;
  const throughMs = isDone ? endMs : floorTo(HOUR_MS, callMs) + HOUR_MS;
  const range = { fromMs, toMs: throughMs };
  // In between, calls may have been deleted that are still in the figures.
  if (await hasMarks(transaction, range)) return false;
  if (!isDone) {
    await archiveCalls(transaction, range, null);
    await clearMarks(transaction, range);
  }
  await moveWatermarks(transaction, { archived: throughMs });
  return !isDone;
}
