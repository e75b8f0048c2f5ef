import type { CartesianSpec, ChartSeries } from './chart-spec.js';

/** About the pixels of a wide screen; more take a task of over 50 ms and look the same. */
export const MAX_DRAWN_POINTS = 1_000;

/**
 * Which points are drawn, by index: all, or of each stretch the highest and the lowest of every series.
 *
 * Nothing is averaged: each drawn point is a real one, so no peak is lost and no value is made up.
 */
export function toDrawnPoints({ count, series, unfinishedIndex }: CartesianSpec): number[] {
  if (count <= MAX_DRAWN_POINTS) return Array.from({ length: count }, (_, index) => index);
  const stretch = Math.ceil(count / (MAX_DRAWN_POINTS / (2 * series.length)));
  const drawn = new Set([0, count - 1]);
  if (unfinishedIndex !== null) drawn.add(unfinishedIndex).add(Math.max(unfinishedIndex - 1, 0));
  for (let start = 0; start < count; start += stretch) {
    for (const { values } of series) {
      for (const index of findExtremes(values, start, Math.min(start + stretch, count))) {
        drawn.add(index);
      }
    }
  }
  return [...drawn].sort((a, b) => a - b);
}

function findExtremes(values: ChartSeries['values'], start: number, end: number): number[] {
  let lowest: number | null = null;
  let highest: number | null = null;
  for (let index = start; index < end; index += 1) {
    const value = values[index] ?? null;
    if (value === null) continue;
    if (lowest === null || value < (values[lowest] ?? 0)) lowest = index;
    if (highest === null || value > (values[highest] ?? 0)) highest = index;
  }
  // A stretch without a value stays a gap.
  return lowest === null || highest === null ? [start] : [lowest, highest];
}

/** Position among the drawn points of the one that is nearest to an index. */
export function findNearestDrawn(drawn: readonly number[], index: number): number {
  const after = drawn.findIndex((candidate) => candidate >= index);
  if (after <= 0) return after === 0 ? 0 : drawn.length - 1;
  const isBeforeNearer = index - (drawn[after - 1] ?? 0) < (drawn[after] ?? 0) - index;
  return isBeforeNearer ? after - 1 : after;
}
