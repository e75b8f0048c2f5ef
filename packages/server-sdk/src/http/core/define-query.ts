import type { z } from 'zod';
import type { QueryRange } from '../../queries/query-range.js';
import { parseQuery, resolveRange, type QueryLimits } from './parse-query.js';

/** What a query string is resolved against. */
export interface QueryContext {
  /** Time of the request, epoch ms. */
  nowMs: number;
  limits: QueryLimits;
}

/**
 * The query string of an endpoint: `Values` are its parameters by name, `Query` is what a handler receives.
 */
export interface QueryDefinition<Values, Query> {
  /** Checks the parameters; the OpenAPI document lists them from it. */
  readonly schema: z.ZodType<Values>;
  /**
   * @param queryString without the `?`
   * @throws UsageError `PARAMETER_INVALID`
   */
  parse(queryString: string, context: QueryContext): Query;
}

/** Start and end as epoch ms, and the time zone, each as far as it was given. */
export interface RangeValues {
  from?: number | undefined;
  to?: number | undefined;
  timeZone?: string | undefined;
}

/** A query string without a range. */
export function defineQuery<Values>(schema: z.ZodType<Values>): QueryDefinition<Values, Values> {
  return { schema, parse: (queryString) => parseQuery(schema, queryString) };
}

/** A query string with a range, which is resolved: the last 30 days unless it is given. */
export function defineRangeQuery<Values extends RangeValues>(
  schema: z.ZodType<Values>,
): QueryDefinition<Values, Values & { range: QueryRange }> {
  return {
    schema,
    parse: (queryString, { nowMs, limits }) => {
      const values = parseQuery(schema, queryString);
      return { ...values, range: resolveRange(values, nowMs, limits) };
    },
  };
}
