import { getTrends } from '../../queries/trend-service.js';
import { parseQuery, resolveGranularity, resolveRange } from '../core/parse-query.js';
import type { Handler } from '../core/request-context.js';
import { PARAMETERS } from '../schemas/parameters.js';

/** `GET /trends`. */
export const handleTrends: Handler = async ({ database, limits }, request) => {
  const query = parseQuery(PARAMETERS.trends, request.query);
  const range = resolveRange(query, request.nowMs, limits);
  const granularity = resolveGranularity(query.granularity, range, limits);
  const { userDid, nowMs, projects } = request;
  return getTrends(database, userDid, range, granularity, nowMs, projects);
};
