import type { Totals } from '../../contract/common.js';
import { formatE10, type ExactInteger } from '../../values/amounts.js';
import type { CallFigures } from './call-figures.js';

const P95 = 0.95;

/** The totals of figures, as the HTTP API returns them. @param currency ISO 4217 code of the costs */
export function toTotals(figures: CallFigures, currency: string): Totals {
  const { calls, successfulCalls, failedCalls } = figures;
  const finished = successfulCalls + failedCalls;
  return {
    calls,
    successfulCalls,
    failedCalls,
    processingCalls: calls - finished,
    successRate: finished === 0 ? null : successfulCalls / finished,
    ...toTokenTotals(figures),
    ...toTokenParts(figures),
    credits: formatKnown(readCredits(figures)),
    unknownCreditCalls: figures.unknownCreditCalls,
    cost: formatKnown(readCost(figures)),
    unpricedCalls: finished - figures.costCalls,
    currency,
    averageDurationMs: averageDurationMs(figures),
    p95DurationMs: p95DurationMs(figures),
    durationSamples: figures.durationSamples,
    ...toSpeed(figures),
  };
}

function formatKnown(amount: ExactInteger | null): string | null {
  return amount === null ? null : formatE10(BigInt(amount));
}

type TokenParts = Pick<
  Totals,
  'cachedInputTokens' | 'cacheWriteTokens' | 'reasoningTokens' | 'cacheShare' | 'cacheSamples'
>;

/** Sums over the calls that reported a part; `null` where calls were made and none did. */
function toTokenParts(figures: CallFigures): TokenParts {
  const { calls, cachedInputTokens, cachedInputTokenCalls, cachedInputBaseTokens } = figures;
  const isKnown = (reported: number): boolean => reported > 0 || calls === 0;
  return {
    cachedInputTokens: isKnown(cachedInputTokenCalls) ? cachedInputTokens : null,
    cacheWriteTokens: isKnown(figures.cacheWriteTokenCalls) ? figures.cacheWriteTokens : null,
    reasoningTokens: isKnown(figures.reasoningTokenCalls) ? figures.reasoningTokens : null,
    cacheShare: cachedInputBaseTokens > 0 ? cachedInputTokens / cachedInputBaseTokens : null,
    cacheSamples: cachedInputTokenCalls,
  };
}

/** Sum of the known costs, units of 1e-10; `null` where there are calls and none are known. */
export function readCost({ calls, cost, costCalls }: CallFigures): ExactInteger | null {
  return costCalls > 0 || calls === 0 ? cost : null;
}

type Speed = Pick<Totals, 'averageTtfbMs' | 'p95TtfbMs' | 'ttfbSamples' | 'outputTokensPerSecond'>;

function toSpeed({
  ttfbUs,
  ttfbSamples,
  ttfbs,
  generatedTokens,
  generationUs,
}: CallFigures): Speed {
  // Exact where all are the same: the sketch holds nothing below a microsecond.
  const isOne = ttfbSamples === 1 || ttfbUs === 0;
  const p95Us = isOne && ttfbSamples > 0 ? ttfbUs / ttfbSamples : ttfbs.quantileUs(P95);
  return {
    averageTtfbMs: averageMs(ttfbUs, ttfbSamples),
    p95TtfbMs: p95Us === null ? null : Number((p95Us / 1000).toPrecision(6)),
    ttfbSamples,
    outputTokensPerSecond:
      generationUs === 0 ? null : Number(((generatedTokens * 1e6) / generationUs).toPrecision(6)),
  };
}

type TokenTotals = Pick<
  Totals,
  'inputTokens' | 'outputTokens' | 'totalTokens' | 'unknownTokenCalls'
>;

/** Sums over the calls whose tokens are known; `null` where calls are metered in tokens and none are known. */
function toTokenTotals(figures: CallFigures): TokenTotals {
  const { inputTokenCalls, outputTokenCalls, totalTokenCalls, unknownTokenCalls } = figures;
  const isMetered = isAwaitingTokens(figures) || totalTokenCalls > 0;
  return {
    inputTokens: inputTokenCalls === 0 && isMetered ? null : figures.inputTokens,
    outputTokens: outputTokenCalls === 0 && isMetered ? null : figures.outputTokens,
    totalTokens: computeTotalTokens(figures),
    unknownTokenCalls,
  };
}

/** Whether calls that are metered in tokens have none, or none yet. */
function isAwaitingTokens(figures: CallFigures): boolean {
  return figures.unknownTokenCalls > 0 || isProcessing(figures);
}

/** Sum of the known tokens; `null` where calls are metered in tokens and none are known. */
export function computeTotalTokens(figures: CallFigures): number | null {
  return figures.totalTokenCalls === 0 && isAwaitingTokens(figures) ? null : figures.totalTokens;
}

/** Sum of the known credits, units of 1e-10; `null` where there are calls and none are known. */
export function readCredits(figures: CallFigures): ExactInteger | null {
  const isAwaited = figures.unknownCreditCalls > 0 || isProcessing(figures);
  return figures.creditCalls === 0 && isAwaited ? null : figures.credits;
}

function isProcessing({ calls, successfulCalls, failedCalls }: CallFigures): boolean {
  return calls > successfulCalls + failedCalls;
}

/** Mean over successful calls, milliseconds to the microsecond; `null` without a sample. */
export function averageDurationMs(figures: CallFigures): number | null {
  return averageMs(figures.durationUs, figures.durationSamples);
}

function averageMs(sumUs: number, samples: number): number | null {
  return samples === 0 ? null : Number((sumUs / samples / 1000).toFixed(3));
}

/** 95th percentile of {@link durationQuantileMs}. */
export function p95DurationMs(figures: CallFigures): number | null {
  return durationQuantileMs(figures, P95);
}

/**
 * A nearest-rank percentile over successful calls, milliseconds to six digits, between the shortest and the longest; `null`
 * without a sample.
 *
 * @param ratio 0 to 1
 * @throws TypeError when the sketch is damaged
 */
export function durationQuantileMs(figures: CallFigures, ratio: number): number | null {
  const estimateUs = figures.durations.quantileUs(ratio);
  if (estimateUs === null) return null;
  const minUs = figures.minDurationUs ?? estimateUs;
  const maxUs = figures.maxDurationUs ?? estimateUs;
  const clampedUs = Math.min(Math.max(estimateUs, minUs), maxUs);
  return Number((clampedUs / 1000).toPrecision(6));
}
