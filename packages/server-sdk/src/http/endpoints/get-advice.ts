import { getAdvice } from '../../advice/advice-service.js';
import { RANGE_QUERY } from '../schemas/range-parameters.js';
import { adviceResponse } from '../schemas/advice-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /advice`. */
export const adviceEndpoint = defineEndpoint({
  name: 'advice',
  summary: 'What could be saved, with the arithmetic and the calls behind it',
  // Grants are of the provider, and what was dismissed is in no version of the calls.
  source: 'quota provider',
  query: RANGE_QUERY,
  response: adviceResponse,
  handle: (deps, { userDid, projects, nowMs, query: { range } }) =>
    getAdvice(deps, userDid, { range, projects, nowMs }),
});
