import type { Overview, TypeTotals } from '../contract/overview.js';
import type { CallType } from '../contract/common.js';
import type { Database } from '../db/database.js';
import type { CallFigures } from '../aggregates/model/call-figures.js';
import { toTotals } from '../aggregates/model/totals.js';
import { modelKeyFromText } from '../values/model-key.js';
import { getPreviousRange, toRange, type QueryRange } from './query-range.js';
import { readScopedFigures, toPreviousTotals } from './scoped-figures.js';

/** Range and projects of an overview. */
export interface OverviewQuery {
  range: QueryRange;
  /** Projects that may be seen; `null`: all. */
  projects: readonly string[] | null;
  nowMs: number;
}

/**
 * Reads the user's totals of a range, of the range before it, and by type.
 *
 * @throws StatementError when the database fails
 */
export async function getOverview(
  database: Database,
  userDid: string,
  { range, projects, nowMs }: OverviewQuery,
): Promise<Overview> {
  const ranges = [
    { ...getPreviousRange(range), parts: { total: true } },
    { ...range, parts: { total: true, types: true, activeProjects: true } },
  ];
  const result = await readScopedFigures(database, userDid, { projects, ranges, nowMs });
  const [before, now] = result.figures;
  if (!before || !now) throw new TypeError('Two ranges must have two figures');
  return {
    totals: toTotals(now.total, result.currency),
    previous: toPreviousTotals(result, range, before.total),
    activeProjects: now.activeProjects.size,
    activeModels: new Set([...now.activeModels].map((key) => modelKeyFromText(key).model)).size,
    byType: toTypeTotals(now.types, result.currency),
    range: toRange(range),
    freshness: result.freshness,
  };
}

function toTypeTotals(types: ReadonlyMap<CallType, CallFigures>, currency: string): TypeTotals[] {
  return [...types]
    .map(([type, figures]) => ({ type, ...toTotals(figures, currency) }))
    .sort((a, b) => b.calls - a.calls || a.type.localeCompare(b.type));
}
