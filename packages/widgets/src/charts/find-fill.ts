import type { ChartSeries } from './chart-spec.js';

/**
 * What the area of a series reaches down to; a number is a series.
 *
 * Chart.js finds what is below a stack point by point, through all series: a third of a drawing of 400 days. Straight lines
 * without a gap end at the line of the series below, which is the same picture.
 *
 * @param maxCurved up to so many points lines are curves
 */
export function findFill(
  shown: readonly ChartSeries[],
  index: number,
  drawn: readonly number[],
  maxCurved: number,
): 'origin' | 'stack' | number | false {
  const series = shown[index];
  if (series?.kind !== 'line' || series.isFilled !== true) return false;
  if (!series.isStacked) return 'origin';
  if (drawn.length <= maxCurved) return 'stack';
  const below = shown.findLastIndex(
    (other, position) => position < index && other.isStacked && other.axis === series.axis,
  );
  if (below === -1) return 'origin';
  const hasGap = drawn.some((position) => (shown[below]?.values[position] ?? null) === null);
  return hasGap || shown[below]?.kind !== 'line' ? 'stack' : below;
}
