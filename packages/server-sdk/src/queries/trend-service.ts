import type { Granularity, Project } from '../contract/common.js';
import type { ProjectTrends, Trends } from '../contract/trends.js';
import type { Database } from '../db/database.js';
import { toTotals } from '../aggregates/model/call-figures.js';
import { timeBuckets } from './time-buckets.js';
import { toInstant, type TimeRange } from '../values/time.js';
import { requireCalls } from './project-service.js';
import { toRange, type QueryRange } from './query-range.js';
import { readScopedAnswer } from './scoped-answer.js';
import { readAnswer, withTotals, type Answer } from './user-snapshot.js';

/** What a trend is made from. */
export interface TrendQuery {
  range: QueryRange;
  granularity: Granularity;
  nowMs: number;
}

/** The user's calls over time. @param query `projects`: those that count; `null`: all */
export async function getTrends(
  database: Database,
  userDid: string,
  query: TrendQuery & { projects: readonly string[] | null },
): Promise<Trends> {
  const { range, granularity, projects, nowMs } = query;
  const buckets = timeBuckets(range, granularity, range.timeZone);
  const ranges = withTotals(buckets);
  const answer = await readScopedAnswer(database, userDid, { projects, ranges, nowMs });
  return toTrends(answer, buckets, query);
}

/** One project's calls over time. @throws UsageError `PROJECT_NOT_FOUND` */
export async function getProjectTrends(
  database: Database,
  userDid: string,
  query: TrendQuery & { project: Project },
): Promise<ProjectTrends> {
  const { project, range, granularity, nowMs } = query;
  const { appDid } = project;
  const buckets = timeBuckets(range, granularity, range.timeZone);
  const answer = await readAnswer(database, userDid, nowMs, {
    appDid,
    ranges: withTotals(buckets),
  });
  requireCalls(answer.firstCallAtMs, appDid);
  return { project, ...toTrends(answer, buckets, query) };
}

function toTrends(
  { figures, freshness }: Answer,
  buckets: readonly TimeRange[],
  { range, granularity }: TrendQuery,
): Trends {
  return {
    granularity,
    points: figures.map(({ total }, index) => ({
      start: toInstant(buckets[index]?.fromMs ?? range.fromMs),
      end: toInstant(buckets[index]?.toMs ?? range.toMs),
      totals: toTotals(total),
    })),
    range: toRange(range),
    freshness,
  };
}
