import { HOUR_MS, UTC_DAY_MS, floorTo, type TimeRange } from '../values/time.js';
import { readCallRows, type CallRow } from '../aggregates/store/call-rows.js';
import { findNextCall } from './rollup-user-store.js';
import type { Transaction } from '../db/transaction.js';

/** Calls of one window: decoding more would block the event loop, and with fewer the database would wait. */
const MANY_CALLS = 1000;
const FIRST_WINDOW_MS = HOUR_MS;
const MIN_WINDOW_MS = HOUR_MS / 64;
const MAX_WINDOW_MS = 32 * UTC_DAY_MS;

/** The calls of a window of a range, in no order. */
export interface CallWindow {
  calls: CallRow[];
  /** End of the window, epoch ms: later windows have no call before it. */
  toMs: number;
}

/**
 * Reads a user's calls of a range in windows, each sized by the number of calls in the one before. The database reads the next
 * window while the caller processes one. Windows without calls are skipped.
 *
 * @param range from the start of an hour
 */
export async function* readWindows(
  transaction: Transaction,
  userDid: string,
  range: TimeRange,
): AsyncGenerator<CallWindow, void, undefined> {
  let windowMs = FIRST_WINDOW_MS;
  const readNext = (fromMs: number): Promise<CallWindow | null> =>
    readWindow(transaction, userDid, { ...range, fromMs }, windowMs);
  let next = readNext(range.fromMs);
  for (;;) {
    const window = await next;
    if (window === null) return;
    const { length } = window.calls;
    if (length < MANY_CALLS / 4) windowMs = Math.min(MAX_WINDOW_MS, windowMs * 4);
    else if (length < MANY_CALLS / 2) windowMs = Math.min(MAX_WINDOW_MS, windowMs * 2);
    else if (length > 2 * MANY_CALLS) windowMs = Math.max(MIN_WINDOW_MS, windowMs / 2);
    next = readNext(window.toMs);
    // A caller that stops early does not await it.
    next.catch(() => undefined);
    yield window;
  }
}

async function readWindow(
  transaction: Transaction,
  userDid: string,
  range: TimeRange,
  windowMs: number,
): Promise<CallWindow | null> {
  if (range.fromMs >= range.toMs) return null;
  const endMs = floorTo(Math.min(windowMs, UTC_DAY_MS), range.fromMs) + windowMs;
  const window = { fromMs: range.fromMs, toMs: Math.min(endMs, range.toMs) };
  const calls = await readCallRows(transaction, userDid, window);
  if (calls.length > 0) return { calls, toMs: window.toMs };
  const callMs = await findNextCall(transaction, userDid, window.toMs);
  if (callMs === null || callMs >= range.toMs) return { calls, toMs: range.toMs };
  return { calls, toMs: Math.max(window.toMs, floorTo(HOUR_MS, callMs)) };
}
