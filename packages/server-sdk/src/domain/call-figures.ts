import type { Totals } from '../contract/common.js';
import { formatCredits } from './credits.js';
import { DurationSketch } from './duration-sketch.js';

/** The figures of a set of calls that add up; everything shown derives from them. */
export interface CallFigures {
  calls: number;
  successfulCalls: number;
  failedCalls: number;
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  /** Units of 1e-8 credits. */
  creditsE8: bigint;
  /** Sum over successful calls with a duration, microseconds. */
  durationUs: number;
  /** Successful calls with a duration. */
  durationSamples: number;
  minDurationUs: number | null;
  maxDurationUs: number | null;
  /** Start of the newest call, epoch ms. */
  lastStartedAtMs: number | null;
  durations: DurationSketch;
}

/** Figures of no calls. */
export function zeroFigures(): CallFigures {
  return {
    calls: 0,
    successfulCalls: 0,
    failedCalls: 0,
    inputTokens: 0,
    outputTokens: 0,
    totalTokens: 0,
    creditsE8: 0n,
    durationUs: 0,
    durationSamples: 0,
    minDurationUs: null,
    maxDurationUs: null,
    lastStartedAtMs: null,
    durations: new DurationSketch(),
  };
}

/** Adds `part` to `whole` in place. Order does not matter: every figure is a sum, a minimum or a maximum. */
export function addFigures(whole: CallFigures, part: CallFigures): void {
  whole.calls += part.calls;
  whole.successfulCalls += part.successfulCalls;
  whole.failedCalls += part.failedCalls;
  whole.inputTokens += part.inputTokens;
  whole.outputTokens += part.outputTokens;
  whole.totalTokens += part.totalTokens;
  whole.creditsE8 += part.creditsE8;
  whole.durationUs += part.durationUs;
  whole.durationSamples += part.durationSamples;
  whole.minDurationUs = pick(Math.min, whole.minDurationUs, part.minDurationUs);
  whole.maxDurationUs = pick(Math.max, whole.maxDurationUs, part.maxDurationUs);
  whole.lastStartedAtMs = pick(Math.max, whole.lastStartedAtMs, part.lastStartedAtMs);
  whole.durations.merge(part.durations);
}

/** The sum of many figures; the parts are left alone. */
export function sumFigures(parts: Iterable<CallFigures>): CallFigures {
  const whole = zeroFigures();
  for (const part of parts) addFigures(whole, part);
  return whole;
}

/** What the API says of a set of calls. */
export function toTotals(figures: CallFigures): Totals {
  const { calls, successfulCalls, failedCalls } = figures;
  const finished = successfulCalls + failedCalls;
  return {
    calls,
    successfulCalls,
    failedCalls,
    processingCalls: calls - finished,
    successRate: finished === 0 ? null : successfulCalls / finished,
    inputTokens: figures.inputTokens,
    outputTokens: figures.outputTokens,
    totalTokens: figures.totalTokens,
    credits: formatCredits(figures.creditsE8),
    averageDurationMs: averageDurationMs(figures),
    p95DurationMs: p95DurationMs(figures),
    durationSamples: figures.durationSamples,
  };
}

/** Mean over successful calls, milliseconds to the microsecond; `null` without a sample. */
export function averageDurationMs(figures: CallFigures): number | null {
  if (figures.durationSamples === 0) return null;
  return Number((figures.durationUs / figures.durationSamples / 1000).toFixed(3));
}

/** 95th percentile over successful calls, milliseconds to six digits, clamped to what was seen; `null` without a sample. */
export function p95DurationMs(figures: CallFigures): number | null {
  const estimateUs = figures.durations.quantileUs(0.95);
  if (estimateUs === null) return null;
  const lowestUs = figures.minDurationUs ?? estimateUs;
  const highestUs = figures.maxDurationUs ?? estimateUs;
  const clampedUs = Math.min(Math.max(estimateUs, lowestUs), highestUs);
  return Number((clampedUs / 1000).toPrecision(6));
}

function pick(
  choose: (a: number, b: number) => number,
  a: number | null,
  b: number | null,
): number | null {
  if (a === null) return b;
  return b === null ? a : choose(a, b);
}
