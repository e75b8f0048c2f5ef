import { HOUR_MS, UTC_DAY_MS, nextUtcMonth } from '../domain/time.js';
import type { Grain } from '../domain/range-cover.js';
import { replaceBucket, sumCallsOfRange, sumStatsOfRange } from '../stores/rollup-build-store.js';
import type { Transaction } from '../stores/transaction.js';
import { toScopes } from './scope-figures.js';

/**
 * Recomputes one bucket and replaces its rows: an hour from the calls, a day from its hours, a month from its days.
 * Absolute values, so doing it twice, or on two machines, changes nothing.
 *
 * @param userDids rebuild these users only; `null`: every user
 */
export async function buildBucket(
  transaction: Transaction,
  grain: Grain,
  bucketMs: number,
  userDids: readonly string[] | null,
): Promise<void> {
  const range = { fromMs: bucketMs, toMs: bucketEnd(grain, bucketMs) };
  const rows =
    grain === 'hour'
      ? toScopes(await sumCallsOfRange(transaction, range, userDids))
      : await sumStatsOfRange(transaction, grain === 'day' ? 'hour' : 'day', range, userDids);
  await replaceBucket(transaction, grain, bucketMs, rows, userDids);
}

/** Where a bucket ends, exclusive. */
export function bucketEnd(grain: Grain, bucketMs: number): number {
  switch (grain) {
    case 'hour':
      return bucketMs + HOUR_MS;
    case 'day':
      return bucketMs + UTC_DAY_MS;
    case 'month':
      return nextUtcMonth(bucketMs);
  }
}
