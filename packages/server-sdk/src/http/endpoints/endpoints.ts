import type { RouteName } from '../../contract/routes.js';
import type { Endpoint } from './define-endpoint.js';
import { activityEndpoint } from './get-activity.js';
import { adviceEndpoint } from './get-advice.js';
import { alertsEndpoint } from './list-alerts.js';
import { budgetsEndpoint } from './list-budgets.js';
import { modelsEndpoint } from './get-models.js';
import { overviewEndpoint } from './get-overview.js';
import { projectFailuresEndpoint } from './get-project-failures.js';
import { projectLatencyEndpoint } from './get-project-latency.js';
import { projectModelsEndpoint } from './get-project-models.js';
import { projectStatsEndpoint } from './get-project-stats.js';
import { projectTrendsEndpoint } from './get-project-trends.js';
import { quotaDetailsEndpoint } from './get-quota-details.js';
import { quotaEndpoint } from './get-quota.js';
import { trendsEndpoint } from './get-trends.js';
import { projectCallsEndpoint } from './list-project-calls.js';
import { projectsEndpoint } from './list-projects.js';

/** Every endpoint by its name: what the routers, the OpenAPI document and the conformance kit are made from. */
export const ENDPOINTS: { readonly [Name in RouteName]: Endpoint<Name> } = {
  quota: quotaEndpoint,
  overview: overviewEndpoint,
  projects: projectsEndpoint,
  trends: trendsEndpoint,
  models: modelsEndpoint,
  activity: activityEndpoint,
  projectStats: projectStatsEndpoint,
  projectTrends: projectTrendsEndpoint,
  projectModels: projectModelsEndpoint,
  projectLatency: projectLatencyEndpoint,
  projectFailures: projectFailuresEndpoint,
  projectCalls: projectCallsEndpoint,
  quotaDetails: quotaDetailsEndpoint,
  advice: adviceEndpoint,
  alerts: alertsEndpoint,
  budgets: budgetsEndpoint,
};

/** The same as a list, in the order of the documentation. */
export const ENDPOINT_LIST: readonly Endpoint[] = Object.values(ENDPOINTS);
