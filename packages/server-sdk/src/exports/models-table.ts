import type { CallFigures } from '../aggregates/model/call-figures.js';
import { describeModels } from '../queries/model-service.js';
import { readSnapshot } from '../queries/user-snapshot.js';
import type { ExportDependencies } from './export-dependencies.js';
import type { ModelsExport } from './export-query.js';
import type { ExportTable } from './export-table.js';
import { createTable, readParts, toHeader, type FigureRequest } from './figures-table.js';
import { toTotalsValues } from './totals-columns.js';

/** The table of models. @throws UsageError `PROJECT_NOT_FOUND` @throws StatementError when the database fails */
export async function createModelsTable(
  { database, describeProviders }: ExportDependencies,
  request: FigureRequest<ModelsExport>,
): Promise<ExportTable> {
  const { userDid, nowMs, query } = request;
  const read = await readSnapshot(database, userDid, nowMs, async (snapshot) => ({
    ...toHeader(snapshot),
    ...(await readParts(snapshot, request, query.appDid, [
      { ...query.range, parts: { models: true } },
    ])),
  }));
  const groups = read.parts[0]?.models ?? new Map<string, CallFigures>();
  const models = await describeModels(describeProviders, groups, read.header.currency);
  return createTable(request, {
    names: [
      { name: 'model', type: 'text' },
      { name: 'provider', type: 'text' },
      { name: 'providerName', type: 'text' },
      { name: 'providers', type: 'text' },
      { name: 'share', type: 'number', unit: 'ratio from 0 to 1 of calls' },
    ],
    rows: models.map(({ model, provider, providerName, providers, share, totals }) => [
      model,
      provider,
      providerName,
      providers.join(' '),
      share,
      ...toTotalsValues(totals),
    ]),
    figures: [...groups.values()],
    whole: read.whole,
    header: read.header,
  });
}
