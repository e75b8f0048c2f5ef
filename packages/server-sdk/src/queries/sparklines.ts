import type { SparklineMetric, SparklinePoints, SparklineValue } from '../contract/projects.js';
import type { CallFigures } from '../aggregates/model/call-figures.js';
import { toTotals } from '../aggregates/model/totals.js';
import { HOUR_MS, UTC_DAY_MS, toInstant, type TimeRange } from '../values/time.js';
import type { QueryRange } from './query-range.js';
import { timeBuckets } from './time-buckets.js';

/** So many points a line of a table's cell can show. */
const MAX_POINTS = 60;
const HOURS_UP_TO_MS = 7 * UTC_DAY_MS + HOUR_MS;

/**
 * The ranges of a sparkline's points: local hours up to a week, local days beyond, as many of them together as there must be
 * for {@link MAX_POINTS}. The first and the last are cut to the range.
 */
export function planSparkline(range: QueryRange): TimeRange[] {
  const unit = range.toMs - range.fromMs <= HOURS_UP_TO_MS ? 'hour' : 'day';
  const buckets = timeBuckets(range, unit, range.timeZone);
  const step = Math.ceil(buckets.length / MAX_POINTS);
  return buckets
    .filter((_, index) => index % step === 0)
    .map(({ fromMs }, index, { length }) => {
      const last = index === length - 1 ? buckets.length : (index + 1) * step;
      return { fromMs, toMs: buckets[last - 1]?.toMs ?? range.toMs };
    });
}

/** The points of a list's sparklines, as the API returns them. */
export function toSparklinePoints(
  metric: SparklineMetric,
  points: readonly TimeRange[],
): SparklinePoints {
  const toPoint = ({ fromMs, toMs }: TimeRange): { start: string; end: string } => ({
    start: toInstant(fromMs),
    end: toInstant(toMs),
  });
  return { metric, points: points.map(toPoint) };
}

/** A project's value of each point. */
export function toSparkline(
  metric: SparklineMetric,
  figures: readonly CallFigures[],
): SparklineValue[] {
  const field = metric === 'tokens' ? 'totalTokens' : metric;
  // No value of a sparkline is money of a named currency: that is in the totals.
  return figures.map((each) => toTotals(each, '')[field]);
}
