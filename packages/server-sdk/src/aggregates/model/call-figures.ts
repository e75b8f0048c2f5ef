import type { CallStatus, CallType, Totals } from '../../contract/common.js';
import { formatCredits } from '../../values/credits.js';
import { DurationSketch } from '../sketch/duration-sketch.js';
import { addExact, type ExactInteger } from '../../values/exact-integer.js';

const P95 = 0.95;

/** Types that are metered in tokens; the others are metered in `units`, e.g. images or seconds. */
export const TOKEN_METERED: ReadonlySet<CallType> = new Set([
  'chatCompletion',
  'embedding',
  'custom',
]);

/** The fields of a call that figures are computed from. */
export interface CountedCall {
  status: CallStatus;
  type: CallType;
  startedAtMs: number;
  durationUs: number | null;
  /** To the first byte. */
  ttfbUs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  totalTokens: number | null;
  /** Units of 1e-8 credits. */
  creditsE8: ExactInteger | null;
}

/** The figures of a set of calls, all of which can be added; the totals of the HTTP API derive from them. */
export class CallFigures {
  calls = 0;
  successfulCalls = 0;
  failedCalls = 0;
  inputTokens = 0;
  outputTokens = 0;
  totalTokens = 0;
  /** Units of 1e-8 credits. */
  credits: ExactInteger = 0;
  /** Calls whose input tokens are known. Without one the sum is unknown, not 0. */
  inputTokenCalls = 0;
  outputTokenCalls = 0;
  totalTokenCalls = 0;
  creditCalls = 0;
  /** Finished calls of a type that is metered in tokens, whose total tokens are not known. */
  unknownTokenCalls = 0;
  /** Finished calls whose credits are not known. */
  unknownCreditCalls = 0;
  /** Sum over successful calls with a duration, microseconds. */
  durationUs = 0;
  /** Successful calls with a duration. */
  durationSamples = 0;
  minDurationUs: number | null = null;
  maxDurationUs: number | null = null;
  /** Start of the newest call, epoch ms; `null` without a call, and in aggregates of models, which do not store it. */
  lastStartedAtMs: number | null = null;
  durations = new DurationSketch();
  /** Sum over successful calls with a TTFB, microseconds. */
  ttfbUs = 0;
  /** Successful calls with a TTFB. */
  ttfbSamples = 0;
  ttfbs = new DurationSketch();

  /** Units of 1e-8 credits. */
  get creditsE8(): bigint {
    return BigInt(this.credits);
  }

  /** Counts one call. */
  addCall(call: CountedCall): void {
    this.calls += 1;
    this.#addTokens(call);
    this.#addCredits(call);
    if (this.lastStartedAtMs === null || call.startedAtMs > this.lastStartedAtMs) {
      this.lastStartedAtMs = call.startedAtMs;
    }
    if (call.status === 'failed') this.failedCalls += 1;
    if (call.status !== 'success') return;
    this.successfulCalls += 1;
    // A clock that went back makes a negative duration, which is no sample.
    if (call.durationUs !== null && call.durationUs >= 0) this.#addDuration(call.durationUs);
    if (call.ttfbUs !== null && call.ttfbUs >= 0) {
      this.ttfbUs += call.ttfbUs;
      this.ttfbSamples += 1;
      this.ttfbs.add(call.ttfbUs);
    }
  }

  #addTokens({ inputTokens, outputTokens, totalTokens, status, type }: CountedCall): void {
    this.inputTokens += inputTokens ?? 0;
    this.outputTokens += outputTokens ?? 0;
    this.totalTokens += totalTokens ?? 0;
    if (inputTokens !== null) this.inputTokenCalls += 1;
    if (outputTokens !== null) this.outputTokenCalls += 1;
    if (totalTokens !== null) this.totalTokenCalls += 1;
    else if (status !== 'processing' && TOKEN_METERED.has(type)) this.unknownTokenCalls += 1;
  }

  #addCredits({ creditsE8, status }: CountedCall): void {
    if (creditsE8 !== null) {
      this.credits = addExact(this.credits, creditsE8);
      this.creditCalls += 1;
    } else if (status !== 'processing') this.unknownCreditCalls += 1;
  }

  #addDuration(us: number): void {
    this.durationUs += us;
    this.durationSamples += 1;
    if (this.minDurationUs === null || us < this.minDurationUs) this.minDurationUs = us;
    if (this.maxDurationUs === null || us > this.maxDurationUs) this.maxDurationUs = us;
    this.durations.add(us);
  }

  /** Adds other figures, in any order: each is a sum, a minimum or a maximum. */
  add(part: CallFigures): void {
    this.calls += part.calls;
    this.successfulCalls += part.successfulCalls;
    this.failedCalls += part.failedCalls;
    this.inputTokens += part.inputTokens;
    this.outputTokens += part.outputTokens;
    this.totalTokens += part.totalTokens;
    this.credits = addExact(this.credits, part.credits);
    this.inputTokenCalls += part.inputTokenCalls;
    this.outputTokenCalls += part.outputTokenCalls;
    this.totalTokenCalls += part.totalTokenCalls;
    this.creditCalls += part.creditCalls;
    this.unknownTokenCalls += part.unknownTokenCalls;
    this.unknownCreditCalls += part.unknownCreditCalls;
    this.durationUs += part.durationUs;
    this.durationSamples += part.durationSamples;
    this.minDurationUs = minKnown(this.minDurationUs, part.minDurationUs);
    this.maxDurationUs = maxKnown(this.maxDurationUs, part.maxDurationUs);
    this.lastStartedAtMs = maxKnown(this.lastStartedAtMs, part.lastStartedAtMs);
    this.durations.merge(part.durations);
    this.ttfbUs += part.ttfbUs;
    this.ttfbSamples += part.ttfbSamples;
    this.ttfbs.merge(part.ttfbs);
  }
}

/** The sum of many figures, which are not changed. */
export function sumFigures(parts: Iterable<CallFigures>): CallFigures {
  const sum = new CallFigures();
  for (const part of parts) sum.add(part);
  return sum;
}

/** The figures of a group; adds empty ones for a new group. */
export function getOrAddFigures<Key>(groups: Map<Key, CallFigures>, key: Key): CallFigures {
  const known = groups.get(key);
  if (known) return known;
  const figures = new CallFigures();
  groups.set(key, figures);
  return figures;
}

/** The totals of figures, as the HTTP API returns them. */
export function toTotals(figures: CallFigures): Totals {
  const { calls, successfulCalls, failedCalls } = figures;
  const finished = successfulCalls + failedCalls;
  return {
    calls,
    successfulCalls,
    failedCalls,
    processingCalls: calls - finished,
    successRate: finished === 0 ? null : successfulCalls / finished,
    ...toTokenTotals(figures),
    credits: toCredits(figures),
    unknownCreditCalls: figures.unknownCreditCalls,
    averageDurationMs: averageDurationMs(figures),
    p95DurationMs: p95DurationMs(figures),
    durationSamples: figures.durationSamples,
  };
}

type TokenTotals = Pick<
  Totals,
  'inputTokens' | 'outputTokens' | 'totalTokens' | 'unknownTokenCalls'
>;

/** Sums over the calls whose tokens are known; `null` where calls are metered in tokens and none are known. */
function toTokenTotals(figures: CallFigures): TokenTotals {
  const { inputTokenCalls, outputTokenCalls, totalTokenCalls, unknownTokenCalls } = figures;
  const isAwaited = unknownTokenCalls > 0 || isProcessing(figures);
  const isMetered = isAwaited || totalTokenCalls > 0;
  return {
    inputTokens: inputTokenCalls === 0 && isMetered ? null : figures.inputTokens,
    outputTokens: outputTokenCalls === 0 && isMetered ? null : figures.outputTokens,
    totalTokens: computeTotalTokens(figures),
    unknownTokenCalls,
  };
}

/** Sum of the known tokens; `null` where calls are metered in tokens and none are known. */
export function computeTotalTokens(figures: CallFigures): number | null {
  const isAwaited = figures.unknownTokenCalls > 0 || isProcessing(figures);
  return figures.totalTokenCalls === 0 && isAwaited ? null : figures.totalTokens;
}

/** Sum of the known credits, units of 1e-8; `null` where there are calls and none are known. */
export function readCredits(figures: CallFigures): ExactInteger | null {
  const isAwaited = figures.unknownCreditCalls > 0 || isProcessing(figures);
  return figures.creditCalls === 0 && isAwaited ? null : figures.credits;
}

function toCredits(figures: CallFigures): string | null {
  const credits = readCredits(figures);
  return credits === null ? null : formatCredits(BigInt(credits));
}

function isProcessing({ calls, successfulCalls, failedCalls }: CallFigures): boolean {
  return calls > successfulCalls + failedCalls;
}

/** Mean over successful calls, milliseconds to the microsecond; `null` without a sample. */
export function averageDurationMs(figures: CallFigures): number | null {
  if (figures.durationSamples === 0) return null;
  return Number((figures.durationUs / figures.durationSamples / 1000).toFixed(3));
}

/**
 * 95th percentile over successful calls, milliseconds to six digits, between the shortest and the longest; `null` without a
 * sample.
 *
 * @throws TypeError when the sketch is damaged
 */
export function p95DurationMs(figures: CallFigures): number | null {
  const estimateUs = figures.durations.quantileUs(P95);
  if (estimateUs === null) return null;
  const minUs = figures.minDurationUs ?? estimateUs;
  const maxUs = figures.maxDurationUs ?? estimateUs;
  const clampedUs = Math.min(Math.max(estimateUs, minUs), maxUs);
  return Number((clampedUs / 1000).toPrecision(6));
}

function minKnown(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null || a < b ? a : b;
}

function maxKnown(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null || a > b ? a : b;
}
