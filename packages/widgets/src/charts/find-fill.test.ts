import { expect, it } from 'vitest';
import type { ChartSeries } from './chart-spec.js';
import { findFill } from './find-fill.js';

const series = (values: (number | null)[], more: Partial<ChartSeries> = {}): ChartSeries => ({
  ...{ label: 'a', color: '1', kind: 'line', axis: 'left', isFilled: true, isStacked: true },
  values,
  ...more,
});
const DRAWN = [0, 1, 2];
const stack = [series([1, 2, 3]), series([4, 5, 6]), series([7, 8, 9])];
const previous = series([1, 1, 1], { isStacked: false, isFilled: false });

it('ends an area of straight lines at the one below it, past what is not of the stack', () => {
  expect(stack.map((_, index) => findFill(stack, index, DRAWN, 2))).toEqual(['origin', 0, 1]);
  const shown = [series([1, 2, 3]), previous, series([4, 5, 6])];
  expect(shown.map((_, index) => findFill(shown, index, DRAWN, 2))).toEqual(['origin', false, 0]);
});

it('leaves curves, gaps and bars below to Chart.js', () => {
  expect(findFill(stack, 1, DRAWN, 3)).toBe('stack');
  expect(findFill([series([1, null, 3]), series([4, 5, 6])], 1, DRAWN, 2)).toBe('stack');
  const bars = series([1, 2, 3], { kind: 'bar' });
  expect(findFill([bars, series([4, 5, 6])], 1, DRAWN, 2)).toBe('stack');
});

it('fills what is not stacked down to zero', () => {
  expect(findFill([series([1, 2, 3], { isStacked: false })], 0, DRAWN, 2)).toBe('origin');
});
