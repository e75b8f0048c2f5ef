import { CallFigures, type CountedCall } from '../../src/aggregates/model/call-figures.js';
import { MIN_CALLS } from '../../src/advice/advice-draft.js';
import type { CallPeriod } from '../../src/advice/failed-calls.js';
import type { ModelPeriod } from '../../src/advice/model-figures.js';
import { createTokenRates } from '../../src/advice/list-prices.js';
import type { RecentCall } from '../../src/advice/recent-calls-store.js';
import { priceTable } from '../../src/pricing/price-table.js';
import { NOW_MS } from './create-test-usage.js';

const FROM = '2026-11-01T00:00:00.000Z';
const TO = '2026-11-22T00:00:00.000Z';

/** A call as the store reads it: successful, a second long, without a cost. */
export function recentCall(changes: Partial<RecentCall>): RecentCall {
  return {
    ...{ id: 'c', traceId: null, appDid: 'app', model: 'm', type: 'chatCompletion' },
    ...{ status: 'success', startedAtMs: NOW_MS, durationUs: 1_000_000, inputTokens: null },
    ...{ credits: null, costE10: null, errorReason: null },
    ...changes,
  };
}

/** A period of calls in dollars. */
export function callPeriod(calls: readonly RecentCall[]): CallPeriod {
  return { calls, from: FROM, to: TO, currency: 'USD', minCalls: MIN_CALLS };
}

/** Figures of so many calls, all the same: successful, two seconds long. */
export function figuresOf(calls: number, changes: Partial<CountedCall> = {}): CallFigures {
  const figures = new CallFigures();
  for (let index = 0; index < calls; index += 1) {
    figures.addCall({
      ...{ status: 'success', type: 'chatCompletion', startedAtMs: NOW_MS, durationUs: 2_000_000 },
      ...{ ttfbUs: null, inputTokens: 1000, outputTokens: 100, totalTokens: 1100 },
      ...{ creditsE10: null, cachedInputTokens: null, cacheWriteTokens: null },
      ...{ reasoningTokens: null, costE10: null },
      ...changes,
    });
  }
  return figures;
}

/** Dollars of a million tokens. */
export const PRICES = priceTable({
  name: 'test@1',
  currency: 'USD',
  prices: [
    { model: 'big', input: '3', cachedInput: '0.3', cacheWrite: '3.75', output: '15' },
    { model: 'small', input: '0.25', output: '1.25' },
    { model: 'flat', input: '1', output: '1' },
  ],
});

/** A period of models by name, of no provider. */
export function modelPeriod(
  models: Readonly<Record<string, CallFigures>>,
  recent: readonly RecentCall[] = [],
): ModelPeriod {
  return {
    models: new Map(
      Object.entries(models).map(([model, figures]) => [
        JSON.stringify(['', model, 'chatCompletion']),
        figures,
      ]),
    ),
    recent,
    findRates: createTokenRates([PRICES], 'USD', NOW_MS),
    ...{ from: FROM, to: TO, currency: 'USD', minCalls: MIN_CALLS },
  };
}
