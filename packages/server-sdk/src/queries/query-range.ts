import type { Range } from '../contract/common.js';
import { toInstant, type TimeRange } from '../values/time.js';

/** A checked range of a request and the zone its days are cut in. */
export interface QueryRange extends TimeRange {
  timeZone: string;
}

/** The range as answers state it. */
export function toRange(range: QueryRange): Range {
  return { from: toInstant(range.fromMs), to: toInstant(range.toMs), timeZone: range.timeZone };
}

/** The equally long range just before. */
export function previousRange(range: TimeRange): TimeRange {
  return { fromMs: 2 * range.fromMs - range.toMs, toMs: range.fromMs };
}
