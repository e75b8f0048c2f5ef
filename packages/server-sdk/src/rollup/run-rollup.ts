import type { Database } from '../db/database.js';
import { HOUR_MS, MINUTE_MS, UTC_DAY_MS, floorTo, floorToUtcMonth } from '../domain/time.js';
import { acquireLease, holdLease, releaseLease } from '../stores/lease-store.js';
import { clearDirty, readDirtyHours } from '../stores/dirty-hour-store.js';
import { findNextCallAt, moveWatermark } from '../stores/rollup-build-store.js';
import { KeyCache } from '../stores/key-cache.js';
import { readWatermarks, type Watermarks } from '../stores/rollup-progress-store.js';
import type { Transaction } from '../stores/transaction.js';
import { bucketEnd, buildBucket } from './build-bucket.js';

/** How a run is told what to do and when to stop. */
export interface RollupRunOptions {
  database: Database;
  /** Epoch ms; hours that ended `graceMinutes` before are rolled up. */
  nowMs: number;
  graceMinutes: number;
  /** Names this instance. */
  owner: string;
  /** Stops between two transactions. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: RollupProgressReport) => void) | undefined;
}

/** Where a run is. */
export interface RollupProgressReport {
  /** Start of the hour that was just built, epoch ms. */
  hourMs: number;
  hours: number;
}

/** What a run did. */
export interface RollupReport {
  /** Whether another instance was at work, so that this run did nothing. */
  skipped: boolean;
  /** New hours that were rolled up. */
  hours: number;
  /** Hours that were rebuilt because calls in them arrived, ended or changed. */
  rebuiltHours: number;
}

const LEASE_TTL_MS = 2 * MINUTE_MS;
const DIRTY_MARKS_PER_ROUND = 500;
const TRANSACTION_BUDGET_MS = 40;

/**
 * Rolls up all that is due: first the hours whose calls changed, then hour by hour up to now, each day and month as it
 * gets complete. Every short transaction also moves the watermark, so a run can be killed at any point and carried on by
 * the next, here or on another machine.
 */
export async function runRollup(options: RollupRunOptions): Promise<RollupReport> {
  const { database, owner, nowMs } = options;
  const epoch = await inTransaction(database, (transaction) =>
    acquireLease(transaction, owner, LEASE_TTL_MS),
  );
  const report: RollupReport = { skipped: epoch === null, hours: 0, rebuiltHours: 0 };
  if (epoch === null) return report;

  const keys = new KeyCache();
  const underLease = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    inTransaction(database, async (transaction) => {
      await holdLease(transaction, epoch, LEASE_TTL_MS);
      return work({ ...transaction, keys });
    });
  try {
    await rebuildChanged(options, underLease, report);
    while (await underLease((t) => advanceForAWhile(t, options, report)));
    await inTransaction(database, (t) => releaseLease(t, epoch, { atMs: nowMs, failure: null }));
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    await inTransaction(database, (t) => releaseLease(t, epoch, { atMs: nowMs, failure }));
    throw error;
  }
  return report;
}

type UnderLease = <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>;

function inTransaction<T>(
  database: Database,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return database.transaction((trx) => work({ trx, dialect: database.dialect }));
}

/** Rebuilds the marked hours, a UTC day of them in a transaction, and the days and months they are part of. */
async function rebuildChanged(
  { signal }: RollupRunOptions,
  underLease: UnderLease,
  report: RollupReport,
): Promise<void> {
  for (;;) {
    const rebuilt = await underLease(rebuildChangedDay);
    report.rebuiltHours += rebuilt;
    if (rebuilt === 0 || signal?.aborted) return;
  }
}

async function rebuildChangedDay(transaction: Transaction): Promise<number> {
  const marks = await readDirtyHours(transaction, DIRTY_MARKS_PER_ROUND);
  const [firstHourMs] = marks.keys();
  if (firstHourMs === undefined) return 0;

  const dayMs = floorTo(UTC_DAY_MS, firstHourMs);
  const users = new Set<string>();
  let rebuilt = 0;
  for (const [hourMs, userDids] of marks) {
    if (hourMs >= dayMs + UTC_DAY_MS) break;
    await buildBucket(transaction, 'hour', hourMs, userDids);
    await clearDirty(transaction, hourMs, userDids);
    for (const userDid of userDids) users.add(userDid);
    rebuilt += 1;
  }
  const marksNow = await readWatermarks(transaction);
  const monthMs = floorToUtcMonth(dayMs);
  if (bucketEnd('day', dayMs) <= (marksNow.daysThroughMs ?? 0)) {
    await buildBucket(transaction, 'day', dayMs, [...users]);
  }
  if (bucketEnd('month', monthMs) <= (marksNow.monthsThroughMs ?? 0)) {
    await buildBucket(transaction, 'month', monthMs, [...users]);
  }
  return rebuilt;
}

/**
 * Builds hours until a short time is over: a commit waits for the disk, and catching up on a year would be little else;
 * a long one would keep writers of calls waiting.
 *
 * @returns whether there may be more to do
 */
async function advanceForAWhile(
  transaction: Transaction,
  options: RollupRunOptions,
  report: RollupReport,
): Promise<boolean> {
  const endMs = performance.now() + TRANSACTION_BUDGET_MS;
  while (performance.now() < endMs) {
    if (options.signal?.aborted) return false;
    const hourMs = await advance(transaction, options);
    if (hourMs === null) return false;
    report.hours += 1;
    options.onProgress?.({ hourMs, hours: report.hours });
  }
  return true;
}

/** Builds the next hour that is due, with the day and the month it completes. @returns its start */
async function advance(
  transaction: Transaction,
  { nowMs, graceMinutes }: RollupRunOptions,
): Promise<number | null> {
  const dueThroughMs = floorTo(HOUR_MS, nowMs - graceMinutes * MINUTE_MS);
  const marks = await readWatermarks(transaction);
  if (marks.hoursThroughMs !== null && marks.hoursThroughMs >= dueThroughMs) return null;

  const nextCallMs = await findNextCallAt(transaction, marks.hoursThroughMs ?? 0);
  if (nextCallMs === null || nextCallMs >= dueThroughMs) {
    // Nothing to build up to now. Before the first call ever there is no watermark to move.
    if (marks.hoursThroughMs !== null) {
      await advanceTo(transaction, marks, dueThroughMs);
    }
    return null;
  }
  const hourMs = floorTo(HOUR_MS, nextCallMs);
  await buildBucket(transaction, 'hour', hourMs, null);
  const started: Watermarks =
    marks.hoursThroughMs === null
      ? {
          hoursThroughMs: hourMs,
          daysThroughMs: floorTo(UTC_DAY_MS, hourMs),
          monthsThroughMs: floorToUtcMonth(hourMs),
        }
      : marks;
  await advanceTo(transaction, started, hourMs + HOUR_MS);
  return hourMs;
}

/** Moves the hours' watermark, and builds the days and months that are complete below it. */
async function advanceTo(
  transaction: Transaction,
  marks: Watermarks,
  hoursThroughMs: number,
): Promise<void> {
  let dayMs = marks.daysThroughMs ?? 0;
  while (bucketEnd('day', dayMs) <= hoursThroughMs) {
    await buildBucket(transaction, 'day', dayMs, null);
    dayMs = bucketEnd('day', dayMs);
  }
  let monthMs = marks.monthsThroughMs ?? 0;
  while (bucketEnd('month', monthMs) <= dayMs) {
    await buildBucket(transaction, 'month', monthMs, null);
    monthMs = bucketEnd('month', monthMs);
  }
  await moveWatermark(transaction, 'hour', hoursThroughMs);
  await moveWatermark(transaction, 'day', dayMs);
  await moveWatermark(transaction, 'month', monthMs);
}
