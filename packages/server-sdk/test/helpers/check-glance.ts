import { expect } from 'vitest';
import type { Activity, ProjectFailures, ProjectLatency, ProjectStats } from '../../src/index.js';
import { classifyFailure } from '../../src/advice/failure-reason.js';
import { requireEqualTotals, referenceTotals, type ReferenceCall } from './reference-model.js';
import { requireSum } from './require-sum.js';

/** Compares activity with the plain account: each cell with its calls by the platform's clock, all with the range. */
export function checkActivity(activity: Activity, calls: readonly ReferenceCall[]): void {
  const { cells, range } = activity;
  expect(cells.map(({ weekday, hour }) => (weekday - 1) * 24 + hour)).toEqual(
    Array.from({ length: 168 }, (_, index) => index),
  );
  requireSum(
    cells.map(({ totals }) => totals),
    referenceTotals(calls),
    'cells',
  );
  const placeOf = createPlaceOf(range.timeZone);
  const byPlace = new Map<string, ReferenceCall[]>();
  for (const call of calls) {
    const place = placeOf(call.startedAt);
    byPlace.set(place, [...(byPlace.get(place) ?? []), call]);
  }
  for (const { weekday, hour, totals } of cells) {
    const place = `${WEEKDAYS[weekday - 1]} ${hour}`;
    requireEqualTotals(totals, referenceTotals(byPlace.get(place) ?? []), place);
  }
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The weekday and hour of an instant, from another source than the SDK's. */
function createPlaceOf(timeZone: string): (ms: number) => string {
  const options = { timeZone, weekday: 'short', hour: 'numeric', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', options);
  return (ms) => {
    const parts = format.formatToParts(ms);
    const partOf = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
    return `${partOf('weekday')} ${Number(partOf('hour'))}`;
  };
}

/** Bars are next to each other, add up to the samples and hold the calls, and percentiles are those of the stats. */
export function checkLatency(
  latency: ProjectLatency,
  stats: ProjectStats,
  calls: readonly ReferenceCall[],
): void {
  const { bars, durationSamples } = latency;
  expect(bars.reduce((sum, bar) => sum + bar.calls, 0)).toBe(durationSamples);
  expect(durationSamples).toBe(stats.totals.durationSamples);
  expect(latency.p95DurationMs).toBe(stats.totals.p95DurationMs);
  expect(latency.averageDurationMs).toBe(stats.totals.averageDurationMs);
  expect(bars.length).toBeLessThanOrEqual(24);
  for (const [index, { fromMs }] of bars.slice(1).entries()) {
    expect(fromMs).toBe(bars[index]?.toMs);
  }
  const durations = calls
    .filter(({ status }) => status === 'success')
    .flatMap(({ durationMs }) => durationMs ?? []);
  for (const { fromMs, toMs, calls: count } of bars) {
    const surely = durations.filter((ms) => ms > fromMs * 1.01 && ms <= toMs / 1.01).length;
    const maybe = durations.filter((ms) => ms >= fromMs / 1.01 && ms <= toMs * 1.01).length;
    expect(count).toBeGreaterThanOrEqual(surely);
    // What is below a microsecond is in the first bar.
    expect(count).toBeLessThanOrEqual(maybe + durations.filter((ms) => ms < 0.001).length);
  }
}

/** Items and what is not sorted add up to the failed calls of the stats, and each item has its calls. */
export function checkFailures(
  { items, failedCalls, unsortedCalls }: ProjectFailures,
  stats: ProjectStats,
  listed: readonly ReferenceCall[],
): void {
  const failed = listed.filter(({ status }) => status === 'failed');
  expect(failedCalls).toBe(stats.totals.failedCalls);
  expect(items.reduce((sum, { calls }) => sum + calls, unsortedCalls)).toBe(failedCalls);
  expect(unsortedCalls).toBe(failedCalls - failed.length);
  for (const { reason, calls, models, lastCallAt, share } of items) {
    const alike = failed.filter((call) => classifyFailure(call.errorReason ?? null) === reason);
    expect(calls).toBe(alike.length);
    expect(share).toBe(calls / failedCalls);
    expect([...models].sort()).toEqual([...new Set(alike.map(({ model }) => model))].sort());
    expect(Date.parse(lastCallAt)).toBe(Math.max(...alike.map(({ startedAt }) => startedAt)));
  }
}
