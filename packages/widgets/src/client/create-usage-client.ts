import type {
  AdviceItem,
  RouteName,
  RouteParams,
  RouteResponses,
} from '@usage-kit/server-sdk/contract';
import { createAlertClient } from './alert-client.js';
import { loadCheck, requireRight } from './load-check.js';
import type { AdviceChange } from './advice-requests.js';
import { createSend, readBody, type SendForJson, type UsageClientOptions } from './send-request.js';
import { toEndpointUrl, toExportUrl, type QueryParams } from './serialize-query.js';
import type { RequestOptions, UsageClient } from './usage-client.js';
import { importPart } from '../utils/import-part.js';

export type { UsageClientOptions } from './send-request.js';

const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Client over `fetch`.
 *
 * `baseUrl` is resolved against the document's own address, never against its `<base>`. A token is sent to one origin only,
 * and no redirect is followed. Every body is checked against the contract: a wrong one is the error `BAD_RESPONSE`.
 * A 401 calls `getToken` once (single-flight over all requests) and repeats the request once; a second 401 is thrown.
 * Caching is left to the browser (`cache: 'no-cache'` revalidates by ETag without a hand-set header).
 *
 * @returns a client whose methods reject with {@link UsageRequestError}; an aborted request rejects with the reason of
 *   its signal
 */
export function createUsageClient(options: UsageClientOptions): UsageClient {
  const send = createSend(options);
  const sendForJson: SendForJson = async (toRequest, signal) => {
    const settings = { signal, accept: 'application/json', timeoutMs: REQUEST_TIMEOUT_MS };
    return readBody(await send(toRequest, settings), options.now);
  };
  const read = async <Name extends RouteName>(
    route: Name,
    params: RouteParams[Name] & QueryParams,
    { signal }: RequestOptions = {},
    appDid?: string,
  ): Promise<RouteResponses[Name]> => {
    // While the request is in flight. A request that fails says more than a check that does.
    const loading = loadCheck(route);
    loading.catch(() => undefined);
    const body = await sendForJson(
      (baseUrl) => ({ method: 'GET', url: toEndpointUrl(baseUrl, route, params, appDid) }),
      signal,
    );
    const findWrong = await loading;
    // Checked just now, field by field.
    return requireRight(route, findWrong(body), body) as RouteResponses[Name];
  };
  const changeAdvice = async (...args: AdviceChange): Promise<unknown> =>
    (await importPart(() => import('./advice-requests.js'))).changeAdvice(sendForJson, args);
  return {
    ...createAlertClient(sendForJson, {
      getAlerts: (o) => read('alerts', {}, o),
      getBudgets: (o) => read('budgets', {}, o),
    }),
    getQuota: (o) => read('quota', {}, o),
    getQuotaDetails: (p, o) => read('quotaDetails', { ...p }, o),
    getAdvice: (p, o) => read('advice', { ...p }, o),
    setAdviceState: (id, state, range, o) =>
      changeAdvice(id, state, range, o) as Promise<AdviceItem>,
    reopenAdvice: async (id, o) => {
      await changeAdvice(id, 'open', {}, o);
    },
    getOverview: (p, o) => read('overview', { ...p }, o),
    getProjects: (p, o) => read('projects', { ...p }, o),
    getTrends: (p, o) => read('trends', { ...p }, o),
    getModels: (p, o) => read('models', { ...p }, o),
    getActivity: (p, o) => read('activity', { ...p }, o),
    getProjectStats: (appDid, p, o) => read('projectStats', { ...p }, o, appDid),
    getProjectTrends: (appDid, p, o) => read('projectTrends', { ...p }, o, appDid),
    getProjectModels: (appDid, p, o) => read('projectModels', { ...p }, o, appDid),
    getProjectLatency: (appDid, p, o) => read('projectLatency', { ...p }, o, appDid),
    getProjectFailures: (appDid, p, o) => read('projectFailures', { ...p }, o, appDid),
    getProjectCalls: (appDid, p, o) => read('projectCalls', { ...p }, o, appDid),
    exportFile: async (kind, params, { signal } = {}) => {
      const response = await send(
        (baseUrl) => ({ method: 'GET', url: toExportUrl(baseUrl, kind, { ...params }) }),
        { signal, accept: '*/*', timeoutMs: null },
      );
      return response.ok ? response : ((await readBody(response, options.now)) as never);
    },
  };
}
