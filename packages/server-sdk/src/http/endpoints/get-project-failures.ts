import { z } from 'zod';
import { getProjectFailures } from '../../advice/failure-service.js';
import { FAILURE_REASONS } from '../../contract/advice.js';
import { RANGE_QUERY } from '../schemas/range-parameters.js';
import { count, instant, rangeFields } from '../schemas/response-parts.js';
import { project } from '../schemas/item-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /projects/:appDid/failures`. */
export const projectFailuresEndpoint = defineEndpoint({
  name: 'projectFailures',
  summary: "One project's failed calls by reason",
  source: 'database',
  query: RANGE_QUERY,
  response: z.object({
    project,
    items: z
      .array(
        z.object({
          reason: z.enum(FAILURE_REASONS),
          statusCode: z
            .int()
            .min(400)
            .max(599)
            .nullable()
            .describe('That the error reason names; null where it names none'),
          calls: count,
          share: z.number().min(0).max(1).describe('Of the failed calls of the range'),
          models: z.array(z.string()).describe('The one that failed most often first'),
          lastCallAt: instant,
        }),
      )
      .describe('The most frequent first; with unsortedCalls they add up to failedCalls'),
    failedCalls: count,
    unsortedCalls: count.describe('Archived ones, and those before sortedFrom'),
    sortedFrom: instant.describe('Failed calls from it on are in items'),
    ...rangeFields,
  }),
  handle: ({ database }, { userDid, project, nowMs, query: { range } }) =>
    getProjectFailures(database, userDid, { project, range, nowMs }),
});
