import { expect } from 'vitest';
import type { Totals, TrendGrouping, TrendPoint, Trends } from '../../src/index.js';
import { referenceTotals, requireEqualTotals, type ReferenceCall } from './reference-model.js';
import { requireSum } from './require-sum.js';

/** Calls of the plain account in `[fromMs, toMs)`. */
export type Select = (fromMs: number, toMs: number) => ReferenceCall[];

/** Compares a trend with groups and the period before, as they were asked for, with the plain account. */
export function checkTrend(trends: Trends, select: Select, by: TrendGrouping): void {
  const [fromMs, toMs] = [Date.parse(trends.range.from), Date.parse(trends.range.to)];
  const whole = referenceTotals(select(fromMs, toMs));
  for (const point of trends.points) {
    checkPoint(point, select);
    checkGroups(point, trends, select, by);
  }
  requireSum(listTotals(trends.points), whole, 'points');
  const groups = trends.groups ?? [];
  requireSum(listTotals(groups), whole, 'groups');
  for (const [index, { totals }] of groups.entries()) {
    const ofPoints = trends.points.flatMap((point) => point.groups?.[index]?.totals ?? []);
    requireSum(ofPoints, totals, 'points of a group');
  }
  checkPrevious(trends, select);
}

function checkPoint({ start, end, totals }: TrendPoint, select: Select): void {
  const calls = select(Date.parse(start), Date.parse(end));
  requireEqualTotals(totals, referenceTotals(calls), `point ${start}`);
}

/** Each group equals its calls, the rest those of no other group, and together they are the point. */
function checkGroups(
  { start, end, totals, groups = [] }: TrendPoint,
  trends: Trends,
  select: Select,
  by: TrendGrouping,
): void {
  const named = trends.groups?.filter(({ isOther }) => !isOther).map(({ key }) => key) ?? [];
  expect(groups.map(({ key }) => key)).toEqual(trends.groups?.map(({ key }) => key));
  requireSum(listTotals(groups), totals, `groups of ${start}`);
  const calls = select(Date.parse(start), Date.parse(end));
  for (const [index, group] of groups.entries()) {
    const isOther = index === named.length;
    const ofGroup = calls.filter((call) =>
      isOther ? !named.includes(keyOf(call, by)) : keyOf(call, by) === group.key,
    );
    requireEqualTotals(group.totals, referenceTotals(ofGroup), `${by} ${group.key} of ${start}`);
  }
}

function keyOf({ model, provider, type, appDid }: ReferenceCall, by: TrendGrouping): string {
  const keys = { model, provider: provider ?? '', type: type ?? 'chatCompletion', project: appDid };
  return keys[by];
}

/** A point for each point, one after the other, before the range, and equal to its calls. */
function checkPrevious({ previous, points, range }: Trends, select: Select): void {
  const fromMs = Date.parse(range.from);
  expect(previous === null).toBe(select(0, fromMs).length === 0);
  if (!previous) return;
  expect(previous.points).toHaveLength(points.length);
  let lastMs = Date.parse(previous.range.from);
  for (const point of previous.points) {
    checkPoint(point, select);
    expect(Date.parse(point.start)).toBe(lastMs);
    lastMs = Date.parse(point.end);
  }
  expect(lastMs).toBe(Date.parse(previous.range.to));
  expect(lastMs).toBeLessThanOrEqual(fromMs);
}

function listTotals(parts: readonly { totals: Totals }[]): Totals[] {
  return parts.map(({ totals }) => totals);
}
