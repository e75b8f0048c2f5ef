import { z } from 'zod';
import { GRANULARITIES } from '../../contract/trends.js';
import { instant, rangeFields, totals } from './response-parts.js';

const previousPoint = z.object({ start: instant, end: instant, totals });
const point = previousPoint.extend({
  groups: z
    .array(z.object({ key: z.string(), totals }))
    .optional()
    .describe('With groupBy: those of the response in their order, also without calls'),
});

/** What a trend consists of. */
export const trendFields = {
  granularity: z.enum(GRANULARITIES),
  points: z.array(point),
  groups: z
    .array(
      z.object({
        key: z.string().describe('Model, id of the provider, type or DID; other for the rest'),
        name: z.string().nullable().describe("The host's name of a provider or project"),
        isOther: z.boolean(),
        totals,
      }),
    )
    .optional()
    .describe('With groupBy: the largest of the range, then the rest'),
  previous: z
    .object({ points: z.array(previousPoint), range: rangeFields.range })
    .nullable()
    .optional()
    .describe('With compare: a point for each point; null when the first call came later'),
  ...rangeFields,
};
