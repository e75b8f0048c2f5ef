import { getProjectModels } from '../../queries/project-service.js';
import { describeOne } from './describe-one.js';
import { parseQuery, resolveRange } from '../core/parse-query.js';
import type { Handler } from '../core/request-context.js';
import { PARAMETERS } from '../schemas/parameters.js';

/** `GET /projects/:appDid/models`. */
export const handleProjectModels: Handler = async (deps, request) => {
  const query = parseQuery(PARAMETERS.projectModels, request.query);
  const range = resolveRange(query, request.nowMs, deps.limits);
  const project = await describeOne(deps, request.appDid);
  return getProjectModels(deps.database, request.userDid, project, range, request.nowMs);
};
