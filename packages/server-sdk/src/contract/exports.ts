import type { Freshness, Instant, Range, Totals } from './common.js';
import type { Granularity } from './trends.js';
import type {
  SortOrder,
  CallsParams,
  ProjectsParams,
  QuotaDetailsParams,
  RangeParams,
  TrendParams,
} from './query-params.js';
import type { Currency, LedgerKind, LedgerSum, Stale } from './quota.js';

/** What can be exported, each with the rows of what the elements show. */
export const EXPORT_KINDS = ['calls', 'projects', 'trends', 'models', 'ledger'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** Formats of files. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What separates the fields of a CSV file. */
export const CSV_DELIMITERS = ['comma', 'semicolon'] as const;
export type CsvDelimiter = (typeof CSV_DELIMITERS)[number];

/** What separates the decimals of a number in a CSV file. */
export const CSV_DECIMALS = ['point', 'comma'] as const;
export type CsvDecimal = (typeof CSV_DECIMALS)[number];

/** Paths of the exports, below the base path; the only list of them. */
export const EXPORT_ROUTES = {
  calls: '/exports/calls',
  projects: '/exports/projects',
  trends: '/exports/trends',
  models: '/exports/models',
  ledger: '/exports/ledger',
} as const satisfies { readonly [Kind in ExportKind]: string };

/** Format of the file; `delimiter` and `decimal` are for `csv` only. */
export interface ExportFormatParams {
  format: ExportFormat;
  delimiter?: CsvDelimiter | undefined;
  decimal?: CsvDecimal | undefined;
}

/** One project instead of all that may be seen. */
export interface ExportProjectParams {
  appDid?: string | undefined;
}

/** The parameters of each kind: those of the endpoint that shows the same, without its page. */
export interface ExportParams {
  /** Without `appDid` the calls of all projects; `sortBy` `duration` needs one. */
  calls: Omit<CallsParams, 'limit' | 'cursor' | 'counts'> &
    ExportProjectParams &
    ExportFormatParams;
  projects: Omit<ProjectsParams, 'page' | 'pageSize'> & ExportFormatParams;
  /** Without the period before: rows add up to the range. */
  trends: Omit<TrendParams, 'compare'> & ExportProjectParams & ExportFormatParams;
  models: RangeParams & ExportProjectParams & ExportFormatParams;
  ledger: Omit<QuotaDetailsParams, 'page' | 'pageSize'> & ExportFormatParams;
}

/** The filters of an export that were given: a list where one has several values. */
export type ExportFilters = Readonly<Record<string, string | number | readonly string[]>>;

/** What a file says of itself before its rows: the first record of NDJSON. */
export interface ExportHeader {
  record: 'header';
  kind: ExportKind;
  /** Version of this form of files. */
  version: 1;
  /** `null`: the whole ledger, or one with an open end. */
  range: Range | { from: Instant | null; to: Instant | null; timeZone: string };
  filters: ExportFilters;
  /** `null` where the order is fixed. */
  sortBy: string | null;
  sortOrder: SortOrder | null;
  granularity: Granularity | null;
  freshness: Freshness;
  /** ISO 4217 code of the money in sums. */
  currency: string;
  /** The unit that quota is counted in; `null` unless the export is of the ledger. */
  quotaCurrency: Currency | null;
  /** Set when rows are of a cached page, because the quota provider does not respond. */
  stale: Stale | null;
  /** Units by column. */
  units: Readonly<Record<string, string>>;
  columns: readonly string[];
}

/** How the rows of a file were checked before it was called complete. */
export type ExportCheck =
  /** The totals of the rows equal those of the pre-aggregates of the same snapshot. */
  | 'totals'
  /** The number of rows does: pre-aggregates do not distinguish what else is filtered by. */
  | 'rowCount'
  /** Nothing else knows what these rows must add up to. */
  | 'none';

/** Totals of a ledger's rows, by kind, and what the account's balance consists of. */
export interface LedgerTotals {
  amount: string;
  byKind: Readonly<Partial<Record<LedgerKind, string>>>;
  sum: LedgerSum | null;
}

/** The last record of a file, which only a complete file has. */
export interface ExportFooter {
  record: 'footer';
  rows: number;
  totals: Totals | LedgerTotals;
  checked: ExportCheck;
  complete: true;
}
