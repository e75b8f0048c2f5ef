import type { Granularity } from '../contract/trends.js';
import type { SortOrder } from '../contract/query-params.js';
import type {
  CsvDecimal,
  CsvDelimiter,
  ExportFilters,
  ExportFormat,
  ExportHeader,
} from '../contract/exports.js';
import type { CallSort } from '../contract/project-calls.js';
import type { ValueFilters } from '../queries/calls/call-filter.js';
import type { ProjectSort } from '../contract/projects.js';
import type { LedgerKind } from '../contract/quota.js';
import { toRange, type QueryRange } from '../queries/query-range.js';
import type { GroupQuery } from '../queries/trend-groups.js';
import { toInstant } from '../values/time.js';

interface RangeExport {
  range: QueryRange;
}

/** Calls of a project, or of all, one by one. */
export interface CallsExport extends RangeExport, ValueFilters {
  kind: 'calls';
  /** `null`: all projects that may be seen, in the order of time. */
  appDid: string | null;
  minDurationMs: number | null;
  search: string | null;
  sortBy: CallSort;
  sortOrder: SortOrder;
}

/** Projects with a call in the range. */
export interface ProjectsExport extends RangeExport {
  kind: 'projects';
  search: string | null;
  sortBy: ProjectSort;
  sortOrder: SortOrder;
}

/** Totals over time. */
export interface TrendsExport extends RangeExport {
  kind: 'trends';
  appDid: string | null;
  granularity: Granularity;
  /** A row for each group of each bucket; `null`: a row for each bucket. */
  group: GroupQuery | null;
}

/** Totals by model. */
export interface ModelsExport extends RangeExport {
  kind: 'models';
  appDid: string | null;
}

/** Rows of the ledger. */
export interface LedgerExport {
  kind: 'ledger';
  ledgerKind: LedgerKind | null;
  fromMs: number | null;
  toMs: number | null;
}

/** What is exported, with all defaults. */
export type ExportQuery = CallsExport | ProjectsExport | TrendsExport | ModelsExport | LedgerExport;

/** The form of the file. */
export interface FileForm {
  format: ExportFormat;
  delimiter: CsvDelimiter;
  decimal: CsvDecimal;
}

/** What a user exports, and which of the user's projects may be seen. */
export interface ExportRequest {
  userDid: string;
  /** `null`: all of the user's. */
  projects: readonly string[] | null;
  nowMs: number;
  query: ExportQuery;
  form: FileForm;
}

/** What the header of a file repeats of its query. */
export function describeQuery(
  query: ExportQuery,
): Pick<ExportHeader, 'kind' | 'range' | 'filters' | 'sortBy' | 'sortOrder' | 'granularity'> {
  const order = 'sortBy' in query ? query : null;
  return {
    kind: query.kind,
    range: describeRange(query),
    filters: listFilters(query),
    sortBy: order?.sortBy ?? null,
    sortOrder: order?.sortOrder ?? null,
    granularity: query.kind === 'trends' ? query.granularity : null,
  };
}

function describeRange(query: ExportQuery): ExportHeader['range'] {
  if (query.kind !== 'ledger') return toRange(query.range);
  const { fromMs, toMs } = query;
  return {
    from: fromMs === null ? null : toInstant(fromMs),
    to: toMs === null ? null : toInstant(toMs),
    timeZone: 'UTC',
  };
}

function listFilters(query: ExportQuery): ExportFilters {
  const all: Record<string, ExportFilters[string] | null> =
    query.kind === 'ledger'
      ? { kind: query.ledgerKind }
      : {
          appDid: 'appDid' in query ? query.appDid : null,
          search: 'search' in query ? query.search : null,
          ...(query.kind === 'calls'
            ? {
                model: toFilterValue(query.models),
                status: toFilterValue(query.statuses),
                type: toFilterValue(query.types),
                minDurationMs: query.minDurationMs,
              }
            : {}),
          ...(query.kind === 'trends' && query.group ? describeGroup(query.group) : {}),
        };
  const given = Object.entries(all).filter(
    (entry): entry is [string, ExportFilters[string]] => entry[1] !== null,
  );
  return Object.fromEntries(given);
}

/** One value is a text, as it was before a filter could have several. */
function toFilterValue(values: readonly string[] | null): string | readonly string[] | null {
  const [only] = values ?? [];
  return values?.length === 1 && only !== undefined ? only : values;
}

function describeGroup({ by, top, rankBy }: GroupQuery): ExportFilters {
  return { groupBy: by, top, topBy: rankBy };
}

/** The IANA zone in which a file shows instants. */
export function getTimeZone(query: ExportQuery): string {
  return query.kind === 'ledger' ? 'UTC' : query.range.timeZone;
}
