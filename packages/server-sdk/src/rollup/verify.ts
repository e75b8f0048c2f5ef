import type { Totals } from '../contract/common.js';
import type { Database } from '../db/database.js';
import { AggregateBucket, type Scope } from '../aggregates/model/aggregate.js';
import { toTotals } from '../aggregates/model/call-figures.js';
import { modelKeyFromText } from '../values/model-key.js';
import type { Granularity } from '../aggregates/model/range-plan.js';
import {
  HOUR_MS,
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
  PreparedRow,
  findNextRow,
  readRows,
  type StatsRow,
} from '../aggregates/store/stats-store.js';
import type { Transaction } from '../db/transaction.js';
import {
  readDirtyHours,
  readUserProgress,
  type UserProgress,
} from '../aggregates/store/user-progress.js';
import { inSnapshot } from './in-snapshot.js';
import { readWindows } from './read-windows.js';

/** What a row sums, as reports name it. */
export type RollupScope = 'user' | 'project' | 'userModel' | 'projectModel';

/** One aggregate that is not what its calls add up to. */
export interface RollupDifference {
  grain: Granularity;
  /** Start of the bucket. */
  start: string;
  userDid: string;
  scope: RollupScope;
  appDid: string | null;
  model: string | null;
  /** From the calls; `null`: there are none. */
  expected: Totals | null;
  /** As stored; `null`: there is nothing. */
  actual: Totals | null;
}

/** How a verification tells what it finds while it works. */
export interface VerifyOptions {
  /** Stops after the user at work. */
  signal?: AbortSignal;
  /** Is given every difference, also those beyond what the report holds. */
  onDifference?: (difference: RollupDifference) => void;
  /** Is told after each user. */
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
const SCOPES: Record<Scope, RollupScope> = {
  user: 'user',
  model: 'userModel',
  project: 'project',
  projectModel: 'projectModel',
};

/**
 * Recomputes every hour, and every day and month that is built and lies in the range, from the calls and compares it with
 * its rows, a user at a time. Calls that are archived have nothing to be compared with.
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
  const users = userDid === null ? await inSnapshot(database, readAllUsers) : [userDid];
  for (const each of users) {
    if (options.signal?.aborted) break;
    await inSnapshot(database, (transaction) =>
      new UserVerification(transaction, each, report, options).check(range),
    );
    const { buckets, differenceCount } = report;
    options.onProgress?.({ throughMs: range.toMs, buckets, differences: differenceCount });
  }
  return report;
}

/** Compares one user's rows with the user's calls. */
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
    const range = clip({ fromMs, toMs }, progress);
    for (const { hourMs } of await readDirtyHours(transaction, userDid)) {
      this.#dirty.add(hourMs);
      const isInRange = hourMs >= floorTo(HOUR_MS, fromMs) && hourMs < toMs;
      if (isInRange) this.report.pendingHours += 1;
    }
    let month = null as ExpectedMonth | null;
    let nextMs = floorToUtcMonth(await this.#findActive(range.fromMs));
    // A day at a time: what is held in memory is a day's sums by hour and a month's.
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

  /** Start of the first call or row from an instant on, epoch ms. */
  async #findActive(fromMs: number): Promise<number> {
    const { transaction, userDid } = this;
    const callMs = await findNextCall(transaction, userDid, fromMs);
    const rowMs = await findNextRow(transaction, userDid, fromMs);
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
    const day = new AggregateBucket(true);
    const dayRange = { fromMs: dayMs, toMs: Math.min(dayMs + UTC_DAY_MS, range.toMs) };
    for await (const { calls } of readWindows(transaction, userDid, dayRange)) {
      await this.#names.resolve(transaction, calls);
      const { projects, models } = this.#names;
      for (const call of calls) {
        const [appId, modelId] = [projects.getId(call.appDid), models.getId(call.modelKey)];
        getBucket(hours, floorTo(HOUR_MS, call.startedAtMs)).addCall(appId, modelId, call);
        day.addCall(appId, modelId, call);
        month.addCall(appId, modelId, call);
      }
    }
    await this.#compare('hour', dayRange, hours, (hourMs) => hourMs >= range.fromMs);
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
    const stored = new Map<number, StatsRow[]>();
    for (const row of await readRows(this.transaction, this.userDid, granularity, range)) {
      const rows = stored.get(row.bucketMs);
      if (rows) rows.push(row);
      else stored.set(row.bucketMs, [row]);
    }
    const starts = new Set([...expected.keys(), ...stored.keys()]);
    for (const bucketMs of [...starts].sort((a, b) => a - b)) {
      if (!isChecked(bucketMs) || this.#isPending(granularity, bucketMs)) continue;
      this.report.buckets += 1;
      const rows = [...(expected.get(bucketMs) ?? [])].map(
        (aggregate) => new PreparedRow({ granularity, bucketMs }, aggregate),
      );
      await this.#compareRows(rows, stored.get(bucketMs) ?? []);
    }
  }

  #isPending(granularity: Granularity, bucketMs: number): boolean {
    const endMs = {
      hour: bucketMs + HOUR_MS,
      day: bucketMs + UTC_DAY_MS,
      month: nextUtcMonth(bucketMs),
    }[granularity];
    for (const hourMs of this.#dirty) if (hourMs >= bucketMs && hourMs < endMs) return true;
    return false;
  }

  async #compareRows(expected: readonly PreparedRow[], stored: readonly StatsRow[]): Promise<void> {
    const left = new Map(stored.map((row) => [toKey(row), row]));
    for (const row of expected) {
      const found = left.get(toKey(row));
      left.delete(toKey(row));
      if (found?.fingerprint !== row.fingerprint) await this.#tell(row, row, found ?? null);
    }
    // Of an archived hour; what was made ready for archiving and not finished is not read.
    for (const row of left.values()) {
      const isArchiveRow = row.granularity === 'hour' && row.aggregate.scope === 'projectModel';
      if (!isArchiveRow) await this.#tell(row, null, row);
    }
  }

  async #tell(
    { aggregate, ...place }: RowPlace,
    expected: PreparedRow | null,
    actual: StatsRow | null,
  ): Promise<void> {
    const { scope, appId, modelId } = aggregate;
    const { projects, models } = this.#names;
    const apps = await projects.findNames(this.transaction, appId === 0 ? [] : [appId]);
    const keys = await models.findNames(this.transaction, modelId === 0 ? [] : [modelId]);
    const modelKey = keys.get(modelId);
    const difference: RollupDifference = {
      grain: place.granularity,
      start: toInstant(place.bucketMs),
      userDid: this.userDid,
      scope: SCOPES[scope],
      appDid: apps.get(appId) ?? null,
      model: modelKey === undefined ? null : modelKeyFromText(modelKey).model,
      expected: expected && toTotals(expected.aggregate.figures),
      actual: actual && toTotals(actual.aggregate.figures),
    };
    this.report.differenceCount += 1;
    this.options.onDifference?.(difference);
    if (this.report.differences.length < MAX_DIFFERENCES) this.report.differences.push(difference);
  }
}

type RowPlace = Pick<StatsRow, 'aggregate' | 'granularity' | 'bucketMs'>;

/** What a month should hold. */
interface ExpectedMonth {
  monthMs: number;
  bucket: AggregateBucket;
}

/** The last instant that a Date holds. */
const LAST_MS = 8.64e15;

/** What of a range is built and has its calls. */
function clip({ fromMs, toMs }: TimeRange, progress: UserProgress): TimeRange {
  const { archivedBeforeMs, builtThroughMs } = progress;
  const from = Math.max(floorTo(HOUR_MS, fromMs), archivedBeforeMs ?? Number.MIN_SAFE_INTEGER);
  return { fromMs: from, toMs: Math.min(ceilTo(HOUR_MS, toMs), builtThroughMs ?? from) };
}

function getBucket(buckets: Map<number, AggregateBucket>, bucketMs: number): AggregateBucket {
  let bucket = buckets.get(bucketMs);
  if (!bucket) {
    bucket = new AggregateBucket(false);
    buckets.set(bucketMs, bucket);
  }
  return bucket;
}

function toKey({ aggregate: { scope, appId, modelId } }: Pick<StatsRow, 'aggregate'>): string {
  return `${scope} ${appId} ${modelId}`;
}
