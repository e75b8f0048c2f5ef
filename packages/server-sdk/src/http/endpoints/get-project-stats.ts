import { getProjectStats } from '../../queries/project-service.js';
import { describeOne } from './describe-one.js';
import { parseQuery, resolveRange } from '../core/parse-query.js';
import type { Handler } from '../core/request-context.js';
import { PARAMETERS } from '../schemas/parameters.js';

/** `GET /projects/:appDid/stats`. */
export const handleProjectStats: Handler = async (deps, request) => {
  const query = parseQuery(PARAMETERS.projectStats, request.query);
  const range = resolveRange(query, request.nowMs, deps.limits);
  const project = await describeOne(deps, request.appDid);
  return getProjectStats(deps.database, request.userDid, project, range, request.nowMs);
};
