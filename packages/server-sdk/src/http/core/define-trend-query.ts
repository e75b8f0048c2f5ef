import type { z } from 'zod';
import {
  GRANULARITIES,
  type Granularity,
  type TrendComparison,
  type TrendGrouping,
  type TrendRanking,
} from '../../contract/trends.js';
import type { QueryRange } from '../../queries/query-range.js';
import type { GroupQuery } from '../../queries/trend-groups.js';
import type { TrendQuery } from '../../queries/trend-service.js';
import { HOUR_MS, UTC_DAY_MS } from '../../values/time.js';
import {
  type QueryContext,
  type QueryDefinition,
  type RangeValues,
  parameterError,
  parseQuery,
  resolveRange,
  type QueryLimits,
} from './define-query.js';

/** Parameters of a trend, each as far as it was given. */
interface TrendValues extends RangeValues {
  granularity?: Granularity | undefined;
  groupBy?: TrendGrouping | undefined;
  top?: number | undefined;
  topBy?: TrendRanking | undefined;
  compare?: TrendComparison | undefined;
}

/** A query string of a trend: range, granularity, groups and comparison; all are resolved. */
export function defineTrendQuery<Values extends TrendValues>(
  schema: z.ZodType<Values>,
): QueryDefinition<Values, Values & Series & Pick<TrendQuery, 'group' | 'hasPrevious'>> {
  return {
    schema,
    parse: (queryString, context) => {
      const values = parseQuery(schema, queryString);
      const series = resolveSeries(values, context);
      const group = resolveGroup(values, series, context.limits);
      return { ...values, ...series, group, hasPrevious: values.compare === 'previous' };
    },
  };
}

type Series = Pick<TrendQuery, 'range' | 'granularity'>;

function resolveSeries(values: TrendValues, { nowMs, limits }: QueryContext): Series {
  const range = resolveRange(values, nowMs, limits);
  return { range, granularity: resolveGranularity(values.granularity, range, limits) };
}

const HOURLY_UP_TO_MS = 7 * UTC_DAY_MS + HOUR_MS;
const DAILY_UP_TO_MS = 366 * UTC_DAY_MS;

/**
 * The bucket width of a trend: as requested, else hours up to a week, days up to a year, months beyond.
 *
 * @throws UsageError `PARAMETER_INVALID` when hours give too many points
 */
function resolveGranularity(
  requested: Granularity | undefined,
  range: QueryRange,
  limits: QueryLimits,
): Granularity {
  const lengthMs = range.toMs - range.fromMs;
  const fallback =
    lengthMs <= HOURLY_UP_TO_MS ? 'hour' : lengthMs <= DAILY_UP_TO_MS ? 'day' : 'month';
  const granularity = requested ?? fallback;
  if (granularity === 'hour' && lengthMs / HOUR_MS > limits.maxTrendPoints) {
    const coarser = GRANULARITIES.filter((candidate) => candidate !== 'hour').join(' or ');
    throw parameterError([
      { parameter: 'granularity', detail: `gives too many points for this range; use ${coarser}` },
    ]);
  }
  return granularity;
}

const DEFAULT_TOP = 5;
/** Groups of all points, for each point that is allowed; by default 12,000 totals, 8 MB of JSON before it is compressed. */
const GROUPS_PER_POINT = 4;

/**
 * How a trend is broken down; `null`: it is not.
 *
 * @throws UsageError `PARAMETER_INVALID` for a parameter that only makes sense with `groupBy`, and for too many totals
 */
function resolveGroup(
  { groupBy, top, topBy }: TrendValues,
  { range, granularity }: Pick<TrendQuery, 'range' | 'granularity'>,
  { maxTrendPoints }: QueryLimits,
): GroupQuery | null {
  if (groupBy === undefined) {
    for (const [parameter, value] of Object.entries({ top, topBy })) {
      if (value === undefined) continue;
      throw parameterError([{ parameter, detail: 'is only for `groupBy`' }]);
    }
    return null;
  }
  const group = { by: groupBy, top: top ?? DEFAULT_TOP, rankBy: topBy ?? ('calls' as const) };
  const points = (range.toMs - range.fromMs) / (granularity === 'hour' ? HOUR_MS : UTC_DAY_MS);
  if (granularity !== 'month' && points * (group.top + 1) > maxTrendPoints * GROUPS_PER_POINT) {
    const detail = 'gives too many points and groups for this range; use a coarser one, or fewer';
    throw parameterError([{ parameter: 'granularity', detail }]);
  }
  return group;
}
