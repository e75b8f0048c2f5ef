import type { Totals } from '../contract/common.js';
import type { Database } from '../db/database.js';
import {
  AggregateBucket,
  getOrAddBucket,
  toScopeKey,
  type Scope,
} from '../aggregates/model/aggregate.js';
import { toTotals } from '../aggregates/model/totals.js';
import { modelKeyFromText } from '../values/model-key.js';
import type { Granularity } from '../aggregates/model/range-plan.js';
import {
  HOUR_MS,
  QUARTER_HOUR_MS,
  UTC_DAY_MS,
  ceilTo,
  floorTo,
  floorToUtcMonth,
  nextUtcMonth,
  toInstant,
  type TimeRange,
} from '../values/time.js';
import { readAllUsers } from './every-user-store.js';
import { NameIds } from '../aggregates/store/id-dictionary.js';
import { findNextCall } from './rollup-user-store.js';
import {
  PreparedAggregate,
  findNextRow,
  readRows,
  type StoredAggregate,
} from '../aggregates/store/aggregate-store.js';
import { readInSnapshot, type Transaction } from '../db/transaction.js';
import { readDirtyHours } from '../aggregates/store/dirty-hours-store.js';
import { readUserProgress, type UserProgress } from '../aggregates/store/user-progress.js';
import { readWindows } from './read-windows.js';
import { hasAggregate } from './user-session.js';
import type {
  RollupDifference,
  RollupScope,
  VerifyOptions,
  VerifyReport,
} from './verify-report.js';

const MAX_DIFFERENCES = 1000;
const SCOPES: Record<Scope, RollupScope> = {
  user: 'user',
  model: 'userModel',
  project: 'project',
  projectModel: 'projectModel',
};

/**
 * Recomputes every built hour, day and month of the range from calls and compares it with its aggregates, one user after the
 * other. Archived hours have no calls to compare with.
 *
 * @param range half-open; widened to full hours
 * @param userDid only this user; `null`: all
 */
export async function verifyRollups(
  database: Database,
  range: TimeRange,
  userDid: string | null,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const report: VerifyReport = {
    buckets: 0,
    pendingHours: 0,
    differenceCount: 0,
    differences: [],
  };
  const users = userDid === null ? await readInSnapshot(database, readAllUsers) : [userDid];
  for (const each of users) {
    if (options.signal?.aborted) break;
    await readInSnapshot(database, (transaction) =>
      new UserVerification(transaction, each, report, options).check(range),
    );
    const { buckets, differenceCount } = report;
    options.onProgress?.({ throughMs: range.toMs, buckets, differences: differenceCount });
  }
  return report;
}

/** Compares one user's aggregates with the user's calls. */
class UserVerification {
  readonly #names: NameIds;
  readonly #dirty = new Set<number>();

  constructor(
    readonly transaction: Transaction,
    readonly userDid: string,
    readonly report: VerifyReport,
    readonly options: VerifyOptions,
  ) {
    this.#names = new NameIds(userDid);
  }

  async check({ fromMs, toMs }: TimeRange): Promise<void> {
    const { transaction, userDid } = this;
    const progress = await readUserProgress(transaction, userDid);
    if (progress === null) return;
    const range = clipToBuilt({ fromMs, toMs }, progress);
    for (const { hourMs } of await readDirtyHours(transaction, userDid)) {
      this.#dirty.add(hourMs);
      const isInRange = hourMs >= floorTo(HOUR_MS, fromMs) && hourMs < toMs;
      if (isInRange) this.report.pendingHours += 1;
    }
    let month = null as ExpectedMonth | null;
    let nextMs = floorToUtcMonth(await this.#findActive(range.fromMs));
    // A day at a time, so that memory has the figures of a day by hour and of a month.
    while (nextMs < range.toMs && !this.options.signal?.aborted) {
      const dayMs = floorTo(UTC_DAY_MS, Math.max(nextMs, await this.#findActive(nextMs)));
      if (dayMs >= range.toMs) break;
      const monthMs = floorToUtcMonth(dayMs);
      if (month?.monthMs !== monthMs) {
        await this.#checkMonth(month, range, progress);
        month = { monthMs, bucket: new AggregateBucket(false) };
      }
      await this.#checkDay(dayMs, month.bucket, range, progress);
      nextMs = dayMs + UTC_DAY_MS;
    }
    await this.#checkMonth(month, range, progress);
  }

  /** Finds the start of the first call or aggregate from an instant on, epoch ms. */
  async #findActive(fromMs: number): Promise<number> {
    const callMs = await findNextCall(this.transaction, this.userDid, fromMs);
    const rowMs = await findNextRow(this.transaction, this.userDid, fromMs);
    return Math.min(callMs ?? LAST_MS, rowMs ?? LAST_MS);
  }

  async #checkDay(
    dayMs: number,
    month: AggregateBucket,
    range: TimeRange,
    { daysThroughMs }: UserProgress,
  ): Promise<void> {
    const { transaction, userDid } = this;
    const hours = new Map<number, AggregateBucket>();
    const quarters = new Map<number, AggregateBucket>();
    const { hasQuarters } = transaction.calls;
    const day = new AggregateBucket(true);
    const dayRange = { fromMs: dayMs, toMs: Math.min(dayMs + UTC_DAY_MS, range.toMs) };
    for await (const { calls } of readWindows(transaction, userDid, dayRange)) {
      await this.#names.resolve(transaction, calls);
      const { projects, models } = this.#names;
      for (const call of calls) {
        const [appId, modelId] = [projects.getId(call.appDid), models.getId(call.modelKey)];
        getOrAddBucket(hours, floorTo(HOUR_MS, call.startedAtMs), false).addCall(
          appId,
          modelId,
          call,
        );
        if (hasQuarters) {
          const quarterMs = floorTo(QUARTER_HOUR_MS, call.startedAtMs);
          getOrAddBucket(quarters, quarterMs, true).addCall(appId, modelId, call);
        }
        day.addCall(appId, modelId, call);
        month.addCall(appId, modelId, call);
      }
    }
    const isInRange = (bucketMs: number): boolean => bucketMs >= range.fromMs;
    await this.#compare('hour', dayRange, hours, isInRange);
    // Of the SDK's own table, only archived hours have quarters.
    if (hasQuarters) await this.#compare('quarter', dayRange, quarters, isInRange);
    const isBuilt = dayMs + UTC_DAY_MS <= Math.min(range.toMs, daysThroughMs ?? range.fromMs);
    if (!isBuilt || dayMs < range.fromMs) return;
    const start = { fromMs: dayMs, toMs: dayMs + HOUR_MS };
    await this.#compare('day', start, new Map([[dayMs, day]]), () => true);
  }

  async #checkMonth(
    month: ExpectedMonth | null,
    range: TimeRange,
    { monthsThroughMs }: UserProgress,
  ): Promise<void> {
    if (month === null) return;
    const { monthMs, bucket } = month;
    const isBuilt = nextUtcMonth(monthMs) <= Math.min(range.toMs, monthsThroughMs ?? range.fromMs);
    if (!isBuilt || monthMs < range.fromMs) return;
    const start = { fromMs: monthMs, toMs: monthMs + HOUR_MS };
    await this.#compare('month', start, new Map([[monthMs, bucket]]), () => true);
  }

  async #compare(
    granularity: Granularity,
    range: TimeRange,
    expected: ReadonlyMap<number, AggregateBucket>,
    isChecked: (bucketMs: number) => boolean,
  ): Promise<void> {
    const stored = new Map<number, StoredAggregate[]>();
    for (const row of await readRows(this.transaction, this.userDid, granularity, range)) {
      const rows = stored.get(row.bucketMs);
      if (rows) rows.push(row);
      else stored.set(row.bucketMs, [row]);
    }
    const starts = new Set([...expected.keys(), ...stored.keys()]);
    for (const bucketMs of [...starts].sort((a, b) => a - b)) {
      if (!isChecked(bucketMs) || this.#isPending(granularity, bucketMs)) continue;
      this.report.buckets += 1;
      const rows = [...(expected.get(bucketMs) ?? [])]
        .filter((aggregate) => hasAggregate(granularity, aggregate))
        .map((aggregate) => new PreparedAggregate({ granularity, bucketMs }, aggregate));
      await this.#compareRows(rows, stored.get(bucketMs) ?? []);
    }
  }

  #isPending(granularity: Granularity, bucketMs: number): boolean {
    const startMs = floorTo(HOUR_MS, bucketMs);
    const ends = { month: nextUtcMonth(bucketMs), day: bucketMs + UTC_DAY_MS };
    const endMs =
      granularity === 'hour' || granularity === 'quarter' ? startMs + HOUR_MS : ends[granularity];
    for (const hourMs of this.#dirty) if (hourMs >= startMs && hourMs < endMs) return true;
    return false;
  }

  async #compareRows(
    expected: readonly PreparedAggregate[],
    stored: readonly StoredAggregate[],
  ): Promise<void> {
    const left = new Map(stored.map((row) => [toScopeKey(row.aggregate), row]));
    for (const row of expected) {
      const found = left.get(toScopeKey(row.aggregate));
      left.delete(toScopeKey(row.aggregate));
      if (found?.fingerprint !== row.fingerprint) await this.#report(row, row, found ?? null);
    }
    for (const row of left.values()) await this.#report(row, null, row);
  }

  #toTotals({ aggregate }: PreparedAggregate | StoredAggregate): Totals {
    return toTotals(aggregate.figures, this.transaction.calls.currency);
  }

  async #report(
    { aggregate, granularity, bucketMs }: PreparedAggregate | StoredAggregate,
    expected: PreparedAggregate | null,
    actual: StoredAggregate | null,
  ): Promise<void> {
    const { scope, appId, modelId } = aggregate;
    const { projects, models } = this.#names;
    const apps = await projects.findNames(this.transaction, appId === 0 ? [] : [appId]);
    const keys = await models.findNames(this.transaction, modelId === 0 ? [] : [modelId]);
    const modelKey = keys.get(modelId);
    const difference: RollupDifference = {
      granularity,
      start: toInstant(bucketMs),
      userDid: this.userDid,
      scope: SCOPES[scope],
      appDid: apps.get(appId) ?? null,
      model: modelKey === undefined ? null : modelKeyFromText(modelKey).model,
      expected: expected && this.#toTotals(expected),
      actual: actual && this.#toTotals(actual),
    };
    this.report.differenceCount += 1;
    this.options.onDifference?.(difference);
    if (this.report.differences.length < MAX_DIFFERENCES) this.report.differences.push(difference);
  }
}

/** The figures of a month's calls. */
interface ExpectedMonth {
  monthMs: number;
  bucket: AggregateBucket;
}

/** The last instant that a Date holds. */
const LAST_MS = 8.64e15;

/** The part of a range that is built and not archived. */
function clipToBuilt({ fromMs, toMs }: TimeRange, progress: UserProgress): TimeRange {
  const { archivedBeforeMs, builtThroughMs } = progress;
  const from = Math.max(floorTo(HOUR_MS, fromMs), archivedBeforeMs ?? Number.MIN_SAFE_INTEGER);
  return { fromMs: from, toMs: Math.min(ceilTo(HOUR_MS, toMs), builtThroughMs ?? from) };
}
