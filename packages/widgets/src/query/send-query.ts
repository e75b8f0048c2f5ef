import type { ProjectRouteName, RouteName, RouteResponses } from '@usage-kit/server-sdk/contract';
import type { QueryParams } from '../client/serialize-query.js';
import type { RequestOptions, UsageClient } from '../client/usage-client.js';
import type { UsageQueryParams } from './usage-query.js';

type Senders = {
  [Name in RouteName]: (
    client: UsageClient,
    params: UsageQueryParams<Name>,
    options: RequestOptions,
  ) => Promise<RouteResponses[Name]>;
};

const SENDERS: Senders = {
  quota: (client, _params, options) => client.getQuota(options),
  quotaDetails: (client, params, options) => client.getQuotaDetails(params, options),
  overview: (client, params, options) => client.getOverview(params, options),
  projects: (client, params, options) => client.getProjects(params, options),
  trends: (client, params, options) => client.getTrends(params, options),
  models: (client, params, options) => client.getModels(params, options),
  activity: (client, params, options) => client.getActivity(params, options),
  advice: (client, params, options) => client.getAdvice(params, options),
  alerts: (client, _params, options) => client.getAlerts(options),
  budgets: (client, _params, options) => client.getBudgets(options),
  projectStats: (client, { appDid, ...params }, options) =>
    client.getProjectStats(appDid, params, options),
  projectTrends: (client, { appDid, ...params }, options) =>
    client.getProjectTrends(appDid, params, options),
  projectModels: (client, { appDid, ...params }, options) =>
    client.getProjectModels(appDid, params, options),
  projectLatency: (client, { appDid, ...params }, options) =>
    client.getProjectLatency(appDid, params, options),
  projectFailures: (client, { appDid, ...params }, options) =>
    client.getProjectFailures(appDid, params, options),
  projectCalls: (client, { appDid, ...params }, options) =>
    client.getProjectCalls(appDid, params, options),
};

/** Endpoints whose range is not resolved: those that have none, and the ledger, whose range is optional. */
const WITHOUT_RANGE: readonly RouteName[] = ['quota', 'quotaDetails', 'alerts', 'budgets'];

/** Whether an endpoint is about a range: it then takes `last-30-days` and the like, and has a default. */
export function hasRange(route: RouteName): boolean {
  return !WITHOUT_RANGE.includes(route);
}

/** Sends the request of an endpoint through the client's method for it. */
export function sendQuery<Name extends RouteName>(
  client: UsageClient,
  route: Name,
  params: UsageQueryParams<Name>,
  options: RequestOptions,
): Promise<RouteResponses[Name]> {
  return SENDERS[route](client, params, options);
}

/** Splits the project off the parameters of an endpoint: it is in the path, not in the query. */
export function splitProject<Name extends RouteName>(
  params: UsageQueryParams<Name>,
): { appDid: string | undefined; query: QueryParams } {
  const { appDid, ...query } = params as QueryParams & Partial<UsageQueryParams<ProjectRouteName>>;
  return { appDid, query };
}
