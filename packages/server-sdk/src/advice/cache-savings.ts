import { sumLines, toArithmetic, toSaving, toTokenLine, formatAmount } from './arithmetic.js';
import type { AdviceDraft } from './advice-draft.js';
import type { TokenRates } from './list-prices.js';
import {
  listModels,
  toModelEvidence,
  type KeyedFigures,
  type ModelPeriod,
} from './model-figures.js';

/**
 * Computes what the prompt cache saved by list prices, by model: tokens read from it × (input price − its read price) − tokens
 * written to it × (its write price − input price), over the calls that reported cached tokens. Can be negative. Silent on fewer
 * than `minCalls` such calls, on models without a list price, and where the cache makes no difference.
 */
export function findCacheSavings(period: ModelPeriod): AdviceDraft[] {
  const { from, to, currency } = period;
  return listModels(period).flatMap(({ key, figures }) => {
    const coveredCalls = Math.max(figures.cachedInputTokenCalls, figures.cacheWriteTokenCalls);
    if (coveredCalls < period.minCalls.cacheSavings) return [];
    const rates = period.findRates(key);
    if (rates === null) return [];
    const lines = toLines({ key, figures }, rates);
    const netE16 = sumLines(lines);
    if (netE16 === 0n) return [];
    const { model, provider, type } = key;
    return [
      {
        subject: [model, provider, type],
        claim: {
          kind: 'cacheSavings',
          model,
          provider: provider === '' ? null : provider,
          type,
          cachedInputTokens: figures.cachedInputTokens,
          cacheWriteTokens: figures.cacheWriteTokens,
          coveredCalls,
          calls: figures.successfulCalls + figures.failedCalls,
          netSaving: formatAmount(netE16),
        },
        arithmetic: toArithmetic('money', lines),
        saving: toSaving(netE16, currency, { from, to }),
        evidence: toModelEvidence(period, key),
        assumption: 'cacheListPrice',
        basedOn: { calls: coveredCalls, days: null, from, to },
        basis: { unit: 'money', amountE16: -netE16, calls: coveredCalls },
      },
    ];
  });
}

function toLines({ figures }: KeyedFigures, rates: TokenRates): ReturnType<typeof toTokenLine>[] {
  const { cachedInputTokens, cacheWriteTokens } = figures;
  return [
    toTokenLine({
      operation: 'add',
      subject: null,
      tokens: { name: 'cachedInputTokens', count: cachedInputTokens },
      price: { name: 'readDiscount', perMillionE10: rates.input - rates.cachedInput },
    }),
    toTokenLine({
      operation: 'subtract',
      subject: null,
      tokens: { name: 'cacheWriteTokens', count: cacheWriteTokens },
      price: { name: 'writeSurcharge', perMillionE10: rates.cacheWrite - rates.input },
    }),
  ];
}
