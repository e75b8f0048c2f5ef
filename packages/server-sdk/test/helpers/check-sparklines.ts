import { expect } from 'vitest';
import { SPARKLINE_METRICS, type SparklineMetric } from '../../src/contract/projects.js';
import type { Projects, Totals } from '../../src/index.js';
import { parseCredits } from '../../src/values/amounts.js';
import { referenceTotals, type ReferenceCall } from './reference-model.js';

/** The figure of this turn, so that a history asks for all of them. */
export function pickSparkline(turn: number): SparklineMetric {
  return SPARKLINE_METRICS[turn % SPARKLINE_METRICS.length] ?? 'calls';
}

/**
 * Points follow each other through the range, at most sixty; each value equals the calls of its point, and the values of a
 * project add up to its totals.
 *
 * @param calls those of the range
 */
export function checkSparklines(list: Projects, calls: readonly ReferenceCall[]): void {
  const { metric, points } = list.sparkline ?? { metric: 'calls', points: [] };
  const field = metric === 'tokens' ? 'totalTokens' : metric;
  expect(points.length).toBeGreaterThan(0);
  expect(points.length).toBeLessThanOrEqual(60);
  const bounds = [list.range.from, ...points.map(({ end }) => end)];
  expect(points.map(({ start }) => start)).toEqual(bounds.slice(0, -1));
  expect(bounds.at(-1)).toBe(list.range.to);
  for (const { appDid, totals, sparkline = [] } of list.items) {
    const expected = points.map(({ start, end }) => {
      const [fromMs, toMs] = [Date.parse(start), Date.parse(end)];
      const ofPoint = calls.filter(
        ({ startedAt, ...call }) =>
          call.appDid === appDid && startedAt >= fromMs && startedAt < toMs,
      );
      return referenceTotals(ofPoint)[field];
    });
    expect([metric, appDid, sparkline]).toEqual([metric, appDid, expected]);
    const sum = sparkline.reduce((all, value) => all + toUnits(value), 0n);
    expect([metric, appDid, sum]).toEqual([metric, appDid, toUnits(totals[field])]);
  }
}

/** Exactly: a unit of 1e-10. A sum of nothing known is null, whatever it is the sum of. */
function toUnits(value: Totals['credits'] | number): bigint {
  return parseCredits(String(value ?? 0)) ?? 0n;
}
