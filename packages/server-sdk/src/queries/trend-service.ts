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

/**
 * The user's calls over time.
 *
 * @param projects those that count; `null`: all
 */
export async function getTrends(
  database: Database,
  userDid: string,
  range: QueryRange,
  granularity: Granularity,
  nowMs: number,
  projects: readonly string[] | null = null,
): Promise<Trends> {
  const buckets = timeBuckets(range, granularity, range.timeZone);
  const answer = await readScopedAnswer(database, userDid, projects, withTotals(buckets), nowMs);
  return toTrends(answer, buckets, range, granularity);
}

/** One project's calls over time. @throws UsageError `PROJECT_NOT_FOUND` */
export async function getProjectTrends(
  database: Database,
  userDid: string,
  project: Project,
  range: QueryRange,
  granularity: Granularity,
  nowMs: number,
): Promise<ProjectTrends> {
  const { appDid } = project;
  const buckets = timeBuckets(range, granularity, range.timeZone);
  const query = { appDid, ranges: withTotals(buckets) };
  const answer = await readAnswer(database, userDid, nowMs, query);
  requireCalls(answer.firstCallAtMs, appDid);
  return { project, ...toTrends(answer, buckets, range, granularity) };
}

function toTrends(
  { figures, freshness }: Answer,
  buckets: readonly TimeRange[],
  range: QueryRange,
  granularity: Granularity,
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
