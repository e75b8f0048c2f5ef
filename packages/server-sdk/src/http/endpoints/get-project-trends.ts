import { z } from 'zod';
import { getProjectTrends } from '../../queries/trend-service.js';
import { TREND_QUERY } from '../schemas/parameters.js';
import { project, trendFields } from '../schemas/response-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /projects/:appDid/trends`. */
export const projectTrendsEndpoint = defineEndpoint({
  name: 'projectTrends',
  summary: "One project's calls over time",
  source: 'database',
  query: TREND_QUERY,
  response: z.object({ project, ...trendFields }),
  handle: ({ database }, { userDid, project, nowMs, query: { range, granularity } }) =>
    getProjectTrends(database, userDid, { project, range, granularity, nowMs }),
});
