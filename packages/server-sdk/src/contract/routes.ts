/** The nine endpoints; the only place a path is spelled. Paths are below the base path. */
export const ROUTES = {
  quota: '/quota',
  overview: '/overview',
  projects: '/projects',
  trends: '/trends',
  projectStats: '/projects/:appDid/stats',
  projectTrends: '/projects/:appDid/trends',
  projectModels: '/projects/:appDid/models',
  projectCalls: '/projects/:appDid/calls',
  quotaDetails: '/quota-details',
} as const;

export type RouteName = keyof typeof ROUTES;

/** Where the endpoints live unless the host says otherwise. */
export const DEFAULT_BASE_PATH = '/api/usage';
