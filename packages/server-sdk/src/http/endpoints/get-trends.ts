import { z } from 'zod';
import { getTrends } from '../../queries/trend-service.js';
import { TREND_QUERY } from '../schemas/trend-parameters.js';
import { trendFields } from '../schemas/trend-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /trends`. */
export const trendsEndpoint = defineEndpoint({
  name: 'trends',
  summary: 'Calls over time',
  source: 'database',
  query: TREND_QUERY,
  response: z.object(trendFields),
  handle: (deps, { userDid, projects, nowMs, query }) =>
    getTrends(deps, userDid, { ...query, projects, nowMs }),
});
