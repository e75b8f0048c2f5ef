import { z } from 'zod';
import { getActivity } from '../../queries/activity-service.js';
import { RANGE_QUERY } from '../schemas/range-parameters.js';
import { rangeFields, totals } from '../schemas/response-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /activity`. */
export const activityEndpoint = defineEndpoint({
  name: 'activity',
  summary: 'Calls by weekday and hour',
  source: 'database',
  query: RANGE_QUERY,
  response: z.object({
    cells: z
      .array(
        z.object({
          weekday: z.int().min(1).max(7).describe('ISO 8601: 1 is Monday, 7 Sunday'),
          hour: z.int().min(0).max(23).describe('Of the local clock of the zone'),
          totals,
        }),
      )
      .describe('All 168, by weekday, then by hour'),
    ...rangeFields,
  }),
  handle: ({ database }, { userDid, projects, nowMs, query: { range } }) =>
    getActivity(database, userDid, { range, projects, nowMs }),
});
