import type { Totals } from '../contract/common.js';
import { toTotals, type CallFigures } from '../aggregates/model/call-figures.js';
import type { TimeRange } from '../values/time.js';
import type { Answer } from './user-snapshot.js';

/** Totals of the period before a range; `null` when there was no call before the range at all: growth from nothing. */
export function toPrevious(
  { firstCallAtMs }: Answer,
  range: TimeRange,
  before: CallFigures,
): Totals | null {
  return firstCallAtMs !== null && firstCallAtMs < range.fromMs ? toTotals(before) : null;
}
