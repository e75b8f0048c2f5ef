import { ROUTES, type RouteName } from '../../contract/routes.js';
import { handleOverview } from './get-overview.js';
import { handleProjectModels } from './get-project-models.js';
import { handleProjectStats } from './get-project-stats.js';
import { handleProjectTrends } from './get-project-trends.js';
import { handleQuotaDetails } from './get-quota-details.js';
import { handleQuota } from './get-quota.js';
import { handleTrends } from './get-trends.js';
import { handleProjectCalls } from './list-project-calls.js';
import { handleProjects } from './list-projects.js';
import type { Handler } from '../core/request-context.js';

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
