import type { CallStatus, CallType } from './common.js';
import type { CallSort } from './project-calls.js';
import type { ProjectSort, SparklineMetric } from './projects.js';
import type { LedgerGrouping, LedgerKind } from './quota.js';
import type {
  Granularity,
  ProjectTrendGrouping,
  TrendComparison,
  TrendGrouping,
  TrendRanking,
} from './trends.js';

/** Direction of a list. */
export const SORT_ORDERS = ['asc', 'desc'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

/** An endpoint without query parameters. */
export type NoParams = Readonly<Record<never, never>>;

/** Half-open `[from, to)` as RFC 3339 instants, with the IANA time zone of days. */
export interface RangeParams {
  from?: string | undefined;
  to?: string | undefined;
  timeZone?: string | undefined;
}

/** Range and width of the buckets of a series; without `granularity` the server chooses. */
export interface SeriesParams extends RangeParams {
  granularity?: Granularity | undefined;
}

/** What a trend of one project has besides its totals. */
export interface ProjectTrendParams extends SeriesParams {
  /** Breaks each point down. */
  groupBy?: ProjectTrendGrouping | undefined;
  /** With `groupBy`: groups besides the rest, 1 to 20; default 5. */
  top?: number | undefined;
  /** With `groupBy`: the figure that decides which groups are the largest; default `calls`. */
  topBy?: TrendRanking | undefined;
  /** Adds the period before. */
  compare?: TrendComparison | undefined;
}

/** What a trend of the account has besides its totals. */
export interface TrendParams extends Omit<ProjectTrendParams, 'groupBy'> {
  groupBy?: TrendGrouping | undefined;
}

/** Range, search, order and page of the project list; `page` counts from 1. */
export interface ProjectsParams extends RangeParams {
  search?: string | undefined;
  sortBy?: ProjectSort | undefined;
  sortOrder?: SortOrder | undefined;
  page?: number | undefined;
  pageSize?: number | undefined;
  /** Adds this figure over time to each item. */
  sparkline?: SparklineMetric | undefined;
}

/** Range, filters, order and place of the call history; a `cursor` is only valid with the parameters of its page. */
export interface CallsParams extends RangeParams {
  /** One of these, as in `status` and `type`. */
  model?: string | readonly string[] | undefined;
  status?: CallStatus | readonly CallStatus[] | undefined;
  type?: CallType | readonly CallType[] | undefined;
  minDurationMs?: number | undefined;
  search?: string | undefined;
  sortBy?: CallSort | undefined;
  sortOrder?: SortOrder | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
  /** Adds how many calls each value of the filters lists. */
  counts?: 'true' | undefined;
}

/** Filter, groups and page of the ledger; `page` counts from 1. */
export interface QuotaDetailsParams {
  kind?: LedgerKind | undefined;
  /** Makes the consumption of each day one item; the newest 1,000 rows are grouped, older ones stay separate items. */
  groupBy?: LedgerGrouping | undefined;
  /** With `groupBy`: the IANA zone of days; default UTC. */
  timeZone?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  page?: number | undefined;
  pageSize?: number | undefined;
}
