import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findFailedCalls } from '../../src/advice/failed-calls.js';
import { findRepeats, findRetries } from '../../src/advice/retries.js';
import { parseAmount } from '../../src/advice/arithmetic.js';
import type { RecentCall } from '../../src/advice/recent-calls-store.js';
import { formatE10 } from '../../src/values/amounts.js';
import { NOW_MS } from '../helpers/create-test-usage.js';
import { callPeriod, recentCall } from '../helpers/advice-calls.js';

const SECOND_MS = 1000;
const failed = (changes: Partial<RecentCall> = {}): RecentCall =>
  recentCall({ status: 'failed', errorReason: '429 rate limit', ...changes });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('failed calls', () => {
  test('cost by model and reason, added up by project', () => {
    // 6 calls of 0.0125 in one project and 2 of 0.1 in another: 0.075 + 0.2 = 0.275 dollars.
    const calls = [
      ...times(6, () => failed({ costE10: 125_000_000 })),
      ...times(2, () => failed({ costE10: 1_000_000_000, appDid: 'other' })),
      ...times(4, () => failed({ costE10: 1, errorReason: 'timed out' })),
      ...times(10, () => recentCall({ costE10: 5 })),
    ];
    const [advice, ...others] = findFailedCalls(callPeriod(calls));
    expect(others).toEqual([]);
    expect(advice?.claim).toEqual({
      ...{ kind: 'failedCalls', model: 'm', reason: 'rateLimit', failedCalls: 8, calls: 22 },
      ...{ cost: '0.275', credits: null },
    });
    expect(advice?.saving).toMatchObject({ amount: '0.275', unit: 'money', currency: 'USD' });
    const factor = (value: string): unknown => ({ name: 'cost', value, unit: 'money' });
    expect(advice?.arithmetic).toEqual({
      unit: 'money',
      lines: [
        { operation: 'add', subject: 'other', factors: [factor('0.2')], amount: '0.2' },
        { operation: 'add', subject: 'app', factors: [factor('0.075')], amount: '0.075' },
      ],
      result: '0.275',
    });
    expect(advice?.evidence.map(({ appDid, status, calls: n }) => [appDid, status, n])).toEqual([
      ['app', 'failed', 6],
      ['other', 'failed', 2],
    ]);
  });

  test('in credits where no cost is known', () => {
    const [advice] = findFailedCalls(
      callPeriod(times(5, () => failed({ credits: 15_000_000_000 }))),
    );
    expect(advice?.saving).toMatchObject({ amount: '7.5', unit: 'credits', currency: null });
    expect(advice?.claim).toMatchObject({ cost: null, credits: '7.5' });
  });

  test.each([
    ['four failed calls', times(4, () => failed({ costE10: 1_000_000_000 }))],
    ['calls that cost nothing', times(50, () => failed({ costE10: 0, credits: 0 }))],
    ['calls whose cost is unknown', times(50, () => failed())],
    ['calls that did not fail', times(50, () => recentCall({ costE10: 1_000_000_000 }))],
    ['no calls', []],
  ])('nothing is said of %s', (_, calls) => {
    expect(findFailedCalls(callPeriod(calls))).toEqual([]);
  });
});

describe('retries', () => {
  const at = (seconds: number): Pick<RecentCall, 'startedAtMs'> => ({
    startedAtMs: NOW_MS + seconds * SECOND_MS,
  });

  test('of the same trace cost what the repeats cost', () => {
    // Each minute a call of 0.02 fails within a second, and the next of its trace, of 0.03, repeats it: 5 × 0.03 = 0.15.
    const calls = times(5, (minute) => [
      failed({ ...at(minute * 60), id: 'f', traceId: `t${minute}`, costE10: 200_000_000 }),
      recentCall({ ...at(minute * 60 + 2), traceId: `t${minute}`, costE10: 300_000_000 }),
      recentCall({ ...at(minute * 60 + 4), traceId: `t${minute}`, costE10: 900_000_000 }),
    ]).flat();
    const [advice] = findRetries(callPeriod(calls));
    expect(advice?.claim).toEqual({
      ...{ kind: 'retries', appDid: 'app', model: 'm', repeats: 5, failedRepeats: 0, calls: 15 },
      ...{ cost: '0.15', credits: null },
    });
    expect(advice?.arithmetic).toMatchObject({ lines: [{ amount: '0.15' }], result: '0.15' });
    expect(advice?.saving).toMatchObject({ amount: '0.15', currency: 'USD' });
  });

  test('a repeat that fails is repeated in its turn', () => {
    const calls = [failed({ ...at(0), id: 'a' }), failed({ ...at(2), id: 'b' })];
    const all = [...calls, recentCall({ ...at(5), id: 'c' }), recentCall({ ...at(6), id: 'd' })];
    expect(findRepeats(all).map(({ id }) => id)).toEqual(['b', 'c']);
  });

  test.each([
    ['a call of another trace', { traceId: 'x' }, { traceId: 'y' }],
    ['a call before the failed one ended', { durationUs: 9_000_000 }, {}],
    ['a call with other input tokens', { inputTokens: 10 }, { inputTokens: 11 }],
    ['a call half a minute later', {}, at(32)],
    [
      'a call of the trace a quarter of an hour later',
      { traceId: 'x' },
      { traceId: 'x', ...at(900) },
    ],
  ] as [string, Partial<RecentCall>, Partial<RecentCall>][])(
    '%s repeats nothing',
    (_, first, second) => {
      const calls = [failed({ ...at(0), ...first }), recentCall({ ...at(3), ...second })];
      expect(findRepeats(calls)).toEqual([]);
    },
  );

  test.each([
    ['four repeats', 4, 100],
    ['repeats that cost nothing', 9, 0],
  ])('nothing is said of %s', (_, count, costE10) => {
    const calls = times(count, (minute) => [
      failed({ ...at(minute * 60), costE10: 100 }),
      recentCall({ ...at(minute * 60 + 2), costE10 }),
    ]).flat();
    expect(findRetries(callPeriod(calls))).toEqual([]);
  });

  test('a hundred thousand failures of one minute end before the test does', () => {
    const calls = times(100_000, (index) => failed({ ...at(index / 2000), traceId: `t${index}` }));
    expect(findRepeats(calls)).toEqual([]);
  });
});

const randomCall = fc.record({
  status: fc.constantFrom('success' as const, 'failed' as const, 'processing' as const),
  appDid: fc.constantFrom('app', 'other'),
  model: fc.constantFrom('m', 'n'),
  traceId: fc.constantFrom(null, 't', 'u'),
  inputTokens: fc.constantFrom(null, 1, 2),
  startedAtMs: fc.integer({ min: NOW_MS, max: NOW_MS + 120_000 }),
  costE10: fc.option(fc.integer({ min: 0, max: 10_000_000_000 })),
  errorReason: fc.constantFrom(null, 'timeout', '429'),
});

test('savings are never more than the calls cost, and each is the sum of its lines', () => {
  fc.assert(
    fc.property(fc.array(randomCall, { maxLength: 120 }), (changes) => {
      const calls = changes
        .map((change, index) => recentCall({ ...change, id: String(index) }))
        .sort((a, b) => a.startedAtMs - b.startedAtMs);
      const costOf = (some: readonly RecentCall[]): bigint =>
        parseAmount(formatE10(some.reduce((sum, { costE10 }) => sum + BigInt(costE10 ?? 0), 0n)));
      const sumOf = (drafts: ReturnType<typeof findRetries>): bigint =>
        drafts.reduce((sum, { saving }) => sum + parseAmount(saving?.amount ?? '0'), 0n);
      const failures = findFailedCalls(callPeriod(calls));
      const retries = findRetries(callPeriod(calls));
      expect(sumOf(failures)).toBeLessThanOrEqual(
        costOf(calls.filter(({ status }) => status === 'failed')),
      );
      expect(sumOf(retries)).toBeLessThanOrEqual(costOf(calls));
      for (const { arithmetic, saving } of [...failures, ...retries]) {
        const lines = arithmetic?.lines ?? [];
        const sum = lines.reduce((total, { amount }) => total + parseAmount(amount), 0n);
        expect(sum).toBe(parseAmount(saving?.amount ?? ''));
      }
    }),
    { numRuns: 300 },
  );
});
