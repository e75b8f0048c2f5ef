import { getOverview } from '../../queries/overview-service.js';
import { parseQuery, resolveRange } from '../core/parse-query.js';
import type { Handler } from '../core/request-context.js';
import { PARAMETERS } from '../schemas/parameters.js';

/** `GET /overview`. */
export const handleOverview: Handler = async ({ database, limits }, request) => {
  const { userDid, projects, nowMs, query } = request;
  const range = resolveRange(parseQuery(PARAMETERS.overview, query), nowMs, limits);
  return getOverview(database, userDid, range, nowMs, projects);
};
