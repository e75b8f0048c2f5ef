import type { Models } from '../contract/models.js';
import type { ModelItem, ProjectModels } from '../contract/project-models.js';
import type { Database } from '../db/database.js';
import { getOrAddFigures, type CallFigures } from '../aggregates/model/call-figures.js';
import { toTotals } from '../aggregates/model/totals.js';
import { modelKeyFromText } from '../values/model-key.js';
import { compareText } from '../values/compare-text.js';
import { requireCalls, type ProjectQuery } from './project-service.js';
import { describeProvidersOf, type DescribeProviders } from './provider-info.js';
import { toRange, type QueryRange } from './query-range.js';
import { readScopedFigures } from './scoped-figures.js';

/** Dependencies of {@link getModels} and {@link getProjectModels}. */
export interface ModelListDependencies {
  database: Database;
  describeProviders: DescribeProviders;
}

/** Range of the account's models. */
export interface ModelListQuery {
  range: QueryRange;
  /** Projects that may be seen; `null`: all. */
  projects: readonly string[] | null;
  nowMs: number;
}

/** Reads the totals by model of the projects that may be seen. @throws StatementError when the database fails */
export async function getModels(
  { database, describeProviders }: ModelListDependencies,
  userDid: string,
  { range, projects, nowMs }: ModelListQuery,
): Promise<Models> {
  const ranges = [{ ...range, parts: { models: true } }];
  const result = await readScopedFigures(database, userDid, { projects, ranges, nowMs });
  const groups = result.figures[0]?.models ?? new Map<string, CallFigures>();
  return {
    items: await describeModels(describeProviders, groups, result.currency),
    range: toRange(range),
    freshness: result.freshness,
  };
}

/** Reads one project's totals by model. @throws UsageError `PROJECT_NOT_FOUND` */
export async function getProjectModels(
  { database, describeProviders }: ModelListDependencies,
  userDid: string,
  { project, range, nowMs }: ProjectQuery,
): Promise<ProjectModels> {
  const result = await readScopedFigures(database, userDid, {
    projects: [project.appDid],
    ranges: [{ ...range, parts: { models: true } }],
    nowMs,
  });
  requireCalls(result.firstCallAtMs, project.appDid);
  const groups = result.figures[0]?.models ?? new Map<string, CallFigures>();
  return {
    project,
    items: await describeModels(describeProviders, groups, result.currency),
    range: toRange(range),
    freshness: result.freshness,
  };
}

/** Lists models, the most used first, with the names of their providers. @param groups figures by the text of the model's key */
export async function describeModels(
  describeProviders: DescribeProviders,
  groups: ReadonlyMap<string, CallFigures>,
  currency: string,
): Promise<ModelItem[]> {
  const models = toModels(groups, currency);
  const names = await describeProvidersOf(
    describeProviders,
    models.flatMap(({ providers }) => providers),
  );
  return models.map((model) => ({
    ...model,
    providerName: names.get(model.provider ?? '')?.name ?? null,
    providerLogoUrl: names.get(model.provider ?? '')?.logoUrl ?? null,
    providerNames: model.providers.map((provider) => names.get(provider)?.name ?? provider),
  }));
}

/** A model is one item, however many providers served it: a provider that is not known, or a second one, makes no other model. */
function toModels(
  groups: ReadonlyMap<string, CallFigures>,
  currency: string,
): Omit<ModelItem, 'providerName' | 'providerLogoUrl' | 'providerNames'>[] {
  const models = new Map<string, CallFigures>();
  const providers = new Map<string, Set<string>>();
  for (const [key, figures] of groups) {
    const { provider, model } = modelKeyFromText(key);
    getOrAddFigures(models, model).add(figures);
    const ofModel = providers.get(model) ?? new Set();
    providers.set(model, provider === '' ? ofModel : ofModel.add(provider));
  }
  const calls = [...models.values()].reduce((sum, figures) => sum + figures.calls, 0);
  return [...models]
    .sort(([a, of], [b, other]) => other.calls - of.calls || compareText(a, b))
    .map(([model, figures]) => {
      const served = [...(providers.get(model) ?? [])].sort(compareText);
      return {
        model,
        provider: served.length === 1 ? (served[0] ?? null) : null,
        providers: served,
        totals: toTotals(figures, currency),
        share: figures.calls / calls,
      };
    });
}
