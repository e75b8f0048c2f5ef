import type { RouteName } from '../../contract/routes.js';
import type { Endpoint } from './define-endpoint.js';
import { adviceEndpoint } from './get-advice.js';
import { alertsEndpoint } from './list-alerts.js';
import { budgetsEndpoint } from './list-budgets.js';
import { modelsEndpoint } from './get-models.js';
import { overviewEndpoint } from './get-overview.js';
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
  projectStats: projectStatsEndpoint,
  projectTrends: projectTrendsEndpoint,
  projectModels: projectModelsEndpoint,
  projectCalls: projectCallsEndpoint,
  quotaDetails: quotaDetailsEndpoint,
  advice: adviceEndpoint,
  alerts: alertsEndpoint,
  budgets: budgetsEndpoint,
};

/** The same as a list, in the order of the documentation. */
export const ENDPOINT_LIST: readonly Endpoint[] = Object.values(ENDPOINTS);
