import type { Freshness, Quota } from '../contract/index.js';
import type { Database } from '../db/database.js';
import { formatCredits } from '../domain/credits.js';
import { FORECAST_DAYS } from '../domain/quota-forecast.js';
import {
  HOUR_MS,
  QUARTER_HOUR_MS,
  UTC_DAY_MS,
  floorTo,
  toInstant,
  type TimeRange,
} from '../domain/time.js';
import type { CreditUse } from '../ports/quota-provider.js';
import { readSnapshot, type UserSnapshot } from './user-snapshot.js';

const SPARKLINE_DAYS = 7;

/** What the user's calls say for the quota. */
export interface QuotaUse {
  recentDays: Quota['recentDays'];
  /** Credits of each whole 24 hours since the first call, newest first, units of 1e-8. */
  dailyUseE8: bigint[];
  freshness: Freshness;
}

/** Reads it on one state of the database. */
export function readQuotaUse(
  database: Database,
  userDid: string,
  nowMs: number,
): Promise<QuotaUse> {
  return readSnapshot(database, userDid, nowMs, (snapshot) => readUse(snapshot, nowMs));
}

/**
 * The last 7 UTC days, and each whole 24 hours since the first call, at most 30, back from the last full hour: cut
 * within an hour they could not be read from the pre-aggregates.
 */
async function readUse(snapshot: UserSnapshot, nowMs: number): Promise<QuotaUse> {
  const todayMs = floorTo(UTC_DAY_MS, nowMs);
  const recent = daysBefore(todayMs + UTC_DAY_MS, SPARKLINE_DAYS);
  const recentFigures = await snapshot.series(recent, null);
  const firstMs = await snapshot.firstCallAtMs(null);
  const endMs = floorTo(HOUR_MS, nowMs);
  const elapsedDays = firstMs === null ? 0 : Math.floor((endMs - firstMs) / UTC_DAY_MS);
  const days = daysBefore(endMs, Math.max(0, Math.min(FORECAST_DAYS, elapsedDays)));
  const dayFigures = days.length === 0 ? [] : await snapshot.series(days, null);
  return {
    recentDays: recentFigures.map((figures, index) => ({
      start: toInstant(recent[index]?.fromMs ?? todayMs),
      credits: formatCredits(figures.creditsE8),
    })),
    dailyUseE8: dayFigures.map((figures) => figures.creditsE8).reverse(),
    freshness: snapshot.freshness,
  };
}

function daysBefore(endMs: number, count: number): TimeRange[] {
  return Array.from({ length: count }, (_, index) => {
    const fromMs = endMs - (count - index) * UTC_DAY_MS;
    return { fromMs, toMs: fromMs + UTC_DAY_MS };
  });
}

/** What calls cost, each answer on one state of the database. */
export function creditUseOf(database: Database, userDid: string, nowMs: number): CreditUse {
  const read = <T>(work: (snapshot: UserSnapshot) => Promise<T>): Promise<T> =>
    readSnapshot(database, userDid, nowMs, work);
  return {
    firstCallAtMs: () => read((snapshot) => snapshot.firstCallAtMs(null)),
    creditsE8Of: (ranges) => read((snapshot) => readCredits(snapshot, ranges)),
  };
}

/** Ranges on quarter hours together, the others one by one. */
async function readCredits(
  snapshot: UserSnapshot,
  ranges: readonly TimeRange[],
): Promise<bigint[]> {
  const credits: bigint[] = [];
  let aligned: TimeRange[] = [];
  const flush = async (): Promise<void> => {
    if (aligned.length === 0) return;
    const figures = await snapshot.series(aligned, null);
    credits.push(...figures.map(({ creditsE8 }) => creditsE8));
    aligned = [];
  };
  for (const range of ranges) {
    const adjoins = aligned.length === 0 || aligned.at(-1)?.toMs === range.fromMs;
    if (range.fromMs % QUARTER_HOUR_MS === 0 && range.toMs % QUARTER_HOUR_MS === 0 && adjoins) {
      aligned.push(range);
      continue;
    }
    await flush();
    credits.push((await snapshot.total(range, null)).creditsE8);
  }
  await flush();
  return credits;
}
