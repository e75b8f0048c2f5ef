import type { CallsParams, ProjectsParams } from '../../../src/client/usage-client.js';
import { createMockClient } from '../../../../../.storybook/mock-client.js';

const NUMBERS = new Set(['page', 'pageSize', 'limit']);

/** Answers a request of the elements from the fixtures of the stories; `null` for a path that is none of the nine. */
export function answerFromFixtures(url: URL): Promise<unknown> | null {
  const client = createMockClient();
  const params: Record<string, unknown> = {};
  for (const [name, value] of url.searchParams) {
    params[name] = NUMBERS.has(name) ? Number(value) : value;
  }
  const path = url.pathname.replace('/api/usage', '');
  const [, appDid = '', part] = /^\/projects\/([^/]+)\/(\w+)$/.exec(path) ?? [];
  switch (part ?? path) {
    case '/quota':
      return client.getQuota();
    case '/quota-details':
      return client.getQuotaDetails(params);
    case '/overview':
      return client.getOverview(params);
    case '/projects':
      return client.getProjects(params as ProjectsParams);
    case '/trends':
      return client.getTrends(params);
    case 'stats':
      return client.getProjectStats(appDid, params);
    case 'trends':
      return client.getProjectTrends(appDid, params);
    case 'models':
      return client.getProjectModels(appDid, params);
    case 'calls':
      return client.getProjectCalls(appDid, params as CallsParams);
    default:
      return null;
  }
}
