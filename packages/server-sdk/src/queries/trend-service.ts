import type {
  Granularity,
  PreviousTrend,
  ProjectTrends,
  TrendGroup,
  TrendPoint,
  Trends,
} from '../contract/trends.js';
import type { Project } from '../contract/common.js';
import type { Database } from '../db/database.js';
import { toTotals } from '../aggregates/model/totals.js';
import type { FigureRange, RangeFigures } from '../aggregates/store/range-figures.js';
import { toInstant, type TimeRange } from '../values/time.js';
import { previousBuckets } from './previous-buckets.js';
import { requireCalls } from './project-service.js';
import { toRange, type QueryRange } from './query-range.js';
import { readScopedFigures, type UserFigures } from './scoped-figures.js';
import { timeBuckets } from './time-buckets.js';
import {
  groupBuckets,
  selectGroupParts,
  type FigureGroup,
  type GroupedFigures,
  type GroupNames,
  type GroupQuery,
} from './trend-groups.js';
import { withTotals } from './user-snapshot.js';

/** What trends are read with. */
export interface TrendDependencies extends GroupNames {
  database: Database;
}

/** Range and granularity of a trend, and what else it has. */
export interface TrendQuery {
  range: QueryRange;
  granularity: Granularity;
  /** `null`: points are not broken down. */
  group: GroupQuery | null;
  /** Whether the period before is read, too. */
  hasPrevious: boolean;
  nowMs: number;
}

/** Reads the user's totals over time. @param query `projects`: those that may be seen; `null`: all */
export async function getTrends(
  deps: TrendDependencies,
  userDid: string,
  query: TrendQuery & { projects: readonly string[] | null },
): Promise<Trends> {
  const plan = planTrend(query);
  const { projects, nowMs } = query;
  const scope = { projects, ranges: plan.ranges, nowMs };
  return toTrends(deps, await readScopedFigures(deps.database, userDid, scope), plan, query);
}

/** Reads one project's totals over time. @throws UsageError `PROJECT_NOT_FOUND` */
export async function getProjectTrends(
  deps: TrendDependencies,
  userDid: string,
  query: TrendQuery & { project: Project },
): Promise<ProjectTrends> {
  const plan = planTrend(query);
  const { project, nowMs } = query;
  const { appDid } = project;
  const scope = { projects: [appDid], ranges: plan.ranges, nowMs };
  const result = await readScopedFigures(deps.database, userDid, scope);
  requireCalls(result.firstCallAtMs, appDid);
  return { project, ...(await toTrends(deps, result, plan, query)) };
}

/** The buckets of a trend, and all ranges that are read for it, ascending. */
interface TrendPlan {
  buckets: readonly TimeRange[];
  /** Of the period before; none where it is not read. */
  before: readonly TimeRange[];
  ranges: readonly FigureRange[];
}

function planTrend({ range, granularity, group, hasPrevious }: TrendQuery): TrendPlan {
  const buckets = timeBuckets(range, granularity, range.timeZone);
  const before = hasPrevious ? previousBuckets(buckets, range, granularity) : [];
  const parts = { total: true, ...(group && selectGroupParts(group)) };
  const ranges = buckets.map((bucket) => ({ ...bucket, parts }));
  return { buckets, before, ranges: [...withTotals(before), ...ranges] };
}

async function toTrends(
  names: GroupNames,
  result: UserFigures,
  { buckets, before }: TrendPlan,
  { range, granularity, group, hasPrevious }: TrendQuery,
): Promise<Trends> {
  const { figures, freshness, currency } = result;
  const ofBuckets = figures.slice(before.length);
  const grouped = group && (await groupBuckets(names, ofBuckets, group));
  return {
    granularity,
    points: toPoints(ofBuckets, buckets, currency, grouped),
    ...(grouped && { groups: grouped.groups.map((each) => toGroup(each, currency)) }),
    ...(hasPrevious && { previous: toPrevious(result, before, range) }),
    range: toRange(range),
    freshness,
  };
}

function toGroup({ figures, ...group }: FigureGroup, currency: string): TrendGroup {
  return { ...group, totals: toTotals(figures, currency) };
}

function toPrevious(
  { figures, firstCallAtMs, currency }: UserFigures,
  before: readonly TimeRange[],
  range: QueryRange,
): PreviousTrend | null {
  const [first, last] = [before[0], before.at(-1)];
  if (!first || !last || firstCallAtMs === null || firstCallAtMs >= range.fromMs) return null;
  const { timeZone } = range;
  return {
    points: toPoints(figures.slice(0, before.length), before, currency, null),
    range: toRange({ fromMs: first.fromMs, toMs: last.toMs, timeZone }),
  };
}

function toPoints(
  figures: readonly RangeFigures[],
  buckets: readonly TimeRange[],
  currency: string,
  grouped: GroupedFigures | null,
): TrendPoint[] {
  return buckets.map(({ fromMs, toMs }, index) => {
    const total = figures[index]?.total;
    if (!total) throw new RangeError('A bucket must have figures');
    const groups = grouped?.buckets[index]?.map((each, place) => ({
      key: grouped.groups[place]?.key ?? '',
      totals: toTotals(each, currency),
    }));
    return {
      start: toInstant(fromMs),
      end: toInstant(toMs),
      totals: toTotals(total, currency),
      ...(groups && { groups }),
    };
  });
}
