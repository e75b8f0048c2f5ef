import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALL_STATUSES, CALL_TYPES } from '../contract/common.js';
import { toTotals, type CallFigures } from '../domain/call-figures.js';
import { LiveHour } from './live-hour.js';
import type { CallRow } from './call-rows.js';
import type { RangeFigures } from './range-figures.js';

const maybe = (max: number): fc.Arbitrary<number | null> =>
  fc.option(fc.integer({ min: 0, max }), { nil: null });

const call: fc.Arbitrary<CallRow> = fc.record({
  userDid: fc.constant('user-1'),
  appDid: fc.constantFrom('app-1', 'app-2', 'app-3'),
  modelKey: fc.constantFrom('["p","m-1","chat"]', '["p","m-2","chat"]'),
  type: fc.constantFrom(...CALL_TYPES),
  status: fc.constantFrom(...CALL_STATUSES),
  startedAtMs: fc.integer({ min: 0, max: 3_599_999 }),
  durationUs: maybe(60_000_000),
  inputTokens: maybe(1000),
  outputTokens: maybe(1000),
  totalTokens: maybe(2000),
  creditsE8: maybe(10_000_000_000),
});

const want = fc.record({
  total: fc.boolean(),
  models: fc.boolean(),
  types: fc.boolean(),
  projects: fc.boolean(),
  activeProjects: fc.boolean(),
});

const shown = (groups: ReadonlyMap<string, CallFigures>): unknown =>
  [...groups].map(([key, figures]) => [key, toTotals(figures)]).sort();

const all = (figures: RangeFigures): unknown => [
  toTotals(figures.total),
  figures.total.lastStartedAtMs,
  ...[figures.models, figures.types, figures.projects].map(shown),
  [...figures.activeModels].sort(),
  [...figures.activeProjects].sort(),
];

test('sums of calls that came in lots are those of all at once, whoever asked in between', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.array(call), fc.array(want)), { maxLength: 5 }), (lots) => {
      let hour = LiveHour.of([], undefined);
      const before: [LiveHour, unknown][] = [];
      for (const [calls, wants] of lots) {
        hour = LiveHour.of(calls, hour);
        for (const one of wants) before.push([hour, all(hour.sums(one))]);
      }
      const wants = lots.flatMap(([, some]) => some);
      const whole = LiveHour.of(
        lots.flatMap(([calls]) => calls),
        undefined,
      );
      for (const one of wants) expect(all(hour.sums(one))).toEqual(all(whole.sums(one)));
      expect([hour.firstMs, hour.lastMs]).toEqual([whole.firstMs, whole.lastMs]);
      // What an answer holds stays as it was when others are made of more.
      const again = lots.flatMap(([, some]) => some);
      for (const [index, [earlier, figures]] of before.entries()) {
        expect(all(earlier.sums(again[index] ?? {}))).toEqual(figures);
      }
    }),
    { numRuns: 200 },
  );
});
