import type { ExportCheck, ExportHeader } from '../contract/exports.js';
import { sumFigures, type CallFigures } from '../aggregates/model/call-figures.js';
import { toTotals } from '../aggregates/model/totals.js';
import type { FigureRange, RangeFigures } from '../aggregates/store/range-figures.js';
import { describeModels, requireCalls, selectProjects } from '../queries/project-service.js';
import { readScopedFiguresIn } from '../queries/scoped-figures.js';
import { timeBuckets } from '../queries/time-buckets.js';
import { readSnapshot, withTotals, type UserSnapshot } from '../queries/user-snapshot.js';
import type { ExportDependencies } from './export-dependencies.js';
import {
  describeQuery,
  type ExportRequest,
  type ModelsExport,
  type ProjectsExport,
  type TrendsExport,
} from './export-query.js';
import {
  ExportMismatchError,
  listUnits,
  type ExportColumn,
  type ExportRow,
  type ExportTable,
} from './export-table.js';
import { createTotalsColumns, toTotalsValues } from './totals-columns.js';

type Query = ProjectsExport | TrendsExport | ModelsExport;
type Request<Kind extends Query> = ExportRequest & { query: Kind };

/** Rows of figures of a snapshot, and what they must add up to. */
interface FigureRows {
  names: readonly ExportColumn[];
  rows: readonly ExportRow[];
  /** Figures of the rows, which the footer sums. */
  figures: readonly CallFigures[];
  /** Figures of the whole range; `null`: the rows are only some of it. */
  whole: CallFigures | null;
  header: Pick<ExportHeader, 'freshness' | 'currency'>;
}

/** Rows that are passed on at a time. */
const ROWS_PER_BATCH = 300;

/** The table of the projects of a range. @throws StatementError when the database fails */
export async function createProjectsTable(
  { database, describe }: ExportDependencies,
  request: Request<ProjectsExport>,
): Promise<ExportTable> {
  const { userDid, nowMs, query } = request;
  const read = await readSnapshot(database, userDid, nowMs, async (snapshot) => ({
    ...toHeader(snapshot),
    ...(await readParts(snapshot, request, null, [{ ...query.range, parts: { projects: true } }])),
  }));
  const found = await selectProjects(describe, read.parts[0]?.projects ?? new Map(), query);
  return createTable(request, {
    names: [
      { name: 'appDid', type: 'text' },
      { name: 'name', type: 'text' },
      { name: 'lastCallAt', type: 'instant' },
    ],
    rows: found.map(({ project, figures }) => [
      project.appDid,
      project.name,
      figures.lastStartedAtMs,
      ...toTotalsValues(toTotals(figures, read.header.currency)),
    ]),
    figures: found.map(({ figures }) => figures),
    whole: query.search === null ? read.whole : null,
    header: read.header,
  });
}

/** The table of a trend. @throws UsageError `PROJECT_NOT_FOUND` @throws StatementError when the database fails */
export async function createTrendsTable(
  { database }: ExportDependencies,
  request: Request<TrendsExport>,
): Promise<ExportTable> {
  const { userDid, nowMs, query } = request;
  const { range, granularity, appDid } = query;
  const buckets = timeBuckets(range, granularity, range.timeZone);
  const read = await readSnapshot(database, userDid, nowMs, async (snapshot) => ({
    ...toHeader(snapshot),
    ...(await readParts(snapshot, request, appDid, withTotals(buckets))),
  }));
  return createTable(request, {
    names: [
      { name: 'start', type: 'instant' },
      { name: 'end', type: 'instant' },
    ],
    rows: read.parts.map(({ total }, index) => [
      buckets[index]?.fromMs ?? null,
      buckets[index]?.toMs ?? null,
      ...toTotalsValues(toTotals(total, read.header.currency)),
    ]),
    figures: read.parts.map(({ total }) => total),
    whole: read.whole,
    header: read.header,
  });
}

/** The table of models. @throws UsageError `PROJECT_NOT_FOUND` @throws StatementError when the database fails */
export async function createModelsTable(
  { database, describeProviders }: ExportDependencies,
  request: Request<ModelsExport>,
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

function toHeader({ freshness, currency }: UserSnapshot): Pick<FigureRows, 'header'> {
  return { header: { freshness, currency } };
}

/** Reads parts of a range and, apart from them, the figures of all of it. */
async function readParts(
  snapshot: UserSnapshot,
  { projects, query }: Request<Query>,
  appDid: string | null,
  ranges: readonly FigureRange[],
): Promise<{ parts: RangeFigures[]; whole: CallFigures | null }> {
  if (appDid !== null) requireCalls(await snapshot.firstCallAtMs(appDid), appDid);
  const read = (of: readonly FigureRange[]): Promise<RangeFigures[]> =>
    appDid === null ? readScopedFiguresIn(snapshot, projects, of) : snapshot.figures(of, appDid);
  const parts = await read(ranges);
  const [whole] = await read(withTotals([query.range]));
  return { parts, whole: whole?.total ?? null };
}

function createTable(
  { query }: Request<Query>,
  { names, rows, figures, whole, header }: FigureRows,
): ExportTable {
  const { currency } = header;
  const columns = [...names, ...createTotalsColumns(currency)];
  return {
    header: {
      record: 'header',
      version: 1,
      ...describeQuery(query),
      ...header,
      quotaCurrency: null,
      stale: null,
      units: listUnits(columns),
      columns: columns.map(({ name }) => name),
    },
    columns,
    maxRows: rows.length,
    readBatches: () => cutBatches(rows),
    finish: () => {
      const totals = toTotals(sumFigures(figures), currency);
      const isEqual =
        whole === null || JSON.stringify(totals) === JSON.stringify(toTotals(whole, currency));
      if (!isEqual) throw new ExportMismatchError('The rows do not add up to the totals');
      const checked: ExportCheck = whole === null ? 'none' : 'totals';
      return { record: 'footer', rows: rows.length, totals, checked, complete: true };
    },
  };
}

/** Passes rows on in batches. */
async function* cutBatches(rows: readonly ExportRow[]): AsyncGenerator<readonly ExportRow[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_BATCH) {
    yield await Promise.resolve(rows.slice(start, start + ROWS_PER_BATCH));
  }
}
