import type { ChangeSelection } from '../source/scan-store.js';
import type { RowProgress } from '../source/scan-state.js';

/** Rows of a pass that one run reads: some 30 ms of processor time. */
const ROWS_PER_RUN = 10_000;
/** Of the rows that were read, so many of the newest are read again in every run: most rows that change are new. */
const NEW_ROWS = 2000;

/** What a run reads of a table in the order of insertion, and how far the table is read then. */
export interface RowPlan {
  /** Rows without `sinceMs` are new. */
  selections: ChangeSelection[];
  progress: RowProgress;
}

/**
 * Plans which rows a run reads again: those inserted since the last run, whenever they say that they were written; the
 * newest before those, if written since the last run; and the next part of a pass over all rows, if written since the
 * pass before it began.
 *
 * @param bounds the first and the last row
 * @param known how far rows were read; `null`: never
 * @param times when the last run and this one read, by the database's clock, epoch ms
 */
export function planRows(
  bounds: { first: number; last: number },
  known: RowProgress | null,
  times: { lastMs: number; nowMs: number },
): RowPlan {
  const before = bounds.first - 1;
  const { last } = bounds;
  if (known === null) {
    const pass = { passThroughRow: before, passStartedMs: times.nowMs, passSinceMs: times.nowMs };
    return { selections: [], progress: { throughRow: last, ...pass } };
  }
  // The last rows were deleted, or VACUUM gave all rows lower numbers: the pass may have missed some.
  const isShrunk = last < known.throughRow;
  const throughRow = Math.min(known.throughRow, last);
  const fromRow = isShrunk ? before : Math.max(known.passThroughRow, before);
  const passThroughRow = fromRow + ROWS_PER_RUN;
  const selections: ChangeSelection[] = [
    { rows: { after: throughRow, through: last } },
    { rows: { after: throughRow - NEW_ROWS, through: throughRow }, sinceMs: times.lastMs },
    { rows: { after: fromRow, through: passThroughRow }, sinceMs: known.passSinceMs },
  ];
  const isDone = passThroughRow >= last;
  return {
    selections,
    progress: isDone
      ? {
          throughRow: last,
          passThroughRow: before,
          passStartedMs: times.nowMs,
          passSinceMs: known.passStartedMs,
        }
      : { ...known, throughRow: last, passThroughRow },
  };
}
