import type { Project } from '../contract/common.js';
import type { SortOrder } from '../contract/query-params.js';
import type { ProjectStats } from '../contract/project-stats.js';
import type {
  ProjectItem,
  ProjectSort,
  Projects,
  SparklineMetric,
  SparklinePoints,
  SparklineValue,
} from '../contract/projects.js';
import type { Database } from '../db/database.js';
import { sumFigures, type CallFigures } from '../aggregates/model/call-figures.js';
import { toTotals } from '../aggregates/model/totals.js';
import { readProjectPoints } from '../aggregates/store/project-points-store.js';
import { toInstant } from '../values/time.js';
import { UsageError } from '../errors.js';
import { createNamelessProject } from '../values/nameless-project.js';
import type { DescribeProjects } from './project-info.js';
import { sortProjects, type ProjectCandidate } from './project-order.js';
import { getPreviousRange, toRange, type QueryRange } from './query-range.js';
import { readScopedFigures, readScopedFiguresIn, toPreviousTotals } from './scoped-figures.js';
import { planSparkline, toSparkline, toSparklinePoints } from './sparklines.js';
import { readSnapshot, withTotals, type UserSnapshot } from './user-snapshot.js';

/** Dependencies of {@link listProjects}. */
export interface ProjectListDependencies {
  database: Database;
  describe: DescribeProjects;
}

/** Range, filter, order and page of the project list. */
export interface ProjectListQuery {
  range: QueryRange;
  /** Projects that may be seen; `null`: all. */
  projects: readonly string[] | null;
  /** Part of a name or DID, case-insensitive and literal. */
  search: string | null;
  sortBy: ProjectSort;
  sortOrder: SortOrder;
  /** From 1. */
  page: number;
  pageSize: number;
  /** What is read of each point of the page's projects; `null`: no points are. */
  sparkline: SparklineMetric | null;
  nowMs: number;
}

/** One project in one range. */
export interface ProjectQuery {
  project: Project;
  range: QueryRange;
  nowMs: number;
}

/** Reads one page of the user's projects with a call in the range, filtered by a search and sorted. */
export async function listProjects(
  deps: ProjectListDependencies,
  userDid: string,
  query: ProjectListQuery,
): Promise<Projects> {
  const { database, describe } = deps;
  const { range, projects, page, pageSize } = query;
  const ranges = [{ ...range, parts: { projects: true } }];
  // A host's directory may take seconds, or need the pool's last connection: it is never called within a transaction.
  const names = hasNeedOfNames(query) ? await describeActive(deps, userDid, query) : null;
  const list = await readSnapshot(database, userDid, query.nowMs, async (snapshot) => {
    const [figures] = await readScopedFiguresIn(snapshot, projects, ranges);
    const groups = figures?.projects ?? new Map<string, CallFigures>();
    const found = await selectProjects(
      () => Promise.resolve(names ?? new Map<string, Project>()),
      groups,
      query,
    );
    const shown = found.slice((page - 1) * pageSize, page * pageSize);
    const sparklines = query.sparkline && (await readSparklines(snapshot, userDid, shown, query));
    return {
      items: shown.map((candidate, index) => ({
        ...toProjectItem(candidate, snapshot.currency),
        ...(sparklines && { sparkline: sparklines.values[index] }),
      })),
      total: found.length,
      page,
      pageSize,
      totals: toTotals(sumFigures([...groups.values()]), snapshot.currency),
      ...(sparklines && { sparkline: sparklines.points }),
      range: toRange(range),
      freshness: snapshot.freshness,
    };
  });
  if (names !== null) return list;
  const described = await describe(list.items.map(({ appDid }) => appDid));
  return { ...list, items: list.items.map((item) => ({ ...item, ...described.get(item.appDid) })) };
}

/** Whether names decide which projects are on a page; else only those of the page are looked up. */
function hasNeedOfNames({ search, sortBy }: ProjectListQuery): boolean {
  return search !== null || sortBy === 'name';
}

/** Names of the projects with a call in the range; of one whose first call comes later the DID is its name until the next request. */
async function describeActive(
  { database, describe }: ProjectListDependencies,
  userDid: string,
  { range, projects, nowMs }: ProjectListQuery,
): Promise<Map<string, Project>> {
  const ranges = [{ ...range, parts: { activeProjects: true } }];
  const scope = { projects, ranges, nowMs };
  const { figures } = await readScopedFigures(database, userDid, scope);
  return describe([...(figures[0]?.activeProjects ?? [])]);
}

async function readSparklines(
  snapshot: UserSnapshot,
  userDid: string,
  shown: readonly ProjectCandidate[],
  { range, projects, sparkline }: ProjectListQuery,
): Promise<{ points: SparklinePoints; values: SparklineValue[][] }> {
  const metric = sparkline ?? 'calls';
  const points = planSparkline(range);
  const appDids = shown.map(({ project }) => project.appDid);
  const found =
    appDids.length === 0
      ? new Map<string, readonly CallFigures[]>()
      : await readProjectPoints(snapshot.transaction, userDid, snapshot.progress, {
          ...{ appDids, isUnscoped: projects === null, points },
        });
  return {
    points: toSparklinePoints(metric, points),
    values: appDids.map((appDid) => toSparkline(metric, found.get(appDid) ?? [])),
  };
}

/** Names, filters and sorts projects. @param groups figures by the project's DID */
export async function selectProjects(
  describe: DescribeProjects,
  groups: ReadonlyMap<string, CallFigures>,
  { search, sortBy, sortOrder }: Pick<ProjectListQuery, 'search' | 'sortBy' | 'sortOrder'>,
): Promise<ProjectCandidate[]> {
  const names = await describe([...groups.keys()]);
  const candidates = [...groups].map(([appDid, figures]) => ({
    project: names.get(appDid) ?? createNamelessProject(appDid),
    figures,
  }));
  const found = search === null ? candidates : candidates.filter(createMatcher(search));
  return sortProjects(found, sortBy, sortOrder);
}

/** Reads one project's totals of a range. @throws UsageError `PROJECT_NOT_FOUND` */
export async function getProjectStats(
  database: Database,
  userDid: string,
  { project, range, nowMs }: ProjectQuery,
): Promise<ProjectStats> {
  const result = await readScopedFigures(database, userDid, {
    projects: [project.appDid],
    ranges: withTotals([getPreviousRange(range), range]),
    nowMs,
  });
  requireCalls(result.firstCallAtMs, project.appDid);
  const [before, now] = result.figures;
  if (!before || !now) throw new TypeError('Two ranges must have two figures');
  return {
    project,
    totals: toTotals(now.total, result.currency),
    previous: toPreviousTotals(result, range, before.total),
    range: toRange(range),
    freshness: result.freshness,
  };
}

/**
 * Checks that the user has called through a project.
 *
 * @throws UsageError `PROJECT_NOT_FOUND`, the same for another user's project as for one that does not exist
 */
export function requireCalls(firstCallAtMs: number | null, appDid: string): void {
  if (firstCallAtMs === null) throw createProjectNotFound(appDid);
}

/** The same error for a project of another user, one without calls, and a text that is no DID. */
export function createProjectNotFound(appDid: string): UsageError {
  return new UsageError('PROJECT_NOT_FOUND', `You have no project "${appDid}".`);
}

/** A project of the list. @param currency ISO 4217 code of its costs */
function toProjectItem({ project, figures }: ProjectCandidate, currency: string): ProjectItem {
  return {
    ...project,
    totals: toTotals(figures, currency),
    lastCallAt: toInstant(figures.lastStartedAtMs ?? 0),
  };
}

function createMatcher(search: string): (candidate: ProjectCandidate) => boolean {
  const folded = fold(search);
  return ({ project }) =>
    fold(project.appDid).includes(folded) || fold(project.name ?? '').includes(folded);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
