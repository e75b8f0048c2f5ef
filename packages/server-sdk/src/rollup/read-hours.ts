import type { Database } from '../db/database.js';
import { HOUR_MS, floorTo, type TimeRange } from '../domain/time.js';
import { decodeCalls, selectCallsOfAll, type CallRow } from '../stores/call-rows.js';
import { findNextCallAt } from '../stores/rollup-build-store.js';
import type { Transaction } from '../stores/transaction.js';

/** An hour with its calls. */
export interface HourOfCalls {
  hourMs: number;
  calls: CallRow[];
}

/** Calls that are read at a time: more need memory, fewer leave the database waiting for statements. */
const MANY_CALLS = 6000;
const MAX_HOURS = 24;

/**
 * The hours of a range that have a call, one after another, each with its calls. While some are worked on the database reads
 * the next: it has a thread of its own.
 */
export async function* readHours(
  database: Database,
  range: TimeRange,
): AsyncGenerator<HourOfCalls, void, undefined> {
  let hoursAtOnce = 1;
  const readNext = (fromMs: number): Promise<HoursText | null> =>
    inSnapshot(database, (t) => readHoursText(t, { ...range, fromMs }, hoursAtOnce));
  let next = readNext(range.fromMs);
  for (;;) {
    const found = await next;
    if (found === null) return;
    next = readNext(found.toMs);
    // Not waited for when the consumer stops early; nobody else sees it fail.
    next.catch(() => undefined);
    const hours = new Map<number, CallRow[]>();
    const count = decodeCalls(found.text, (call) => {
      const hourMs = floorTo(HOUR_MS, call.startedAtMs);
      const calls = hours.get(hourMs);
      if (calls) calls.push(call);
      else hours.set(hourMs, [call]);
    });
    if (count < MANY_CALLS / 4) hoursAtOnce = Math.min(MAX_HOURS, hoursAtOnce * 2);
    else if (count > MANY_CALLS) hoursAtOnce = Math.max(1, Math.floor(hoursAtOnce / 2));
    for (const [hourMs, calls] of [...hours].sort(([a], [b]) => a - b)) yield { hourMs, calls };
  }
}

interface HoursText {
  toMs: number;
  text: string | null;
}

async function readHoursText(
  transaction: Transaction,
  range: TimeRange,
  hoursAtOnce: number,
): Promise<HoursText | null> {
  const callAtMs = await findNextCallAt(transaction, range.fromMs);
  if (callAtMs === null || callAtMs >= range.toMs) return null;
  const fromMs = floorTo(HOUR_MS, callAtMs);
  const toMs = Math.min(fromMs + hoursAtOnce * HOUR_MS, range.toMs);
  return { toMs, text: await selectCallsOfAll(transaction, { fromMs, toMs }, null) };
}

/** Runs reads on one state of the database. */
export function inSnapshot<T>(
  database: Database,
  read: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const { dialect, calls } = database;
  return database.snapshot((trx) => read({ trx, dialect, calls }));
}
