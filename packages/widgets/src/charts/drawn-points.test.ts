import { describe, expect, it } from 'vitest';
import type { CartesianSpec, ChartSeries } from './chart-spec.js';
import { MAX_DRAWN_POINTS, findNearestDrawn, toDrawnPoints } from './drawn-points.js';

const HOURS = 9_600;
const SPIKE = 4_321;

function createSpec(...values: ChartSeries['values'][]): CartesianSpec {
  return {
    kind: 'cartesian',
    count: values[0]?.length ?? 0,
    labelAt: String,
    series: values.map((each) => ({
      label: '',
      color: '1',
      kind: 'line',
      axis: 'left',
      values: each,
    })),
    unfinishedIndex: (values[0]?.length ?? 0) - 1,
    formatLeft: String,
    formatRight: String,
    isLeftCount: false,
    isRtl: false,
  };
}

const wave = (phase: number): number[] =>
  Array.from({ length: HOURS }, (_, index) => Math.sin(index / 7 + phase) * 100);

describe('toDrawnPoints', () => {
  it('draws every point of a day-by-day year', () => {
    const drawn = toDrawnPoints(createSpec(wave(0).slice(0, 400)));
    expect(drawn).toHaveLength(400);
    expect(drawn.every((index, position) => index === position)).toBe(true);
  });

  it.each([1, 3])('draws at most a thousand of 9,600 hours, of %i series', (count) => {
    const series = Array.from({ length: count }, (_, phase) => wave(phase));
    const drawn = toDrawnPoints(createSpec(...series));
    // The ends and the running hour are drawn whatever their values.
    expect(drawn.length).toBeLessThanOrEqual(MAX_DRAWN_POINTS + 4);
    expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
    expect(drawn[0]).toBe(0);
    expect(drawn.slice(-2)).toEqual([HOURS - 2, HOURS - 1]);
  });

  it('loses no peak of any series', () => {
    const [first, second] = [wave(0), wave(1)];
    second[SPIKE] = 9_999;
    first[SPIKE + 1] = -9_999;
    const drawn = toDrawnPoints(createSpec(first, second));
    expect(drawn).toContain(SPIKE);
    expect(drawn).toContain(SPIKE + 1);
  });

  it('keeps a gap a gap', () => {
    const values: (number | null)[] = wave(0);
    values.fill(null, 2_000, 4_000);
    const drawn = toDrawnPoints(createSpec(values));
    expect(drawn.some((index) => index >= 2_000 && index < 4_000)).toBe(true);
    expect(drawn.filter((index) => values[index] === null).every((index) => index >= 2_000)).toBe(
      true,
    );
  });
});

describe('nearestDrawn', () => {
  it.each([
    [0, 0],
    [4, 0],
    [6, 1],
    [10, 1],
    [99, 2],
  ])('finds the position of what is drawn nearest to %i', (index, position) => {
    expect(findNearestDrawn([0, 10, 20], index)).toBe(position);
  });
});
