import { z } from 'zod';
import { CALL_TYPES } from '../../contract/common.js';
import { getOverview } from '../../queries/overview-service.js';
import { RANGE_QUERY } from '../schemas/range-parameters.js';
import { count, rangeFields, totals } from '../schemas/response-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /overview`. */
export const overviewEndpoint = defineEndpoint({
  name: 'overview',
  summary: 'Totals of a range, with the range before',
  source: 'database',
  query: RANGE_QUERY,
  response: z.object({
    totals,
    previous: totals.nullable(),
    activeProjects: count,
    activeModels: count,
    byType: z.array(z.object({ type: z.enum(CALL_TYPES), ...totals.shape })),
    ...rangeFields,
  }),
  handle: ({ database }, { userDid, projects, nowMs, query: { range } }) =>
    getOverview(database, userDid, { range, projects, nowMs }),
});
