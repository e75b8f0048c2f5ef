import { z } from 'zod';
import { getProjectStats } from '../../queries/project-service.js';
import { RANGE_QUERY } from '../schemas/range-parameters.js';
import { project } from '../schemas/item-parts.js';
import { rangeFields, totals } from '../schemas/response-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /projects/:appDid/stats`. */
export const projectStatsEndpoint = defineEndpoint({
  name: 'projectStats',
  summary: "One project's totals",
  source: 'database',
  query: RANGE_QUERY,
  response: z.object({ project, totals, previous: totals.nullable(), ...rangeFields }),
  handle: ({ database }, { userDid, project, nowMs, query: { range } }) =>
    getProjectStats(database, userDid, { project, range, nowMs }),
});
