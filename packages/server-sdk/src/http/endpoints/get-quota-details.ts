import { parameterError, parseQuery } from '../core/parse-query.js';
import type { Handler } from '../core/request-context.js';
import { PARAMETERS } from '../schemas/parameters.js';

/** `GET /quota-details`. */
export const handleQuotaDetails: Handler = async ({ quota }, request) => {
  const { kind, from, to, page, pageSize } = parseQuery(PARAMETERS.quotaDetails, request.query);
  if (from !== undefined && to !== undefined && from >= to) {
    throw parameterError([{ parameter: 'from', detail: 'must be before `to`' }]);
  }
  const query = {
    kind: kind ?? null,
    fromMs: from ?? null,
    toMs: to ?? null,
    page: page ?? 1,
    pageSize: pageSize ?? 20,
  };
  return quota.getQuotaDetails(request.userDid, query, request.nowMs);
};
