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
import {
  readDirtyHours,
  sumCallsOfRange,
  sumStatsOfRange,
  type ScopeFigures,
} from '../stores/rollup-build-store.js';
import { readWatermarks, type Watermarks } from '../stores/rollup-progress-store.js';
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
  const days = new Accumulator('day', marks.daysThroughMs ?? 0);
  const months = new Accumulator('month', marks.monthsThroughMs ?? 0);
  const fromMs = floorTo(HOUR_MS, range.fromMs);
  const toMs = Math.min(ceilTo(HOUR_MS, range.toMs), marks.hoursThroughMs ?? fromMs);
  const compare = async (
    grain: Grain,
    bucketMs: number,
    rows: ScopeFigures[] | null,
  ): Promise<void> => {
    if (rows === null) return;
    report.buckets += 1;
    const actual = await inSnapshot(database, (t) => readBucket(t, grain, bucketMs, users));
    for (const difference of differencesOf(grain, bucketMs, rows, actual)) {
      if (report.differences.length < MAX_DIFFERENCES) report.differences.push(difference);
    }
  };
  for (let hourMs = fromMs; hourMs < toMs; hourMs += HOUR_MS) {
    const pending = dirty.has(hourMs);
    const hour = { fromMs: hourMs, toMs: hourMs + HOUR_MS };
    const rows = toScopes(await inSnapshot(database, (t) => sumCallsOfRange(t, hour, users)));
    if (pending) report.pendingHours += 1;
    else await compare('hour', hourMs, rows);
    await compare('day', floorTo(UTC_DAY_MS, hourMs), days.add(hourMs, rows, pending));
    await compare('month', floorToUtcMonth(hourMs), months.add(hourMs, rows, pending));
  }
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

/** Sums hours into a coarser bucket; gives it out when its last hour came and its first one was seen. */
class Accumulator {
  #rows: ScopeFigures[] = [];
  #complete = false;

  constructor(
    readonly grain: 'day' | 'month',
    readonly throughMs: NonNullable<Watermarks['daysThroughMs']>,
  ) {}

  add(hourMs: number, rows: readonly ScopeFigures[], pending: boolean): ScopeFigures[] | null {
    const startMs = this.grain === 'day' ? floorTo(UTC_DAY_MS, hourMs) : floorToUtcMonth(hourMs);
    if (hourMs === startMs) {
      this.#rows = [];
      this.#complete = true;
    }
    if (pending) this.#complete = false;
    this.#rows = sumScopes([...this.#rows, ...rows]);
    const endMs = bucketEnd(this.grain, startMs);
    const last = hourMs + HOUR_MS === endMs;
    return last && this.#complete && endMs <= this.throughMs ? this.#rows : null;
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
