import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planProjectModels, planRange, alignToArchive, type RollupProgress } from './range-plan.js';
import {
  HOUR_MS,
  QUARTER_HOUR_MS,
  UTC_DAY_MS,
  floorTo,
  floorToUtcMonth,
  nextUtcMonth,
} from '../../values/time.js';

const START_MS = Date.UTC(2025, 10, 3, 5);

const progress = fc
  .record({
    hours: fc.integer({ min: 0, max: 24 * 140 }),
    dirty: fc.uniqueArray(fc.integer({ min: 0, max: 24 * 140 }), { maxLength: 6 }),
    hasQuarters: fc.boolean(),
  })
  .map(({ hours, dirty, hasQuarters }): RollupProgress => {
    const hoursThroughMs = START_MS + hours * HOUR_MS;
    return {
      hoursThroughMs,
      daysThroughMs: floorTo(UTC_DAY_MS, hoursThroughMs),
      monthsThroughMs: floorToUtcMonth(hoursThroughMs),
      dirtyHours: dirty
        .filter((hour) => hour < hours)
        .sort((a, b) => a - b)
        .map((hour) => floorTo(HOUR_MS, START_MS) + hour * HOUR_MS),
      archivedBeforeMs: Number.NEGATIVE_INFINITY,
      quartersThroughMs: hasQuarters ? hoursThroughMs : Number.NEGATIVE_INFINITY,
    };
  });

const range = fc
  .tuple(
    fc.integer({ min: 0, max: 150 * UTC_DAY_MS }),
    fc.integer({ min: 1, max: 150 * UTC_DAY_MS }),
  )
  .map(([offset, length]) => ({ fromMs: START_MS + offset, toMs: START_MS + offset + length }));

test('every instant of the range is read exactly once, and nothing else is', () => {
  fc.assert(
    fc.property(range, progress, (range, state) => {
      const plan = planRange(range, state);
      const parts = [...plan.rollups, ...plan.raw].sort((a, b) => a.fromMs - b.fromMs);
      let atMs = range.fromMs;
      for (const part of parts) {
        expect(part.fromMs).toBe(atMs);
        expect(part.toMs).toBeGreaterThan(part.fromMs);
        atMs = part.toMs;
      }
      expect(atMs).toBe(range.toMs);
    }),
    { numRuns: 2000 },
  );
});

test('pre-aggregates are read only where they are built, whole and unchanged', () => {
  fc.assert(
    fc.property(range, progress, (range, state) => {
      for (const { granularity, fromMs, toMs } of planRange(range, state).rollups) {
        const through = {
          quarter: state.quartersThroughMs,
          hour: state.hoursThroughMs,
          day: state.daysThroughMs,
          month: state.monthsThroughMs,
        }[granularity];
        expect(toMs).toBeLessThanOrEqual(through);
        const startMs = floorTo(HOUR_MS, fromMs);
        expect(state.dirtyHours.some((hourMs) => hourMs >= startMs && hourMs < toMs)).toBe(false);
        expect([fromMs % QUARTER_HOUR_MS, toMs % QUARTER_HOUR_MS]).toEqual([0, 0]);
        if (granularity === 'day') expect([fromMs % UTC_DAY_MS, toMs % UTC_DAY_MS]).toEqual([0, 0]);
        if (granularity === 'month') {
          expect(floorToUtcMonth(fromMs)).toBe(fromMs);
          expect(floorToUtcMonth(toMs)).toBe(toMs);
        }
      }
    }),
  );
});

test('of models of a project, days are read, and quarters where they are stored', () => {
  fc.assert(
    fc.property(range, progress, fc.integer({ min: 0, max: 24 * 140 }), (range, state, hours) => {
      const archivedBeforeMs = Math.min(START_MS + hours * HOUR_MS, state.hoursThroughMs);
      const dirtyHours = state.dirtyHours.filter((hourMs) => hourMs >= archivedBeforeMs);
      const quartersThroughMs = Math.max(archivedBeforeMs, state.quartersThroughMs);
      const archived = { ...state, dirtyHours, archivedBeforeMs, quartersThroughMs };
      const aligned = alignToArchive(range, archived);
      const { rollups, raw } = planProjectModels(aligned, archived);
      let atMs = aligned.fromMs;
      for (const part of [...rollups, ...raw].sort((a, b) => a.fromMs - b.fromMs)) {
        expect(part.fromMs).toBe(atMs);
        atMs = part.toMs;
      }
      expect(atMs).toBe(aligned.toMs);
      for (const { granularity, toMs } of rollups) {
        expect(['day', 'quarter']).toContain(granularity);
        if (granularity === 'quarter') expect(toMs).toBeLessThanOrEqual(quartersThroughMs);
      }
      for (const { fromMs } of raw) expect(fromMs).toBeGreaterThanOrEqual(archivedBeforeMs);
    }),
  );
});

test('of an archived hour with late calls, its rows count and its calls', () => {
  const hourMs = Date.UTC(2026, 9, 5, 7);
  const state = {
    hoursThroughMs: Date.UTC(2026, 10, 22, 10),
    daysThroughMs: Date.UTC(2026, 10, 22),
    monthsThroughMs: Date.UTC(2026, 10, 1),
    dirtyHours: [hourMs],
    archivedBeforeMs: Date.UTC(2026, 9, 20),
    quartersThroughMs: Date.UTC(2026, 9, 20),
  };
  const month = { fromMs: Date.UTC(2026, 9, 1), toMs: Date.UTC(2026, 10, 1) };
  expect(planRange(month, state)).toEqual({
    rollups: [{ granularity: 'month', ...month }],
    raw: [{ fromMs: hourMs, toMs: hourMs + HOUR_MS }],
  });
});

test('a long range takes few parts', () => {
  const state = {
    hoursThroughMs: Date.UTC(2026, 10, 22, 10),
    daysThroughMs: Date.UTC(2026, 10, 22),
    monthsThroughMs: Date.UTC(2026, 10, 1),
    dirtyHours: [],
    archivedBeforeMs: Number.NEGATIVE_INFINITY,
    quartersThroughMs: Number.NEGATIVE_INFINITY,
  };
  const year = { fromMs: Date.UTC(2025, 10, 22, 10, 20), toMs: Date.UTC(2026, 10, 22, 10, 20) };
  const plan = planRange(year, state);
  expect(plan.rollups.map(({ granularity }) => granularity)).toEqual([
    'hour',
    'day',
    'month',
    'day',
    'hour',
  ]);
  expect(plan.raw).toHaveLength(2);
});

test('before the first rollup everything is computed from the calls', () => {
  const never = Number.NEGATIVE_INFINITY;
  const state = {
    hoursThroughMs: never,
    daysThroughMs: never,
    monthsThroughMs: never,
    dirtyHours: [],
    archivedBeforeMs: never,
    quartersThroughMs: never,
  };
  const range = { fromMs: START_MS, toMs: nextUtcMonth(START_MS) };
  expect(planRange(range, state)).toEqual({ rollups: [], raw: [range] });
});
