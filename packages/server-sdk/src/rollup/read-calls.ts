import type { Database } from '../db/database.js';
import { HOUR_MS, floorTo, type TimeRange } from '../domain/time.js';
import { decodeCalls, selectCallsOfAll, type CallRow } from '../stores/call-rows.js';
import { findNextCallAt } from '../stores/rollup-build-store.js';
import { withoutTransaction, type Transaction } from '../stores/transaction.js';

/** Calls that are read at a time: taking more apart would hold the event loop; fewer leave the database waiting. */
const MANY_CALLS = 500;
/** Of a window without calls, where the database does not say null. */
const NO_CALLS = '[]';
/** Short, because it is not known how many calls there are. */
const FIRST_WINDOW_MS = HOUR_MS / 16;
const MIN_WINDOW_MS = HOUR_MS / 64;
const MAX_WINDOW_MS = 4 * HOUR_MS;

/** Calls of a part of a range, in no order. */
export interface WindowOfCalls {
  calls: CallRow[];
  /** No call that started before is still to come, epoch ms. */
  toMs: number;
}

/**
 * The calls of a range, some at a time; windows in which there are none are passed over. While some are worked on the database
 * reads the next: it has a thread of its own. Not all is read in one state of the database: the hours are claimed, so a call
 * that comes meanwhile marks its hour to be built again.
 */
export async function* readCalls(
  database: Database,
  range: TimeRange,
): AsyncGenerator<WindowOfCalls, void, undefined> {
  let windowMs = FIRST_WINDOW_MS;
  const readNext = (fromMs: number): Promise<TextOfCalls | null> =>
    readWindow(withoutTransaction(database), { ...range, fromMs }, windowMs);
  let next = readNext(range.fromMs);
  for (;;) {
    const found = await next;
    if (found === null) return;
    next = readNext(found.toMs);
    // Not waited for when the consumer stops early; nobody else sees it fail.
    next.catch(() => undefined);
    const calls: CallRow[] = [];
    const count = decodeCalls(found.text, (call) => {
      calls.push(call);
    });
    if (found.text === null) windowMs = FIRST_WINDOW_MS;
    else if (count < MANY_CALLS / 4) windowMs = Math.min(MAX_WINDOW_MS, windowMs * 2);
    else if (count > MANY_CALLS) windowMs = Math.max(MIN_WINDOW_MS, windowMs / 2);
    yield { calls, toMs: found.toMs };
  }
}

interface TextOfCalls {
  toMs: number;
  text: string | null;
}

async function readWindow(
  transaction: Transaction,
  range: TimeRange,
  windowMs: number,
): Promise<TextOfCalls | null> {
  if (range.fromMs >= range.toMs) return null;
  const endMs = floorTo(windowMs, range.fromMs) + windowMs;
  const window = { fromMs: range.fromMs, toMs: Math.min(endMs, range.toMs) };
  const text = await selectCallsOfAll(transaction, window, null);
  if (text !== null && text !== NO_CALLS) return { toMs: window.toMs, text };
  const callAtMs = await findNextCallAt(transaction, window.toMs);
  return callAtMs === null ? null : { toMs: callAtMs, text: null };
}

/** Runs reads on one state of the database. */
export function inSnapshot<T>(
  database: Database,
  read: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const { dialect, calls } = database;
  return database.snapshot((trx) => read({ trx, dialect, calls }));
}
