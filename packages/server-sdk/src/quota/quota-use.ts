import type { Freshness } from '../contract/common.js';
import type { Quota } from '../contract/quota.js';
import type { Database } from '../db/database.js';
import { formatE10 } from '../values/amounts.js';
import { FORECAST_DAYS } from './quota-forecast.js';
import { HOUR_MS, UTC_DAY_MS, floorTo, toInstant, type TimeRange } from '../values/time.js';
import type { CreditUse } from './quota-provider.js';
import { readScopedFigures } from '../queries/scoped-figures.js';
import { readSnapshot, withTotals } from '../queries/user-snapshot.js';

const SPARKLINE_DAYS = 7;

/** Credits of the user's calls, for the quota. */
export interface QuotaUse {
  recentDays: Quota['recentDays'];
  /** Credits of each full 24 hours since the first call, newest first, units of 1e-10. */
  dailyUseE10: bigint[];
  freshness: Freshness;
}

/**
 * Reads the credits of the last 7 UTC days, and of each full 24 hours since the first call, at most 30, back from the last
 * full hour, so that aggregates of hours suffice. Both are sums of slices between their ends, which are read together.
 */
export async function readQuotaUse(
  database: Database,
  userDid: string,
  nowMs: number,
): Promise<QuotaUse> {
  const recent = listDaysBefore(floorTo(UTC_DAY_MS, nowMs) + UTC_DAY_MS, SPARKLINE_DAYS);
  const endMs = floorTo(HOUR_MS, nowMs);
  const days = listDaysBefore(endMs, FORECAST_DAYS);
  const slices = cutAt([...recent, ...days].flatMap(({ fromMs, toMs }) => [fromMs, toMs]));
  const query = { projects: null, ranges: withTotals(slices), nowMs };
  const { figures, firstCallAtMs, freshness } = await readScopedFigures(database, userDid, query);
  const sumCredits = ({ fromMs, toMs }: TimeRange): bigint =>
    figures.reduce((sum, { total }, index) => {
      const slice = slices[index];
      const isIn = slice && slice.fromMs >= fromMs && slice.toMs <= toMs;
      return isIn ? sum + total.creditsE10 : sum;
    }, 0n);
  const elapsedDays =
    firstCallAtMs === null ? 0 : Math.max(0, Math.floor((endMs - firstCallAtMs) / UTC_DAY_MS));
  return {
    recentDays: recent.map((day) => ({
      start: toInstant(day.fromMs),
      credits: formatE10(sumCredits(day)),
    })),
    dailyUseE10: days.map(sumCredits).reverse().slice(0, elapsedDays),
    freshness,
  };
}

/** Returns the ranges between instants. */
function cutAt(instantsMs: readonly number[]): TimeRange[] {
  const ordered = [...new Set(instantsMs)].sort((a, b) => a - b);
  return ordered.slice(1).map((toMs, index) => ({ fromMs: ordered[index] ?? toMs, toMs }));
}

function listDaysBefore(endMs: number, count: number): TimeRange[] {
  return Array.from({ length: count }, (_, index) => {
    const fromMs = endMs - (count - index) * UTC_DAY_MS;
    return { fromMs, toMs: fromMs + UTC_DAY_MS };
  });
}

/** Makes the credits of a user's calls; each method reads one snapshot of the database. */
export function createCreditUse(database: Database, userDid: string, nowMs: number): CreditUse {
  return {
    firstCallAtMs: async () =>
      (await readScopedFigures(database, userDid, { projects: null, ranges: [], nowMs }))
        .firstCallAtMs,
    creditsE10Of: async (ranges) => {
      if (ranges.length === 0) return [];
      const isInOrder = ranges.every(
        ({ fromMs }, index) => fromMs >= (ranges[index - 1]?.toMs ?? fromMs),
      );
      if (!isInOrder) return readEach(database, userDid, nowMs, ranges);
      const query = { projects: null, ranges: withTotals(ranges), nowMs };
      const { figures } = await readScopedFigures(database, userDid, query);
      return figures.map(({ total }) => total.creditsE10);
    },
  };
}

/** Reads ranges in any order, which may overlap. */
function readEach(
  database: Database,
  userDid: string,
  nowMs: number,
  ranges: readonly TimeRange[],
): Promise<bigint[]> {
  return readSnapshot(database, userDid, nowMs, async (snapshot) => {
    const credits: bigint[] = [];
    for (const range of ranges) {
      const figures = await snapshot.figures(withTotals([range]), null);
      credits.push(figures[0]?.total.creditsE10 ?? 0n);
    }
    return credits;
  });
}
