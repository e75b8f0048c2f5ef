import type { Totals } from '../contract/common.js';
import type { Database } from '../db/database.js';
import { toTotals, type CallFigures } from '../domain/call-figures.js';
import { modelKeyOfText } from '../domain/model-key.js';
import type { Grain } from '../domain/range-cover.js';
import {
  HOUR_MS,
  ceilTo,
  floorTo,
  floorToUtcMonth,
  UTC_DAY_MS,
  toInstant,
  type TimeRange,
} from '../domain/time.js';
import { readDirtyHours } from '../stores/dirty-hour-store.js';
import {
  findNextActiveHour,
  sumCallsOfRange,
  sumStatsOfRange,
  type ScopeFigures,
} from '../stores/rollup-build-store.js';
import { readWatermarks } from '../stores/rollup-progress-store.js';
import type { Transaction } from '../stores/transaction.js';
import { bucketEnd } from './build-bucket.js';
import { scopeKey, sumScopes, toScopes } from './scope-figures.js';

/** One pre-aggregated row that is not what its calls add up to. */
export interface RollupDifference {
  grain: Grain;
  /** Start of the bucket. */
  start: string;
  userDid: string;
  scope: ScopeFigures['scope'];
  appDid: string | null;
  model: string | null;
  /** From the calls; `null`: there are none. */
  expected: Totals | null;
  /** As stored; `null`: there is no row. */
  actual: Totals | null;
}

/** What a verification found. */
export interface VerifyReport {
  /** Hours, days and months that were compared. */
  buckets: number;
  /** Hours that are marked to be rebuilt; their differences are known and not reported. */
  pendingHours: number;
  /** At most 1,000. */
  differences: RollupDifference[];
}

const MAX_DIFFERENCES = 1000;

/**
 * Recomputes every rolled-up hour, and every built day and month that lies whole in the range, from the calls and
 * compares.
 *
 * @param range half-open; widened to whole hours
 * @param userDid only this user; `null`: everyone
 */
export async function verifyRollups(
  database: Database,
  range: TimeRange,
  userDid: string | null,
): Promise<VerifyReport> {
  const report: VerifyReport = { buckets: 0, pendingHours: 0, differences: [] };
  const users = userDid === null ? null : [userDid];
  const { marks, dirty } = await inSnapshot(database, async (transaction) => ({
    marks: await readWatermarks(transaction),
    dirty: await readDirtyHours(transaction, Number.MAX_SAFE_INTEGER),
  }));
  const fromMs = floorTo(HOUR_MS, range.fromMs);
  const toMs = Math.min(ceilTo(HOUR_MS, range.toMs), marks.hoursThroughMs ?? fromMs);
  const days = new CoarseBucket('day', fromMs, Math.min(toMs, marks.daysThroughMs ?? 0));
  const months = new CoarseBucket('month', fromMs, Math.min(toMs, marks.monthsThroughMs ?? 0));
  const compare = async (bucket: ExpectedBucket | null): Promise<void> => {
    if (bucket === null) return;
    report.buckets += 1;
    const { grain, startMs, rows } = bucket;
    const actual = await inSnapshot(database, (t) => readBucket(t, grain, startMs, users));
    const room = MAX_DIFFERENCES - report.differences.length;
    report.differences.push(...differencesOf(grain, startMs, rows, actual).slice(0, room));
  };
  let hourMs = await inSnapshot(database, (t) => findNextActiveHour(t, fromMs, userDid));
  while (hourMs !== null && hourMs < toMs) {
    const startMs = hourMs;
    const hour = { fromMs: startMs, toMs: startMs + HOUR_MS };
    const rows = toScopes(await inSnapshot(database, (t) => sumCallsOfRange(t, hour, users)));
    const pending = dirty.has(startMs);
    if (pending) report.pendingHours += 1;
    else await compare({ grain: 'hour', startMs, rows });
    await compare(days.add(startMs, rows, pending));
    await compare(months.add(startMs, rows, pending));
    hourMs = await inSnapshot(database, (t) => findNextActiveHour(t, hour.toMs, userDid));
  }
  await compare(days.close());
  await compare(months.close());
  return report;
}

function inSnapshot<T>(
  database: Database,
  read: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return database.snapshot((trx) => read({ trx, dialect: database.dialect }));
}

function readBucket(
  transaction: Transaction,
  grain: Grain,
  bucketMs: number,
  users: readonly string[] | null,
): Promise<ScopeFigures[]> {
  return sumStatsOfRange(transaction, grain, { fromMs: bucketMs, toMs: bucketMs + HOUR_MS }, users);
}

/** What the rows of a bucket should be. */
interface ExpectedBucket {
  grain: Grain;
  startMs: number;
  rows: ScopeFigures[];
}

/** Sums hours into the days or months they are part of; gives out those that lie whole in the range and are built. */
class CoarseBucket {
  #startMs: number | null = null;
  #rows: ScopeFigures[] = [];
  #pending = false;

  constructor(
    readonly grain: 'day' | 'month',
    readonly fromMs: number,
    readonly toMs: number,
  ) {}

  /** @returns the bucket before, when the hour begins another */
  add(hourMs: number, rows: readonly ScopeFigures[], pending: boolean): ExpectedBucket | null {
    const startMs = this.grain === 'day' ? floorTo(UTC_DAY_MS, hourMs) : floorToUtcMonth(hourMs);
    const closed = startMs === this.#startMs ? null : this.close();
    this.#startMs = startMs;
    this.#rows = sumScopes([...this.#rows, ...rows]);
    this.#pending ||= pending;
    return closed;
  }

  /** @returns the bucket so far, if it can be compared; the next hour begins anew */
  close(): ExpectedBucket | null {
    const [startMs, rows, pending] = [this.#startMs, this.#rows, this.#pending];
    this.#startMs = null;
    this.#rows = [];
    this.#pending = false;
    if (startMs === null || pending) return null;
    const whole = startMs >= this.fromMs && bucketEnd(this.grain, startMs) <= this.toMs;
    return whole ? { grain: this.grain, startMs, rows } : null;
  }
}

function differencesOf(
  grain: Grain,
  bucketMs: number,
  expected: readonly ScopeFigures[],
  actual: readonly ScopeFigures[],
): RollupDifference[] {
  const stored = new Map(actual.map((row) => [scopeKey(row), row]));
  const differences: RollupDifference[] = [];
  const report = (row: ScopeFigures, want: CallFigures | null, have: CallFigures | null): void => {
    differences.push({
      grain,
      start: toInstant(bucketMs),
      userDid: row.userDid,
      scope: row.scope,
      appDid: row.appDid,
      model: row.modelKey === null ? null : modelKeyOfText(row.modelKey).model,
      expected: want && toTotals(want),
      actual: have && toTotals(have),
    });
  };
  for (const row of expected) {
    const key = scopeKey(row);
    const found = stored.get(key);
    stored.delete(key);
    if (!found || fingerprint(found.figures) !== fingerprint(row.figures)) {
      report(row, row.figures, found?.figures ?? null);
    }
  }
  for (const row of stored.values()) report(row, null, row.figures);
  return differences;
}

/** Everything that is stored of figures, as text. */
function fingerprint({ durations, creditsE8, ...numbers }: CallFigures): string {
  return JSON.stringify([durations.toText(), creditsE8.toString(), Object.entries(numbers).sort()]);
}
