import type { Overview, TypeTotals } from '../contract/overview.js';
import type { CallType } from '../contract/common.js';
import type { Database } from '../db/database.js';
import { figuresOf, toTotals, type CallFigures } from '../domain/call-figures.js';
import { modelKeyOfText } from '../domain/model-key.js';
import { toPrevious } from './previous-totals.js';
import { previousRange, toRange, type QueryRange } from './query-range.js';
import { readAnswer } from './user-snapshot.js';

/** The user's totals of a range, the change before it, and their parts by type. */
export async function getOverview(
  database: Database,
  userDid: string,
  range: QueryRange,
  nowMs: number,
): Promise<Overview> {
  const answer = await readAnswer(database, userDid, nowMs, {
    appDid: null,
    ranges: [
      { ...previousRange(range), want: { total: true } },
      { ...range, want: { total: true, models: true, activeProjects: true } },
    ],
  });
  const [before, now] = answer.figures;
  if (!before || !now) throw new TypeError('Two ranges have two figures');
  const names = [...now.models.keys()].map(modelKeyOfText);
  return {
    totals: toTotals(now.total),
    previous: toPrevious(answer, range, before.total),
    activeProjects: now.activeProjects.size,
    activeModels: new Set(names.map((name) => JSON.stringify([name.provider, name.model]))).size,
    byType: sumByType(now.models),
    range: toRange(range),
    freshness: answer.freshness,
  };
}

function sumByType(models: ReadonlyMap<string, CallFigures>): TypeTotals[] {
  const types = new Map<CallType, CallFigures>();
  for (const [key, figures] of models) figuresOf(types, modelKeyOfText(key).type).add(figures);
  return [...types]
    .map(([type, figures]) => ({ type, ...toTotals(figures) }))
    .sort((a, b) => b.calls - a.calls || a.type.localeCompare(b.type));
}
