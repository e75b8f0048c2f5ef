import type { Freshness, Totals } from '../contract/common.js';
import type { Database } from '../db/database.js';
import type { CallFigures } from '../aggregates/model/call-figures.js';
import { toTotals } from '../aggregates/model/totals.js';
import {
  createRangeFigures,
  type RangeFigures,
  type FigureRange,
} from '../aggregates/store/range-figures.js';
import type { TimeRange } from '../values/time.js';
import { readSnapshot, type UserSnapshot } from './user-snapshot.js';

/** Ranges over all of a user's projects, or over some. */
export interface ScopedQuery {
  /**
   * `null`: all of the user's. Else the figures are the sum of those of these projects, the ones that may be seen or one that
   * is asked for, so that no query reads another project.
   */
  projects: readonly string[] | null;
  ranges: readonly FigureRange[];
  nowMs: number;
}

/** Figures of ranges, in their order, and the state that they were read in. */
export interface UserFigures {
  figures: RangeFigures[];
  freshness: Freshness;
  /** ISO 4217 code of the money in figures. */
  currency: string;
  /** Start of the first call, of the selected project or of all, epoch ms; `null` if there is none. */
  firstCallAtMs: number | null;
}

/**
 * Reads figures of ranges, all of one state of the database.
 *
 * @throws StatementError when the database fails
 */
export function readScopedFigures(
  database: Database,
  userDid: string,
  { projects, ranges, nowMs }: ScopedQuery,
): Promise<UserFigures> {
  return readSnapshot(database, userDid, nowMs, async (snapshot) => ({
    figures: await readScopedFiguresIn(snapshot, projects, ranges),
    freshness: snapshot.freshness,
    currency: snapshot.currency,
    firstCallAtMs: await readFirstCallOf(snapshot, projects),
  }));
}

/**
 * Reads figures of ranges in a snapshot.
 *
 * @param projects as of {@link ScopedQuery}
 * @throws StatementError when the database fails
 */
export async function readScopedFiguresIn(
  snapshot: UserSnapshot,
  projects: readonly string[] | null,
  ranges: readonly FigureRange[],
): Promise<RangeFigures[]> {
  if (projects === null) return snapshot.figures(ranges, null);
  const sums = ranges.map(createRangeFigures);
  // A query of one project has no figures by project: they are its totals.
  const ofOne = ranges.map(({ parts, ...range }) => {
    const { models = false, types = false, total, projects: byProject, activeProjects } = parts;
    const hasTotal = [total, byProject, activeProjects].includes(true);
    return { ...range, parts: { total: hasTotal, models, types } };
  });
  for (const appDid of projects) {
    if ((await snapshot.firstCallAtMs(appDid)) === null) continue;
    const figures = await snapshot.figures(ofOne, appDid);
    for (const [index, sum] of sums.entries()) {
      const ofProject = figures[index];
      if (ofProject) addProject(sum, appDid, ofProject);
    }
  }
  return sums;
}

async function readFirstCallOf(
  snapshot: UserSnapshot,
  projects: readonly string[] | null,
): Promise<number | null> {
  const starts: (number | null)[] = [];
  for (const appDid of projects ?? [null]) starts.push(await snapshot.firstCallAtMs(appDid));
  const known = starts.filter((startMs) => startMs !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function addProject(sum: RangeFigures, appDid: string, part: RangeFigures): void {
  if (part.total.calls > 0) {
    sum.total.add(part.total);
    sum.projects.set(appDid, part.total);
    sum.activeProjects.add(appDid);
  }
  addGroups(sum.models, part.models);
  addGroups(sum.types, part.types);
  for (const key of part.activeModels) sum.activeModels.add(key);
}

/** Adds the figures of groups. Those of a new group become its sum, since nothing else has them. */
function addGroups<Key>(sums: Map<Key, CallFigures>, parts: ReadonlyMap<Key, CallFigures>): void {
  for (const [key, figures] of parts) {
    const sum = sums.get(key);
    if (sum) sum.add(figures);
    else sums.set(key, figures);
  }
}

/** Totals of the range before a range; `null` when the first call came later, so that growth would be from nothing. */
export function toPreviousTotals(
  { firstCallAtMs, currency }: UserFigures,
  range: TimeRange,
  before: CallFigures,
): Totals | null {
  const hasBefore = firstCallAtMs !== null && firstCallAtMs < range.fromMs;
  return hasBefore ? toTotals(before, currency) : null;
}
