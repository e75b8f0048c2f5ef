import type { Overview, TypeTotals } from '../contract/overview.js';
import type { CallType } from '../contract/common.js';
import type { Database } from '../db/database.js';
import { toTotals, type CallFigures } from '../aggregates/model/call-figures.js';
import { modelKeyFromText } from '../values/model-key.js';
import { toPrevious } from './previous-totals.js';
import { previousRange, toRange, type QueryRange } from './query-range.js';
import { readScopedAnswer } from './scoped-answer.js';

/** What an overview is made from. */
export interface OverviewQuery {
  range: QueryRange;
  /** Projects that count; `null`: all. */
  projects: readonly string[] | null;
  nowMs: number;
}

/** The user's totals of a range, the range before it, and their parts by type. */
export async function getOverview(
  database: Database,
  userDid: string,
  { range, projects, nowMs }: OverviewQuery,
): Promise<Overview> {
  const ranges = [
    { ...previousRange(range), parts: { total: true } },
    { ...range, parts: { total: true, types: true, activeProjects: true } },
  ];
  const answer = await readScopedAnswer(database, userDid, { projects, ranges, nowMs });
  const [before, now] = answer.figures;
  if (!before || !now) throw new TypeError('Two ranges have two figures');
  const names = [...now.activeModels].map(modelKeyFromText);
  return {
    totals: toTotals(now.total),
    previous: toPrevious(answer, range, before.total),
    activeProjects: now.activeProjects.size,
    activeModels: new Set(names.map((name) => JSON.stringify([name.provider, name.model]))).size,
    byType: toTypeTotals(now.types),
    range: toRange(range),
    freshness: answer.freshness,
  };
}

function toTypeTotals(types: ReadonlyMap<CallType, CallFigures>): TypeTotals[] {
  return [...types]
    .map(([type, figures]) => ({ type, ...toTotals(figures) }))
    .sort((a, b) => b.calls - a.calls || a.type.localeCompare(b.type));
}
