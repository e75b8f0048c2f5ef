import { z } from 'zod';
import {
  CALL_SORTS,
  CALL_STATUSES,
  CALL_TYPES,
  GRANULARITIES,
  LEDGER_KINDS,
  PROJECT_SORTS,
  SORT_ORDERS,
} from '../../contract/index.js';
import { parseInstant } from '../../values/parse-instant.js';
import { isTimeZone } from '../../queries/time-buckets.js';

/**
 * Query parameters of the nine endpoints: what validates a request is what the OpenAPI document is made from. Values
 * come as text; only their canonical form is taken (`10`, not `010`, `+10` or `1e1`).
 */

const instant = z
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

const timeZone = z
  .string()
  .refine(isTimeZone, 'must be an IANA time zone name')
  .meta({ description: 'IANA zone that days and months are cut in', default: 'UTC' });

/** Whole numbers in canonical decimal form. */
function whole(least: number, most: number, description: string): z.ZodType<number> {
  return z
    .string()
    .regex(/^(0|[1-9]\d{0,15})$/, 'must be a whole number in plain decimal notation')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`)
    .meta({ description, jsonSchema: { type: 'integer', minimum: least, maximum: most } });
}

function oneOf<const T extends readonly [string, ...string[]]>(
  values: T,
  description: string,
): z.ZodType<T[number]> {
  return z.enum(values, `must be one of ${values.join(', ')}`).meta({ description });
}

function text(longest: number, description: string): z.ZodType<string> {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(longest, `must be at most ${longest} characters long`)
    .refine((value) => !/\p{Cc}|\p{Cs}/u.test(value), 'must not contain control characters')
    .meta({ description });
}

const milliseconds = z
  .string()
  .regex(/^(0|[1-9]\d{0,9})(\.\d{1,3})?$/, 'must be a number of milliseconds in plain notation')
  .transform(Number)
  .meta({
    description: 'Only calls that took at least this long, milliseconds',
    jsonSchema: { type: 'number', minimum: 0 },
  });

const range = { from: instant.optional(), to: instant.optional(), timeZone: timeZone.optional() };
const page = {
  page: whole(1, 1_000_000, 'Page, from 1').optional(),
  pageSize: whole(1, 100, 'Items a page').optional(),
};
const sortOrder = oneOf(SORT_ORDERS, 'Direction of the order').optional();
const granularity = oneOf(GRANULARITIES, 'Width of a bucket; default by range').optional();

const rangeParameters = z.strictObject(range);
const trendParameters = z.strictObject({ ...range, granularity });

/** The schema of each endpoint's query parameters. */
export const PARAMETERS = {
  quota: z.strictObject({}),
  overview: rangeParameters,
  projects: z.strictObject({
    ...range,
    search: text(255, 'Part of a name or DID; case-insensitive, literal').optional(),
    sortBy: oneOf(PROJECT_SORTS, 'Column to sort by').optional(),
    sortOrder,
    ...page,
  }),
  trends: trendParameters,
  projectStats: rangeParameters,
  projectTrends: trendParameters,
  projectModels: rangeParameters,
  projectCalls: z.strictObject({
    ...range,
    model: text(255, 'Only this model').optional(),
    status: oneOf(CALL_STATUSES, 'Only this status').optional(),
    type: oneOf(CALL_TYPES, 'Only this type').optional(),
    minDurationMs: milliseconds.optional(),
    search: text(128, 'Beginning of a call or trace id; literal').optional(),
    sortBy: oneOf(CALL_SORTS, 'What to sort by').optional(),
    sortOrder,
    limit: whole(1, 100, 'Items a page').optional(),
    cursor: text(4096, '`nextCursor` of the page before').optional(),
  }),
  quotaDetails: z.strictObject({
    kind: oneOf(LEDGER_KINDS, 'Only this kind').optional(),
    from: instant.optional(),
    to: instant.optional(),
    ...page,
  }),
};
