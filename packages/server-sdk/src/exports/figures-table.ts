import type { ExportCheck, ExportHeader } from '../contract/exports.js';
import { sumFigures, type CallFigures } from '../aggregates/model/call-figures.js';
import { toTotals } from '../aggregates/model/totals.js';
import type { FigureRange, RangeFigures } from '../aggregates/store/range-figures.js';
import { requireCalls } from '../queries/project-service.js';
import { readScopedFiguresIn } from '../queries/scoped-figures.js';
import { withTotals, type UserSnapshot } from '../queries/user-snapshot.js';
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
import { createTotalsColumns } from './totals-columns.js';

type Query = ProjectsExport | TrendsExport | ModelsExport;
/** A request for rows of figures. */
export type FigureRequest<Kind extends Query> = ExportRequest & { query: Kind };

/** Rows of figures of a snapshot, and what they must add up to. */
export interface FigureRows {
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

/** What a file says of the snapshot that it is from. */
export function toHeader({ freshness, currency }: UserSnapshot): Pick<FigureRows, 'header'> {
  return { header: { freshness, currency } };
}

/** Reads parts of a range and, apart from them, the figures of all of it. */
export async function readParts(
  snapshot: UserSnapshot,
  { projects, query }: FigureRequest<Query>,
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

/** A table of figures; its footer is refused where the rows do not add up to the whole. */
export function createTable(
  { query }: FigureRequest<Query>,
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
