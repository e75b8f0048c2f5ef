import { toTotals } from '../aggregates/model/totals.js';
import type { CallFigures } from '../aggregates/model/call-figures.js';
import { timeBuckets } from '../queries/time-buckets.js';
import { groupBuckets, selectGroupParts, type GroupedFigures } from '../queries/trend-groups.js';
import { readSnapshot } from '../queries/user-snapshot.js';
import type { TimeRange } from '../values/time.js';
import type { ExportDependencies } from './export-dependencies.js';
import type { TrendsExport } from './export-query.js';
import type { ExportColumn, ExportRow, ExportTable } from './export-table.js';
import { createTable, readParts, toHeader, type FigureRequest } from './figures-table.js';
import { toTotalsValues } from './totals-columns.js';

const BUCKET_COLUMNS: readonly ExportColumn[] = [
  { name: 'start', type: 'instant' },
  { name: 'end', type: 'instant' },
];
const GROUP_COLUMNS: readonly ExportColumn[] = [
  { name: 'group', type: 'text' },
  { name: 'groupName', type: 'text' },
  { name: 'isOther', type: 'text' },
];

/** The table of a trend. @throws UsageError `PROJECT_NOT_FOUND` @throws StatementError when the database fails */
export async function createTrendsTable(
  deps: ExportDependencies,
  request: FigureRequest<TrendsExport>,
): Promise<ExportTable> {
  const { userDid, nowMs, query } = request;
  const { range, granularity, appDid, group } = query;
  const buckets = timeBuckets(range, granularity, range.timeZone);
  const parts = { total: true, ...(group && selectGroupParts(group)) };
  const ranges = buckets.map((bucket) => ({ ...bucket, parts }));
  const read = await readSnapshot(deps.database, userDid, nowMs, async (snapshot) => ({
    ...toHeader(snapshot),
    ...(await readParts(snapshot, request, appDid, ranges)),
  }));
  const { header, whole } = read;
  const grouped = group && (await groupBuckets(deps, read.parts, group));
  const cells = grouped
    ? listGroupCells(buckets, grouped)
    : read.parts.map(({ total }, index) => ({ names: toBounds(buckets[index]), figures: total }));
  return createTable(request, {
    names: grouped ? [...BUCKET_COLUMNS, ...GROUP_COLUMNS] : BUCKET_COLUMNS,
    rows: cells.map(({ names, figures }) => [
      ...names,
      ...toTotalsValues(toTotals(figures, header.currency)),
    ]),
    figures: cells.map(({ figures }) => figures),
    whole,
    header,
  });
}

/** A row of a trend before its figures are values. */
interface Cell {
  names: ExportRow;
  figures: CallFigures;
}

/** A row for each group of each bucket, also without calls. */
function listGroupCells(buckets: readonly TimeRange[], grouped: GroupedFigures): Cell[] {
  return grouped.buckets.flatMap((all, index) =>
    all.map((figures, place) => {
      const { key = null, name = null, isOther = false } = grouped.groups[place] ?? {};
      return { names: [...toBounds(buckets[index]), key, name, isOther ? 'yes' : 'no'], figures };
    }),
  );
}

function toBounds(bucket: TimeRange | undefined): ExportRow {
  return [bucket?.fromMs ?? null, bucket?.toMs ?? null];
}
