import type { Project, SortOrder } from '../contract/common.js';
import type { ProjectStats } from '../contract/project-stats.js';
import type { ProjectItem, ProjectSort, Projects } from '../contract/projects.js';
import type { Database } from '../db/database.js';
import type { CallFigures } from '../aggregates/model/call-figures.js';
import { toTotals } from '../aggregates/model/totals.js';
import { toInstant } from '../values/time.js';
import { UsageError } from '../errors.js';
import { createNamelessProject } from '../values/nameless-project.js';
import type { DescribeProjects } from './project-info.js';
import { sortProjects, type ProjectCandidate } from './project-order.js';
import { getPreviousRange, toRange, type QueryRange } from './query-range.js';
import { readScopedFigures, toPreviousTotals } from './scoped-figures.js';
import { readUserFigures, withTotals } from './user-snapshot.js';

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
  { database, describe }: ProjectListDependencies,
  userDid: string,
  query: ProjectListQuery,
): Promise<Projects> {
  const { range, projects, nowMs } = query;
  const ranges = [{ ...range, parts: { projects: true } }];
  const scope = { projects, ranges, nowMs };
  const { figures, freshness, currency } = await readScopedFigures(database, userDid, scope);
  const groups = figures[0]?.projects ?? new Map<string, CallFigures>();
  const found = await selectProjects(describe, groups, query);
  const first = (query.page - 1) * query.pageSize;
  return {
    items: found
      .slice(first, first + query.pageSize)
      .map((candidate) => toProjectItem(candidate, currency)),
    total: found.length,
    page: query.page,
    pageSize: query.pageSize,
    range: toRange(range),
    freshness,
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
  const result = await readUserFigures(database, userDid, nowMs, {
    appDid: project.appDid,
    ranges: withTotals([getPreviousRange(range), range]),
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
