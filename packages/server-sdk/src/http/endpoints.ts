import { ROUTES, type RouteName } from '../contract/routes.js';
import { handleOverview } from './handlers/get-overview.js';
import { handleProjectModels } from './handlers/get-project-models.js';
import { handleProjectStats } from './handlers/get-project-stats.js';
import { handleProjectTrends } from './handlers/get-project-trends.js';
import { handleQuotaDetails } from './handlers/get-quota-details.js';
import { handleQuota } from './handlers/get-quota.js';
import { handleTrends } from './handlers/get-trends.js';
import { handleProjectCalls } from './handlers/list-project-calls.js';
import { handleProjects } from './handlers/list-projects.js';
import type { Handler } from './request-context.js';

/** The handler of each endpoint. */
export const HANDLERS: Record<RouteName, Handler> = {
  quota: handleQuota,
  overview: handleOverview,
  projects: handleProjects,
  trends: handleTrends,
  projectStats: handleProjectStats,
  projectTrends: handleProjectTrends,
  projectModels: handleProjectModels,
  projectCalls: handleProjectCalls,
  quotaDetails: handleQuotaDetails,
};

/** Every endpoint with its path below the base path. */
export const ENDPOINTS = (Object.keys(ROUTES) as RouteName[]).map((name) => ({
  name,
  path: ROUTES[name],
  handle: HANDLERS[name],
}));
