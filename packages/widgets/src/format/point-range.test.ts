import { expect, it } from 'vitest';
import { createFormatters } from './intl-cache.js';
import { toPointRange } from './point-range.js';

const formatters = createFormatters('en');

it.each([
  ['day', '2026-03-28T23:00Z', '2026-03-29T22:00Z', '2026-03-29', '2026-03-29'],
  // The running day ends now.
  ['day', '2026-03-28T23:00Z', '2026-03-29T09:30Z', '2026-03-29', '2026-03-29'],
  ['month', '2026-02-28T23:00Z', '2026-03-31T22:00Z', '2026-03-01', '2026-03-31'],
] as const)('a %s from %s to %s is %s to %s', (granularity, start, end, from, to) => {
  const point = { start, end };
  expect(toPointRange(formatters, point, granularity, 'Europe/Berlin')).toEqual({ from, to });
});

it('an hour is its instants', () => {
  const point = { start: '2026-03-29T00:00:00.000Z', end: '2026-03-29T01:00:00.000Z' };
  expect(toPointRange(formatters, point, 'hour', 'UTC')).toEqual({
    from: point.start,
    to: point.end,
  });
});
