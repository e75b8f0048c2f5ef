import type {
  Activity,
  Advice,
  AdviceItem,
  CallsParams,
  ExportKind,
  ExportParams,
  Models,
  Overview,
  ProjectCalls,
  ProjectFailures,
  ProjectLatency,
  ProjectModels,
  Projects,
  ProjectsParams,
  ProjectStats,
  ProjectTrendParams,
  ProjectTrends,
  Quota,
  QuotaDetails,
  QuotaDetailsParams,
  RangeParams,
  TrendParams,
  Trends,
} from '@usage-kit/server-sdk/contract';

export type {
  CallsParams,
  ProjectsParams,
  ProjectTrendParams,
  QuotaDetailsParams,
  RangeParams,
  TrendParams,
};

import type { AlertClient } from './alert-client.js';

/** Given to every request; aborting is silent, never an error state. */
export interface RequestOptions {
  signal?: AbortSignal | undefined;
}

/** Reads the endpoints; one method each. Every method throws `UsageRequestError` or an `AbortError`. */
export interface UsageClient extends AlertClient {
  getQuota(options?: RequestOptions): Promise<Quota>;
  getQuotaDetails(params: QuotaDetailsParams, options?: RequestOptions): Promise<QuotaDetails>;
  getAdvice(params: RangeParams, options?: RequestOptions): Promise<Advice>;
  /** Says that an advice was dismissed or done. @param params the range in which it is shown */
  setAdviceState(
    adviceId: string,
    state: 'dismissed' | 'done',
    params: Pick<RangeParams, 'from' | 'to'>,
    options?: RequestOptions,
  ): Promise<AdviceItem>;
  /** Takes back {@link UsageClient.setAdviceState}. */
  reopenAdvice(adviceId: string, options?: RequestOptions): Promise<void>;
  getOverview(params: RangeParams, options?: RequestOptions): Promise<Overview>;
  getProjects(params: ProjectsParams, options?: RequestOptions): Promise<Projects>;
  getTrends(params: TrendParams, options?: RequestOptions): Promise<Trends>;
  getModels(params: RangeParams, options?: RequestOptions): Promise<Models>;
  getActivity(params: RangeParams, options?: RequestOptions): Promise<Activity>;
  getProjectStats(
    appDid: string,
    params: RangeParams,
    options?: RequestOptions,
  ): Promise<ProjectStats>;
  getProjectTrends(
    appDid: string,
    params: ProjectTrendParams,
    options?: RequestOptions,
  ): Promise<ProjectTrends>;
  getProjectModels(
    appDid: string,
    params: RangeParams,
    options?: RequestOptions,
  ): Promise<ProjectModels>;
  getProjectLatency(
    appDid: string,
    params: RangeParams,
    options?: RequestOptions,
  ): Promise<ProjectLatency>;
  getProjectFailures(
    appDid: string,
    params: RangeParams,
    options?: RequestOptions,
  ): Promise<ProjectFailures>;
  getProjectCalls(
    appDid: string,
    params: CallsParams,
    options?: RequestOptions,
  ): Promise<ProjectCalls>;
  /**
   * Begins a file. Reading its body fails when the connection breaks: what came is not all. Left out: elements offer no
   * files.
   */
  exportFile?<Kind extends ExportKind>(
    kind: Kind,
    params: ExportParams[Kind],
    options?: RequestOptions,
  ): Promise<Response>;
}
