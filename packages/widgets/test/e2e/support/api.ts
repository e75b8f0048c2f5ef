import { createMockClient } from '@usage-kit/testing/mock-client';

const NUMBERS = new Set(['page', 'pageSize', 'limit']);

/** The response body of an endpoint from the fixtures of the stories; `null` for any other path. */
export function respondFromFixtures(url: URL): Promise<unknown> | null {
  const client = createMockClient();
  const params: Record<string, unknown> = {};
  for (const [name, value] of url.searchParams) {
    params[name] = NUMBERS.has(name) ? Number(value) : value;
  }
  const path = url.pathname.replace('/api/usage', '');
  const [, appDid = '', part] = /^\/projects\/([^/]+)\/(\w+)$/.exec(path) ?? [];
  const bodies: Readonly<Record<string, () => Promise<unknown>>> = {
    '/quota': () => client.getQuota(),
    '/quota-details': () => client.getQuotaDetails(params),
    '/overview': () => client.getOverview(params),
    '/projects': () => client.getProjects(params),
    '/trends': () => client.getTrends(params),
    '/models': () => client.getModels(params),
    '/activity': () => client.getActivity(params),
    '/alerts': () => client.getAlerts(),
    '/budgets': () => client.getBudgets(),
    '/advice': () => client.getAdvice(params),
    stats: () => client.getProjectStats(appDid, params),
    trends: () => client.getProjectTrends(appDid, params),
    models: () => client.getProjectModels(appDid, params),
    latency: () => client.getProjectLatency(appDid, params),
    failures: () => client.getProjectFailures(appDid, params),
    calls: () => client.getProjectCalls(appDid, params),
  };
  return bodies[part ?? path]?.() ?? null;
}
