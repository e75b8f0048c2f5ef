import type { Totals } from '../contract/common.js';
import { toTotals } from '../domain/call-figures.js';
import type { TimeRange } from '../domain/time.js';
import { previousRange } from './query-range.js';
import type { UserSnapshot } from './user-snapshot.js';

/** Totals of the equally long range before; `null` when there was no call before the range at all. */
export async function readPreviousTotals(
  snapshot: UserSnapshot,
  range: TimeRange,
  appDid: string | null,
): Promise<Totals | null> {
  const firstCallAtMs = await snapshot.firstCallAtMs(appDid);
  if (firstCallAtMs === null || firstCallAtMs >= range.fromMs) return null;
  return toTotals(await snapshot.total(previousRange(range), appDid));
}
