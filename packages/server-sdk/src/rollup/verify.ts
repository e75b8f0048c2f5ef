import type { Database } from '../db/database.js';
import { modelKeyOfText } from '../domain/model-key.js';
import type { Grain } from '../domain/range-cover.js';
import {
  HOUR_MS,
  UTC_DAY_MS,
  ceilTo,
  floorTo,
  floorToUtcMonth,
  toInstant,
  type TimeRange,
} from '../domain/time.js';
import type { UserBucket } from '../domain/user-bucket.js';
import { readDirtyMarks } from '../stores/dirty-hour-store.js';
import { findNextCallAt, findNextRowAt } from '../stores/rollup-build-store.js';
import { readWatermarks, type Watermarks } from '../stores/rollup-progress-store.js';
import { NO_ROWS, bucketEnd } from './build-coarse.js';
import { compareRows, type RollupScope, type ScopeDifference } from './compare-rows.js';
import { ExpectedBuckets } from './expected-buckets.js';
import { inSnapshot } from './read-calls.js';
import { readStoredBuckets, type KeyNamesById } from './stored-buckets.js';

/** One pre-aggregated figure that is not what its calls add up to. */
export interface RollupDifference extends Pick<ScopeDifference, 'expected' | 'actual'> {
  grain: Grain;
  /** Start of the bucket. */
  start: string;
  userDid: string;
  scope: RollupScope;
  appDid: string | null;
  model: string | null;
}

/** How a verification tells what it finds while it works. */
export interface VerifyOptions {
  /** Stops after the day at work. */
  signal?: AbortSignal;
  /** Is given every difference, also those beyond what the report holds. */
  onDifference?: (difference: RollupDifference) => void;
  /** Is told after each day. */
  onProgress?: (progress: { throughMs: number; buckets: number; differences: number }) => void;
}

/** What a verification found. */
export interface VerifyReport {
  /** Hours, days and months of users that were compared. */
  buckets: number;
  /** Hours that are marked to be rebuilt, one for each user; their differences are known and not reported. */
  pendingHours: number;
  /** All there are. */
  differenceCount: number;
  /** The first 1,000. */
  differences: RollupDifference[];
}

const MAX_DIFFERENCES = 1000;
/** The last instant that a Date holds. */
const END_OF_TIME_MS = 8.64e15;

/**
 * Recomputes every rolled-up hour, and every built day and month that lies whole in the range, from the calls and
 * compares. A day at a time: what it holds in memory is a day's calls and a month's sums.
 *
 * @param range half-open; widened to whole hours
 * @param userDid only this user; `null`: everyone
 */
export async function verifyRollups(
  database: Database,
  range: TimeRange,
  userDid: string | null,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const verification = new Verification(database, userDid, options);
  const marks = await inSnapshot(database, readWatermarks);
  const fromMs = firstOf(range, marks);
  const toMs = Math.min(ceilTo(HOUR_MS, range.toMs), marks.builtThroughMs ?? fromMs);
  const daysToMs = Math.min(toMs, marks.daysThroughMs ?? 0);
  const monthsToMs = Math.min(toMs, marks.monthsThroughMs ?? 0);
  const firstMs = await verification.firstActiveAt(fromMs);
  // From the month's first day on, so that its sum is whole.
  let dayMs = Math.max(floorTo(UTC_DAY_MS, fromMs), floorToUtcMonth(firstMs));
  for (; dayMs < toMs && !options.signal?.aborted; dayMs += UTC_DAY_MS) {
    const monthMs = floorToUtcMonth(dayMs);
    const dayEndMs = dayMs + UTC_DAY_MS;
    const hours = { fromMs: Math.max(dayMs, fromMs), toMs: Math.min(dayEndMs, toMs) };
    await verification.checkDay(hours, dayMs >= fromMs && dayEndMs <= daysToMs);
    const monthEndMs = bucketEnd('month', monthMs);
    if (dayEndMs === monthEndMs) {
      await verification.checkMonth(monthMs, monthMs >= fromMs && monthEndMs <= monthsToMs);
    }
    options.onProgress?.({ throughMs: hours.toMs, ...verification.counts });
  }
  return verification.report;
}

/** Of archived calls there is nothing to compare with. */
function firstOf({ fromMs }: TimeRange, { archivedBeforeMs }: Watermarks): number {
  return Math.max(floorTo(HOUR_MS, fromMs), archivedBeforeMs ?? Number.NEGATIVE_INFINITY);
}

/** Looks at one day after another. */
class Verification {
  readonly report: VerifyReport = {
    buckets: 0,
    pendingHours: 0,
    differenceCount: 0,
    differences: [],
  };
  readonly #expected: ExpectedBuckets;
  #pendingUsers = new Set<number>();

  constructor(
    readonly database: Database,
    readonly userDid: string | null,
    readonly options: VerifyOptions,
  ) {
    this.#expected = new ExpectedBuckets(database, userDid);
  }

  get counts(): { buckets: number; differences: number } {
    return { buckets: this.report.buckets, differences: this.report.differenceCount };
  }

  async checkDay(hours: TimeRange, dayIsBuilt: boolean): Promise<void> {
    const dirty = await inSnapshot(this.database, (t) => readDirtyMarks(t, hours, this.userDid));
    this.report.pendingHours += dirty.length;
    const expected = await this.#expected.readHours(hours);
    const pending = new Set<string>();
    const pendingOfDay = new Set<number>();
    for (const { userDid, hourMs } of dirty) {
      const userId = await this.#expected.userId(userDid);
      pending.add(`${userId} ${hourMs}`);
      pendingOfDay.add(userId);
      this.#pendingUsers.add(userId);
    }
    await this.#compare('hour', hours, expected, (userId, bucketMs) =>
      pending.has(`${userId} ${bucketMs}`),
    );
    if (!dayIsBuilt) return;
    const dayMs = floorTo(UTC_DAY_MS, hours.fromMs);
    const days = new Map([[dayMs, this.#expected.sumOf(expected.values())]]);
    const day = { fromMs: dayMs, toMs: dayMs + UTC_DAY_MS };
    await this.#compare('day', day, days, (userId) => pendingOfDay.has(userId));
  }

  async checkMonth(monthMs: number, isBuilt: boolean): Promise<void> {
    const pending = this.#pendingUsers;
    const sums = this.#expected.takeMonth();
    this.#pendingUsers = new Set();
    if (!isBuilt) return;
    const range = { fromMs: monthMs, toMs: bucketEnd('month', monthMs) };
    await this.#compare('month', range, new Map([[monthMs, sums]]), (userId) =>
      pending.has(userId),
    );
  }

  /** Start of the first call or row from an instant on; beyond all time if there is none. */
  async firstActiveAt(fromMs: number): Promise<number> {
    return inSnapshot(this.database, async (transaction) => {
      const callMs = await findNextCallAt(transaction, fromMs);
      const rowMs = await findNextRowAt(transaction, fromMs, this.userDid);
      return Math.min(callMs ?? END_OF_TIME_MS, rowMs ?? END_OF_TIME_MS);
    });
  }

  async #compare(
    grain: Grain,
    range: TimeRange,
    expected: ReadonlyMap<number, ReadonlyMap<number, UserBucket>>,
    isPending: (userId: number, bucketMs: number) => boolean,
  ): Promise<void> {
    const rows = await this.#expected.rowsOf(grain, expected);
    const stored = await readStoredBuckets(this.database, this.userDid, grain, range);
    const places = new Set([...rows.keys(), ...stored.keys()]);
    for (const place of places) {
      const [userId = 0, bucketMs = 0] = place.split(' ').map(Number);
      if (isPending(userId, bucketMs)) continue;
      this.report.buckets += 1;
      const [expectedRows, storedRows] = [rows.get(place), stored.get(place)];
      const found = compareRows(grain, expectedRows ?? NO_ROWS, storedRows ?? NO_ROWS);
      for (const difference of found) await this.#tell(grain, bucketMs, userId, difference);
    }
  }

  async #tell(
    grain: Grain,
    bucketMs: number,
    userId: number,
    { projectId, modelId, ...values }: ScopeDifference,
  ): Promise<void> {
    const nameOf: KeyNamesById = await this.#expected.nameOf([userId, projectId, modelId]);
    const difference: RollupDifference = {
      grain,
      start: toInstant(bucketMs),
      userDid: nameOf(userId),
      appDid: projectId === null ? null : nameOf(projectId),
      model: modelId === null ? null : modelKeyOfText(nameOf(modelId)).model,
      ...values,
    };
    this.report.differenceCount += 1;
    this.options.onDifference?.(difference);
    if (this.report.differences.length < MAX_DIFFERENCES) this.report.differences.push(difference);
  }
}
