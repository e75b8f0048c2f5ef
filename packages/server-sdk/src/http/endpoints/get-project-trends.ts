import { getProjectTrends } from '../../queries/trend-service.js';
import { describeOne } from './describe-one.js';
import { parseQuery, resolveGranularity, resolveRange } from '../core/parse-query.js';
import type { Handler } from '../core/request-context.js';
import { PARAMETERS } from '../schemas/parameters.js';

/** `GET /projects/:appDid/trends`. */
export const handleProjectTrends: Handler = async (deps, request) => {
  const { database, limits } = deps;
  const query = parseQuery(PARAMETERS.projectTrends, request.query);
  const range = resolveRange(query, request.nowMs, limits);
  const granularity = resolveGranularity(query.granularity, range, limits);
  const project = await describeOne(deps, request.appDid);
  return getProjectTrends(database, request.userDid, project, range, granularity, request.nowMs);
};
