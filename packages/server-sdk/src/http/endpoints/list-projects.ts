import { listProjects } from '../../queries/project-service.js';
import { parseQuery, resolveRange } from '../core/parse-query.js';
import type { Handler } from '../core/request-context.js';
import { PARAMETERS } from '../schemas/parameters.js';

/** `GET /projects`. */
export const handleProjects: Handler = async (deps, request) => {
  const query = parseQuery(PARAMETERS.projects, request.query);
  const sortBy = query.sortBy ?? 'calls';
  const list = {
    range: resolveRange(query, request.nowMs, deps.limits),
    projects: request.projects,
    search: query.search ?? null,
    sortBy,
    // Names from A to Z, figures from the largest down.
    sortOrder: query.sortOrder ?? (sortBy === 'name' ? 'asc' : 'desc'),
    page: query.page ?? 1,
    pageSize: query.pageSize ?? 20,
  };
  return listProjects(deps.database, request.userDid, list, request.nowMs, deps.describe);
};
