import { parseQuery } from '../core/parse-query.js';
import type { Handler } from '../core/request-context.js';
import { PARAMETERS } from '../schemas/parameters.js';

/** `GET /quota`. */
export const handleQuota: Handler = ({ quota }, request) => {
  parseQuery(PARAMETERS.quota, request.query);
  return quota.getQuota(request.userDid, request.nowMs);
};
