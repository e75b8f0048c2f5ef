import { listCalls, type CallListQuery } from '../../queries/calls/call-service.js';
import { describeOne } from './describe-one.js';
import { parseQuery, resolveRange } from '../core/parse-query.js';
import type { Handler } from '../core/request-context.js';
import { PARAMETERS } from '../schemas/parameters.js';

/** `GET /projects/:appDid/calls`. */
export const handleProjectCalls: Handler = async (deps, request) => {
  const query = parseQuery(PARAMETERS.projectCalls, request.query);
  const list: CallListQuery = {
    range: resolveRange(query, request.nowMs, deps.limits),
    rangeGiven: query.from !== undefined || query.to !== undefined,
    ...orNull(query, 'model', 'status', 'type', 'minDurationMs', 'search', 'cursor'),
    sortBy: query.sortBy ?? 'time',
    sortOrder: query.sortOrder ?? 'desc',
    limit: query.limit ?? 20,
  };
  const project = await describeOne(deps, request.appDid);
  return listCalls(deps, request.userDid, project, list, request.nowMs);
};

/** The named members, with `null` for those that are not given. */
function orNull<T extends object, K extends keyof T>(
  values: T,
  ...names: K[]
): { [P in K]-?: Exclude<T[P], undefined> | null } {
  const entries = names.map((name) => [name, values[name] ?? null]);
  return Object.fromEntries(entries) as { [P in K]-?: Exclude<T[P], undefined> | null };
}
