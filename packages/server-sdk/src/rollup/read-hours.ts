import type { Database } from '../db/database.js';
import { HOUR_MS, MINUTE_MS, floorTo, type TimeRange } from '../domain/time.js';
import { decodeCalls, selectCallsOfAll, type CallRow } from '../stores/call-rows.js';
import { findNextCallAt } from '../stores/rollup-build-store.js';
import type { Transaction } from '../stores/transaction.js';

/** An hour with its calls. */
export interface HourOfCalls {
  hourMs: number;
  calls: CallRow[];
}

/** An hour with more calls is read in parts, so that its text needs little memory. */
const MANY_CALLS = 50_000;
const SHORTEST_PART_MS = MINUTE_MS;

/**
 * The hours of a range that have a call, one after another, each with its calls. While one is worked on the database reads
 * the next: it has a thread of its own.
 */
export async function* readHours(
  database: Database,
  range: TimeRange,
): AsyncGenerator<HourOfCalls, void, undefined> {
  let partMs = HOUR_MS;
  const readNext = (fromMs: number): Promise<HourText | null> =>
    inSnapshot(database, (transaction) => readHourText(transaction, fromMs, range.toMs, partMs));
  let next = readNext(range.fromMs);
  for (;;) {
    const hour = await next;
    if (hour === null) return;
    next = readNext(hour.hourMs + HOUR_MS);
    // Not waited for when the consumer stops early; nobody else sees it fail.
    next.catch(() => undefined);
    const calls: CallRow[] = [];
    for (const text of hour.texts) {
      decodeCalls(text, (call) => {
        calls.push(call);
      });
    }
    partMs = calls.length > MANY_CALLS ? Math.max(SHORTEST_PART_MS, partMs / 2) : HOUR_MS;
    yield { hourMs: hour.hourMs, calls };
  }
}

interface HourText {
  hourMs: number;
  texts: (string | null)[];
}

async function readHourText(
  transaction: Transaction,
  fromMs: number,
  toMs: number,
  partMs: number,
): Promise<HourText | null> {
  const callAtMs = await findNextCallAt(transaction, fromMs);
  if (callAtMs === null || callAtMs >= toMs) return null;
  const hourMs = floorTo(HOUR_MS, callAtMs);
  const texts: (string | null)[] = [];
  for (let startMs = hourMs; startMs < hourMs + HOUR_MS; startMs += partMs) {
    const part = { fromMs: startMs, toMs: Math.min(startMs + partMs, hourMs + HOUR_MS) };
    texts.push(await selectCallsOfAll(transaction, part, null));
  }
  return { hourMs, texts };
}

/** Runs reads on one state of the database. */
export function inSnapshot<T>(
  database: Database,
  read: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return database.snapshot((trx) => read({ trx, dialect: database.dialect }));
}
