import { z } from 'zod';
import { UsageError, type ErrorItem } from '../../errors.js';
import type { QueryRange } from '../../queries/query-range.js';
import { UTC_DAY_MS, toInstant } from '../../values/time.js';

/** Limits that requests are held to. */
export interface QueryLimits {
  maxRangeDays: number;
  maxTrendPoints: number;
}

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

const DEFAULT_RANGE_MS = 30 * UTC_DAY_MS;

/**
 * Checks a query string against an endpoint's schema.
 *
 * @param query without the `?`
 * @throws UsageError `PARAMETER_INVALID` that names every parameter that is unknown, not in its form, or repeated although it
 *   is no list
 */
export function parseQuery<S extends z.ZodType>(schema: S, query: string): z.output<S> {
  const values = Object.create(null) as Record<string, string | string[]>;
  const items: ErrorItem[] = [];
  for (const [name, value] of new URLSearchParams(query)) {
    const before = values[name];
    if (isList(schema, name)) {
      values[name] = [...(Array.isArray(before) ? before : []), value];
      continue;
    }
    if (before !== undefined) items.push({ parameter: name, detail: 'must be given once' });
    values[name] = value;
  }
  const result = schema.safeParse({ ...values });
  if (!result.success) {
    for (const issue of result.error.issues) {
      const names = issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])];
      const detail = issue.code === 'unrecognized_keys' ? 'is not a parameter here' : issue.message;
      items.push(...names.map((parameter) => ({ parameter, detail })));
    }
  }
  if (items.length > 0 || !result.success) throw parameterError(items);
  return result.data;
}

/** Whether a parameter of a schema may be given several times. */
function isList(schema: z.ZodType, name: string): boolean {
  if (!(schema instanceof z.ZodObject) || !Object.hasOwn(schema.shape, name)) return false;
  const parameter: unknown = schema.shape[name];
  const inner: unknown = parameter instanceof z.ZodOptional ? parameter.unwrap() : parameter;
  return inner instanceof z.ZodArray;
}

/** @returns the error for refused parameters */
export function parameterError(items: readonly ErrorItem[]): UsageError {
  const faults = items.map(({ parameter, detail }) => `\`${parameter}\` ${detail}`);
  return new UsageError('PARAMETER_INVALID', `${faults.join('; ')}.`, { items });
}

/**
 * The range of a request: half-open, by default the last 30 days up to and including the current millisecond.
 *
 * @throws UsageError `PARAMETER_INVALID` when it is empty, reversed, too long, or begins in the future
 */
export function resolveRange(
  query: { from?: number | undefined; to?: number | undefined; timeZone?: string | undefined },
  nowMs: number,
  limits: QueryLimits,
): QueryRange {
  // A call that started this very millisecond is in, although ranges are half-open.
  const toMs = query.to ?? nowMs + 1;
  const fromMs = query.from ?? toMs - DEFAULT_RANGE_MS;
  if (fromMs > nowMs) throw parameterError([{ parameter: 'from', detail: 'is in the future' }]);
  if (fromMs >= toMs) {
    throw parameterError([
      { parameter: 'from', detail: `must be before \`to\` (${toInstant(toMs)})` },
    ]);
  }
  if (toMs - fromMs > limits.maxRangeDays * UTC_DAY_MS) {
    throw parameterError([
      { parameter: 'from', detail: `makes the range longer than ${limits.maxRangeDays} days` },
    ]);
  }
  return { fromMs, toMs, timeZone: query.timeZone ?? 'UTC' };
}
