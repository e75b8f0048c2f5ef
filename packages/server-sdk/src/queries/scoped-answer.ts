import type { Database } from '../db/database.js';
import { getOrAddFigures } from '../aggregates/model/call-figures.js';
import {
  createRangeFigures,
  type RangeFigures,
  type FigureRange,
} from '../aggregates/store/range-figures.js';
import { readAnswer, readSnapshot, type Answer, type UserSnapshot } from './user-snapshot.js';

/** Ranges over the projects that may be seen. */
export interface ScopedQuery {
  /**
   * `null`: all of the user's. Else the sum is made of these projects' own figures, so that nothing of any other is ever
   * read.
   */
  projects: readonly string[] | null;
  ranges: readonly FigureRange[];
  nowMs: number;
}

/** Figures of ranges over the projects that may be seen, all of one state of the database. */
export function readScopedAnswer(
  database: Database,
  userDid: string,
  { projects, ranges, nowMs }: ScopedQuery,
): Promise<Answer> {
  if (projects === null) return readAnswer(database, userDid, nowMs, { appDid: null, ranges });
  return readSnapshot(database, userDid, nowMs, (snapshot) =>
    sumProjects(snapshot, projects, ranges),
  );
}

async function sumProjects(
  snapshot: UserSnapshot,
  projects: readonly string[],
  ranges: readonly FigureRange[],
): Promise<Answer> {
  const sums = ranges.map(createRangeFigures);
  // Of one project neither its projects nor its active ones can be asked.
  const ofOne = ranges.map(({ parts, ...range }) => ({
    ...range,
    parts: { total: true, models: parts.models === true, types: parts.types === true },
  }));
  let firstCallAtMs: number | null = null;
  for (const appDid of projects) {
    const firstAtMs = await snapshot.firstCallAtMs(appDid);
    if (firstAtMs === null) continue;
    firstCallAtMs = Math.min(firstAtMs, firstCallAtMs ?? firstAtMs);
    const figures = await snapshot.figures(ofOne, appDid);
    for (const [index, ofProject] of figures.entries()) {
      const sum = sums[index];
      if (sum) addProject(sum, appDid, ofProject);
    }
  }
  return { figures: sums, firstCallAtMs, freshness: snapshot.freshness };
}

function addProject(sum: RangeFigures, appDid: string, part: RangeFigures): void {
  if (part.total.calls === 0) return;
  sum.total.add(part.total);
  sum.projects.set(appDid, part.total);
  sum.activeProjects.add(appDid);
  for (const [key, figures] of part.models) getOrAddFigures(sum.models, key).add(figures);
  for (const [type, figures] of part.types) getOrAddFigures(sum.types, type).add(figures);
  for (const key of part.activeModels) sum.activeModels.add(key);
}
