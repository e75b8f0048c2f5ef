import type { Range } from '../contract/common.js';
import { toInstant, type TimeRange } from '../values/time.js';

/** A validated range of a request, and the time zone of its days. */
export interface QueryRange extends TimeRange {
  timeZone: string;
}

/** The range as responses have it. */
export function toRange(range: QueryRange): Range {
  return { from: toInstant(range.fromMs), to: toInstant(range.toMs), timeZone: range.timeZone };
}

/** The equally long range that ends where a range begins. */
export function getPreviousRange(range: TimeRange): TimeRange {
  return { fromMs: 2 * range.fromMs - range.toMs, toMs: range.fromMs };
}

/** Whether the runtime knows the zone; `UTC` and names like `Asia/Kolkata`, not offsets. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
