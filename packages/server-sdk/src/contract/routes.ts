import type { Activity } from './activity.js';
import type { Advice } from './advice.js';
import type { Alerts, Budgets } from './alerts.js';
import type { Models } from './models.js';
import type { Overview } from './overview.js';
import type { ProjectCalls } from './project-calls.js';
import type { ProjectFailures } from './project-failures.js';
import type { ProjectLatency } from './project-latency.js';
import type { ProjectModels } from './project-models.js';
import type { ProjectStats } from './project-stats.js';
import type { Projects } from './projects.js';
import type {
  CallsParams,
  NoParams,
  ProjectsParams,
  ProjectTrendParams,
  QuotaDetailsParams,
  RangeParams,
  TrendParams,
} from './query-params.js';
import type { Quota, QuotaDetails } from './quota.js';
import type { ProjectTrends, Trends } from './trends.js';

/** Paths of the endpoints, below the base path; the only list of them. */
export const ROUTES = {
  quota: '/quota',
  overview: '/overview',
  projects: '/projects',
  trends: '/trends',
  models: '/models',
  activity: '/activity',
  projectStats: '/projects/:appDid/stats',
  projectTrends: '/projects/:appDid/trends',
  projectModels: '/projects/:appDid/models',
  projectLatency: '/projects/:appDid/latency',
  projectFailures: '/projects/:appDid/failures',
  projectCalls: '/projects/:appDid/calls',
  quotaDetails: '/quota-details',
  advice: '/advice',
  alerts: '/alerts',
  budgets: '/budgets',
} as const;

export type RouteName = keyof typeof ROUTES;

/** Endpoints of one project: those with `:appDid` in their path. */
export type ProjectRouteName = {
  [Name in RouteName]: (typeof ROUTES)[Name] extends `${string}:appDid${string}` ? Name : never;
}[RouteName];

/** The query parameters that each endpoint takes. The server's schemas and the client's methods are typed by it. */
export interface RouteParams {
  quota: NoParams;
  overview: RangeParams;
  projects: ProjectsParams;
  trends: TrendParams;
  models: RangeParams;
  activity: RangeParams;
  projectStats: RangeParams;
  projectTrends: ProjectTrendParams;
  projectModels: RangeParams;
  projectLatency: RangeParams;
  projectFailures: RangeParams;
  projectCalls: CallsParams;
  quotaDetails: QuotaDetailsParams;
  advice: RangeParams;
  alerts: NoParams;
  budgets: NoParams;
}

/** The body that each endpoint responds with. The server's handlers and schemas and the client's methods are typed by it. */
export interface RouteResponses {
  quota: Quota;
  overview: Overview;
  projects: Projects;
  trends: Trends;
  models: Models;
  activity: Activity;
  projectStats: ProjectStats;
  projectTrends: ProjectTrends;
  projectModels: ProjectModels;
  projectLatency: ProjectLatency;
  projectFailures: ProjectFailures;
  projectCalls: ProjectCalls;
  quotaDetails: QuotaDetails;
  advice: Advice;
  alerts: Alerts;
  budgets: Budgets;
}

/** The default base path of the endpoints. */
export const DEFAULT_BASE_PATH = '/api/usage';
