import { z } from 'zod';
import { getProjectTrends } from '../../queries/trend-service.js';
import { PROJECT_TREND_QUERY } from '../schemas/trend-parameters.js';
import { project } from '../schemas/item-parts.js';
import { trendFields } from '../schemas/trend-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /projects/:appDid/trends`. */
export const projectTrendsEndpoint = defineEndpoint({
  name: 'projectTrends',
  summary: "One project's calls over time",
  source: 'database',
  query: PROJECT_TREND_QUERY,
  response: z.object({ project, ...trendFields }),
  handle: (deps, { userDid, project, nowMs, query }) =>
    getProjectTrends(deps, userDid, { ...query, project, nowMs }),
});
