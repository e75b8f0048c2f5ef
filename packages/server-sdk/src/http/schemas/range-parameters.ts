import { z } from 'zod';
import { isTimeZone } from '../../queries/query-range.js';
import { parseInstant } from '../../values/parse-instant.js';
import { defineRangeQuery } from '../core/define-query.js';

/** Epoch milliseconds, from an RFC 3339 instant or epoch milliseconds. */
export const instant = z
  .string()
  .transform((text, context) => {
    const ms = parseInstant(text);
    if (ms !== null) return ms;
    context.addIssue({
      code: 'custom',
      message: 'must be an RFC 3339 instant or epoch milliseconds',
    });
    return z.NEVER;
  })
  .meta({
    description: 'RFC 3339 instant or epoch milliseconds',
    examples: ['2026-11-01T00:00:00Z', '1793491200000'],
  });

/** An IANA zone that the runtime knows. */
export const timeZone = z
  .string()
  .refine(isTimeZone, 'must be an IANA time zone name')
  .meta({ description: 'IANA zone that days and months are cut in', default: 'UTC' });

/** Parameters of a range. */
export const rangeParameters = {
  from: instant.optional(),
  to: instant.optional(),
  timeZone: timeZone.optional(),
};

/** Range only. */
export const RANGE_QUERY = defineRangeQuery(z.strictObject(rangeParameters));
