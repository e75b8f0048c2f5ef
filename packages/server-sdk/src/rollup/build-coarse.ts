import { UTC_DAY_MS, nextUtcMonth, type TimeRange } from '../domain/time.js';
import type { Grain } from '../domain/range-cover.js';
import { coarseRows, hourRows, type BucketRows, type UserBucket } from '../domain/user-bucket.js';
import {
  moveWatermarks,
  readUserIds,
  sumDays,
  sumHours,
  writeBucket,
} from '../stores/rollup-build-store.js';
import { readWatermarks } from '../stores/rollup-progress-store.js';
import { chunksOf, type Transaction } from '../stores/transaction.js';
import { inSnapshot } from './read-hours.js';
import type { RollupRun } from './rollup-run.js';

/** A day or a month. */
export type CoarseGrain = Exclude<Grain, 'hour'>;

/** Users whose sums are held in memory together. A month of one may have a thousand projects, each with its models. */
const USERS_AT_ONCE: Record<CoarseGrain, number> = { day: 100, month: 1 };
/** Rows of a transaction, see build-hours.ts; a user's are never parted. */
const ROWS_PER_TRANSACTION = 1500;

/**
 * Builds the days and months that are complete below what is built of the hours, a few users in a transaction. The
 * watermark moves last: what a killed run left is not read, and is written again.
 */
export async function buildDueDaysAndMonths(run: RollupRun): Promise<void> {
  for (const grain of ['day', 'month'] as const) {
    for (;;) {
      const marks = await inSnapshot(run.options.database, readWatermarks);
      const throughMs = grain === 'day' ? marks.builtThroughMs : marks.daysThroughMs;
      const bucketMs = grain === 'day' ? marks.daysThroughMs : marks.monthsThroughMs;
      if (throughMs === null || bucketMs === null || bucketEnd(grain, bucketMs) > throughMs) break;
      if (run.options.signal?.aborted) return;
      await buildForEveryone(run, grain, bucketMs);
    }
  }
}

async function buildForEveryone(
  run: RollupRun,
  grain: CoarseGrain,
  bucketMs: number,
): Promise<void> {
  const { database } = run.options;
  const userIds = await inSnapshot(database, readUserIds);
  let waiting = new Map<number, BucketRows>();
  let waitingRows = 0;
  const flush = async (): Promise<void> => {
    const rows = waiting;
    if (rows.size > 0) await run.write((t) => writeBucket(t, grain, bucketMs, rows, true));
    waiting = new Map();
    waitingRows = 0;
  };
  for (const batch of chunksOf(USERS_AT_ONCE[grain], userIds)) {
    const sums = await inSnapshot(database, (t) => sumFiner(t, grain, batch, bucketMs));
    for (const [userId, rows] of toRows(grain, bucketMs, sums)) {
      waiting.set(userId, rows);
      waitingRows += 1 + rows.projects.length;
      if (waitingRows >= ROWS_PER_TRANSACTION) await flush();
    }
  }
  await flush();
  const endMs = bucketEnd(grain, bucketMs);
  await run.write((t) => moveWatermarks(t, grain === 'day' ? { days: endMs } : { months: endMs }));
}

/** Of a bucket without calls. */
export const NO_ROWS: BucketRows = { user: null, projects: [] };

/** Rebuilds a day or month of some users from what is built below it, in a running transaction. */
export async function rebuildCoarse(
  transaction: Transaction,
  grain: CoarseGrain,
  bucketMs: number,
  userIds: readonly number[],
): Promise<void> {
  for (const batch of chunksOf(USERS_AT_ONCE[grain], userIds)) {
    const sums = await sumFiner(transaction, grain, batch, bucketMs);
    const rows = new Map(batch.map((userId): [number, BucketRows] => [userId, NO_ROWS]));
    for (const [userId, found] of toRows(grain, bucketMs, sums)) rows.set(userId, found);
    await writeBucket(transaction, grain, bucketMs, rows, true);
  }
}

function sumFiner(
  transaction: Transaction,
  grain: CoarseGrain,
  userIds: readonly number[],
  bucketMs: number,
): Promise<Map<number, UserBucket>> {
  const range: TimeRange = { fromMs: bucketMs, toMs: bucketEnd(grain, bucketMs) };
  return grain === 'day'
    ? sumHours(transaction, userIds, range)
    : sumDays(transaction, userIds, range);
}

/** The rows of users' buckets. */
export function toRows(
  grain: Grain,
  bucketMs: number,
  buckets: ReadonlyMap<number, UserBucket>,
): Map<number, BucketRows> {
  return new Map(
    [...buckets].map(([userId, bucket]) => [
      userId,
      grain === 'hour' ? hourRows(bucketMs, bucket) : coarseRows(bucketMs, bucket),
    ]),
  );
}

/** Where a day or month ends, exclusive. */
export function bucketEnd(grain: CoarseGrain, bucketMs: number): number {
  return grain === 'day' ? bucketMs + UTC_DAY_MS : nextUtcMonth(bucketMs);
}
