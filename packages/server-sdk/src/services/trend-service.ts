import type { Granularity, Project } from '../contract/common.js';
import type { ProjectTrends, Trends } from '../contract/trends.js';
import type { Database } from '../db/database.js';
import { toTotals } from '../domain/call-figures.js';
import { timeBuckets } from '../domain/time-buckets.js';
import { toInstant } from '../domain/time.js';
import { requireProject } from './project-service.js';
import { toRange, type QueryRange } from './query-range.js';
import { readSnapshot, type UserSnapshot } from './user-snapshot.js';

/** The user's calls over time. */
export function getTrends(
  database: Database,
  userDid: string,
  range: QueryRange,
  granularity: Granularity,
  nowMs: number,
): Promise<Trends> {
  return readSnapshot(database, userDid, nowMs, (snapshot) =>
    readTrends(snapshot, range, granularity, null),
  );
}

/** One project's calls over time. @throws UsageError `PROJECT_NOT_FOUND` */
export function getProjectTrends(
  database: Database,
  userDid: string,
  project: Project,
  range: QueryRange,
  granularity: Granularity,
  nowMs: number,
): Promise<ProjectTrends> {
  const { appDid } = project;
  const read = async (snapshot: UserSnapshot): Promise<ProjectTrends> => {
    await requireProject(snapshot, appDid);
    return { project, ...(await readTrends(snapshot, range, granularity, appDid)) };
  };
  return readSnapshot(database, userDid, nowMs, read, appDid);
}

async function readTrends(
  snapshot: UserSnapshot,
  range: QueryRange,
  granularity: Granularity,
  appDid: string | null,
): Promise<Trends> {
  const buckets = timeBuckets(range, granularity, range.timeZone);
  const series = await snapshot.series(buckets, appDid);
  return {
    granularity,
    points: series.map((figures, index) => ({
      start: toInstant(buckets[index]?.fromMs ?? range.fromMs),
      end: toInstant(buckets[index]?.toMs ?? range.toMs),
      totals: toTotals(figures),
    })),
    range: toRange(range),
    freshness: snapshot.freshness,
  };
}
