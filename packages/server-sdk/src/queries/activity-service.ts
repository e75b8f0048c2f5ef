import type { Activity } from '../contract/activity.js';
import { CallFigures } from '../aggregates/model/call-figures.js';
import { toTotals } from '../aggregates/model/totals.js';
import type { Database } from '../db/database.js';
import { toRange, type QueryRange } from './query-range.js';
import { readScopedFigures } from './scoped-figures.js';
import { withTotals } from './user-snapshot.js';
import { weekHours } from './week-hours.js';

/** Range and projects of activity. */
export interface ActivityQuery {
  range: QueryRange;
  /** Projects that may be seen; `null`: all. */
  projects: readonly string[] | null;
  nowMs: number;
}

const DAYS_A_WEEK = 7;
const HOURS_A_DAY = 24;

/**
 * Reads the user's totals by weekday and hour of the range's zone. The hours are those of a trend by hour, so that where a
 * clock is set back the hour that comes twice is counted in one cell, and every call in exactly one.
 *
 * @throws StatementError when the database fails
 * @see docs/adr/0049-at-a-glance.md
 */
export async function getActivity(
  database: Database,
  userDid: string,
  { range, projects, nowMs }: ActivityQuery,
): Promise<Activity> {
  const hours = weekHours(range, range.timeZone);
  const ranges = withTotals(hours);
  const scope = { projects, ranges, nowMs };
  const { figures, currency, freshness } = await readScopedFigures(database, userDid, scope);
  const sums = Array.from({ length: DAYS_A_WEEK * HOURS_A_DAY }, () => new CallFigures());
  for (const [index, { weekday, hour }] of hours.entries()) {
    const total = figures[index]?.total;
    if (total && total.calls > 0) sums[(weekday - 1) * HOURS_A_DAY + hour]?.add(total);
  }
  return {
    cells: sums.map((sum, index) => ({
      weekday: Math.floor(index / HOURS_A_DAY) + 1,
      hour: index % HOURS_A_DAY,
      totals: toTotals(sum, currency),
    })),
    range: toRange(range),
    freshness,
  };
}
