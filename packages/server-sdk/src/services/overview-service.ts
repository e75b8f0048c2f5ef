import type { Overview, TypeTotals } from '../contract/overview.js';
import type { CallType } from '../contract/common.js';
import type { Database } from '../db/database.js';
import { addFigures, toTotals, zeroFigures, type CallFigures } from '../domain/call-figures.js';
import { modelKeyOfText } from '../domain/model-key.js';
import type { GroupedFigures } from '../stores/figures-store.js';
import { readPreviousTotals } from './previous-totals.js';
import { toRange, type QueryRange } from './query-range.js';
import { readSnapshot } from './user-snapshot.js';

/** The user's totals of a range, the change before it, and their parts by type. */
export function getOverview(
  database: Database,
  userDid: string,
  range: QueryRange,
  nowMs: number,
): Promise<Overview> {
  return readSnapshot(database, userDid, nowMs, async (snapshot) => {
    const models = await snapshot.figures(range, { appDid: null, by: 'model' });
    const names = [...models.keys()].map(modelKeyOfText);
    return {
      totals: toTotals(await snapshot.total(range, null)),
      previous: await readPreviousTotals(snapshot, range, null),
      activeProjects: (await snapshot.activeNames(range, 'project')).size,
      activeModels: new Set(names.map((name) => JSON.stringify([name.provider, name.model]))).size,
      byType: sumByType(models),
      range: toRange(range),
      freshness: snapshot.freshness,
    };
  });
}

function sumByType(models: GroupedFigures): TypeTotals[] {
  const types = new Map<CallType, CallFigures>();
  for (const [key, figures] of models) {
    const { type } = modelKeyOfText(key);
    const whole = types.get(type) ?? zeroFigures();
    addFigures(whole, figures);
    types.set(type, whole);
  }
  return [...types]
    .map(([type, figures]) => ({ type, ...toTotals(figures) }))
    .sort((a, b) => b.calls - a.calls || a.type.localeCompare(b.type));
}
