import type { Granularity, Project } from '../contract/common.js';
import type { ProjectTrends, Trends } from '../contract/trends.js';
import type { Database } from '../db/database.js';
import { toTotals } from '../domain/call-figures.js';
import { timeBuckets } from '../domain/time-buckets.js';
import { toInstant } from '../domain/time.js';
import { requireCalls } from './project-service.js';
import { toRange, type QueryRange } from './query-range.js';
import { readAnswer, totalsOf } from './user-snapshot.js';

/** The user's calls over time. */
export async function getTrends(
  database: Database,
  userDid: string,
  range: QueryRange,
  granularity: Granularity,
  nowMs: number,
): Promise<Trends> {
  return (await readTrends(database, userDid, null, range, granularity, nowMs)).trends;
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
  const { trends, firstCallAtMs } = await readTrends(
    database,
    userDid,
    appDid,
    range,
    granularity,
    nowMs,
  );
  requireCalls(firstCallAtMs, appDid);
  return { project, ...trends };
}

async function readTrends(
  database: Database,
  userDid: string,
  appDid: string | null,
  range: QueryRange,
  granularity: Granularity,
  nowMs: number,
): Promise<{ trends: Trends; firstCallAtMs: number | null }> {
  const buckets = timeBuckets(range, granularity, range.timeZone);
  const { figures, firstCallAtMs, freshness } = await readAnswer(database, userDid, nowMs, {
    appDid,
    ranges: totalsOf(buckets),
  });
  const trends = {
    granularity,
    points: figures.map(({ total }, index) => ({
      start: toInstant(buckets[index]?.fromMs ?? range.fromMs),
      end: toInstant(buckets[index]?.toMs ?? range.toMs),
      totals: toTotals(total),
    })),
    range: toRange(range),
    freshness,
  };
  return { trends, firstCallAtMs };
}
