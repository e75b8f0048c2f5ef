import { z } from 'zod';
import { getProjectLatency } from '../../queries/latency-service.js';
import { RANGE_QUERY } from '../schemas/range-parameters.js';
import { count, milliseconds, rangeFields } from '../schemas/response-parts.js';
import { project } from '../schemas/item-parts.js';
import { defineEndpoint } from './define-endpoint.js';

/** `GET /projects/:appDid/latency`. */
export const projectLatencyEndpoint = defineEndpoint({
  name: 'projectLatency',
  summary: "How one project's durations are distributed",
  source: 'database',
  query: RANGE_QUERY,
  response: z.object({
    project,
    bars: z
      .array(
        z.object({
          fromMs: z.number().min(0).describe('Exclusive'),
          toMs: z.number().min(0).describe('Inclusive'),
          calls: count,
        }),
      )
      .describe('At most 24, one after the other; bounds are within 1 %'),
    p50DurationMs: milliseconds.describe('Median over successful calls, within 1 %'),
    p95DurationMs: milliseconds.describe('95th percentile, within 1 %'),
    p99DurationMs: milliseconds.describe('99th percentile, within 1 %'),
    averageDurationMs: milliseconds.describe('Mean over successful calls'),
    durationSamples: count.describe('Successful calls with a duration; the sum of the bars'),
    ...rangeFields,
  }),
  handle: ({ database }, { userDid, project, nowMs, query: { range } }) =>
    getProjectLatency(database, userDid, { project, range, nowMs }),
});
