import type {
  CallSort,
  CallStatus,
  CallType,
  Granularity,
  LedgerKind,
  Overview,
  ProjectCalls,
  ProjectModels,
  Projects,
  ProjectSort,
  ProjectStats,
  ProjectTrends,
  Quota,
  QuotaDetails,
  SortOrder,
  Trends,
} from '@usage-kit/server-sdk/contract';

/** Given to every request; aborting is silent, never an error state. */
export interface RequestOptions {
  signal?: AbortSignal | undefined;
}

/** Half-open `[from, to)` as RFC 3339 instants, with the IANA zone that days are cut in. */
export interface RangeParams {
  from?: string | undefined;
  to?: string | undefined;
  timeZone?: string | undefined;
}

/** Range and width of the buckets of a trend; without `granularity` the server chooses. */
export interface TrendParams extends RangeParams {
  granularity?: Granularity | undefined;
}

/** Range, search, order and page of the project list; `page` counts from 1. */
export interface ProjectsParams extends RangeParams {
  search?: string | undefined;
  sortBy?: ProjectSort | undefined;
  sortOrder?: SortOrder | undefined;
  page?: number | undefined;
  pageSize?: number | undefined;
}

/** Range, filters, order and place of the call history; a `cursor` is only good with the parameters it came from. */
export interface CallsParams extends RangeParams {
  model?: string | undefined;
  status?: CallStatus | undefined;
  type?: CallType | undefined;
  minDurationMs?: number | undefined;
  search?: string | undefined;
  sortBy?: CallSort | undefined;
  sortOrder?: SortOrder | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** Filter and page of the ledger; `page` counts from 1. */
export interface QuotaDetailsParams {
  kind?: LedgerKind | undefined;
  from?: string | undefined;
  to?: string | undefined;
  page?: number | undefined;
  pageSize?: number | undefined;
}

/** Asks the nine endpoints; one method each. Every method throws `UsageRequestError` or an `AbortError`. */
export interface UsageClient {
  getQuota(options?: RequestOptions): Promise<Quota>;
  getQuotaDetails(params: QuotaDetailsParams, options?: RequestOptions): Promise<QuotaDetails>;
  getOverview(params: RangeParams, options?: RequestOptions): Promise<Overview>;
  getProjects(params: ProjectsParams, options?: RequestOptions): Promise<Projects>;
  getTrends(params: TrendParams, options?: RequestOptions): Promise<Trends>;
  getProjectStats(
    appDid: string,
    params: RangeParams,
    options?: RequestOptions,
  ): Promise<ProjectStats>;
  getProjectTrends(
    appDid: string,
    params: TrendParams,
    options?: RequestOptions,
  ): Promise<ProjectTrends>;
  getProjectModels(
    appDid: string,
    params: RangeParams,
    options?: RequestOptions,
  ): Promise<ProjectModels>;
  getProjectCalls(
    appDid: string,
    params: CallsParams,
    options?: RequestOptions,
  ): Promise<ProjectCalls>;
}
