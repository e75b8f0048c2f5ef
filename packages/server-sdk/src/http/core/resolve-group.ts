import type { TrendComparison, TrendGrouping, TrendRanking } from '../../contract/trends.js';
import type { GroupQuery } from '../../queries/trend-groups.js';
import type { TrendQuery } from '../../queries/trend-service.js';
import { HOUR_MS, UTC_DAY_MS } from '../../values/time.js';
import { parameterError, type QueryLimits } from './parse-query.js';

/** What a trend has besides its totals, as far as it was given. */
export interface TrendValues {
  groupBy?: TrendGrouping | undefined;
  top?: number | undefined;
  topBy?: TrendRanking | undefined;
  compare?: TrendComparison | undefined;
}

const DEFAULT_TOP = 5;
/** Groups of all points, for each point that is allowed; by default 12,000 totals, 8 MB of JSON before it is compressed. */
const GROUPS_PER_POINT = 4;

/**
 * How a trend is broken down; `null`: it is not.
 *
 * @throws UsageError `PARAMETER_INVALID` for a parameter that only makes sense with `groupBy`, and for too many totals
 */
export function resolveGroup(
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
