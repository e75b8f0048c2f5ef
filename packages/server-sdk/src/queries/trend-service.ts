import type { Granularity, Project } from '../contract/common.js';
import type { ProjectTrends, Trends } from '../contract/trends.js';
import type { Database } from '../db/database.js';
import { toTotals } from '../aggregates/model/totals.js';
import { timeBuckets } from './time-buckets.js';
import { toInstant, type TimeRange } from '../values/time.js';
import { requireCalls } from './project-service.js';
import { toRange, type QueryRange } from './query-range.js';
import { readScopedFigures } from './scoped-figures.js';
import { readUserFigures, withTotals, type UserFigures } from './user-snapshot.js';

/** Range and granularity of a trend. */
export interface TrendQuery {
  range: QueryRange;
  granularity: Granularity;
  nowMs: number;
}

/** Reads the user's totals over time. @param query `projects`: those that may be seen; `null`: all */
export async function getTrends(
  database: Database,
  userDid: string,
  query: TrendQuery & { projects: readonly string[] | null },
): Promise<Trends> {
  const { range, granularity, projects, nowMs } = query;
  const buckets = timeBuckets(range, granularity, range.timeZone);
  const ranges = withTotals(buckets);
  const result = await readScopedFigures(database, userDid, { projects, ranges, nowMs });
  return toTrends(result, buckets, query);
}

/** Reads one project's totals over time. @throws UsageError `PROJECT_NOT_FOUND` */
export async function getProjectTrends(
  database: Database,
  userDid: string,
  query: TrendQuery & { project: Project },
): Promise<ProjectTrends> {
  const { project, range, granularity, nowMs } = query;
  const { appDid } = project;
  const buckets = timeBuckets(range, granularity, range.timeZone);
  const result = await readUserFigures(database, userDid, nowMs, {
    appDid,
    ranges: withTotals(buckets),
  });
  requireCalls(result.firstCallAtMs, appDid);
  return { project, ...toTrends(result, buckets, query) };
}

function toTrends(
  { figures, freshness, currency }: UserFigures,
  buckets: readonly TimeRange[],
  { range, granularity }: TrendQuery,
): Trends {
  return {
    granularity,
    points: figures.map(({ total }, index) => ({
      start: toInstant(buckets[index]?.fromMs ?? range.fromMs),
      end: toInstant(buckets[index]?.toMs ?? range.toMs),
      totals: toTotals(total, currency),
    })),
    range: toRange(range),
    freshness,
  };
}
