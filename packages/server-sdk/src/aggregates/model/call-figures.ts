import type { CallStatus, CallType } from '../../contract/common.js';
import { DurationSketch } from '../sketch/duration-sketch.js';
import { addExact, type ExactInteger } from '../../values/amounts.js';

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
  /** Units of 1e-10 credits. */
  creditsE10: ExactInteger | null;
  /** Parts of the input tokens. */
  cachedInputTokens: number | null;
  cacheWriteTokens: number | null;
  /** Part of the output tokens. */
  reasoningTokens: number | null;
  /** Money in the currency of all figures, units of 1e-10. */
  costE10: ExactInteger | null;
}

/** The figures of a set of calls, all of which can be added; the totals of the HTTP API derive from them. */
export class CallFigures {
  calls = 0;
  successfulCalls = 0;
  failedCalls = 0;
  inputTokens = 0;
  outputTokens = 0;
  totalTokens = 0;
  /** Units of 1e-10 credits. */
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
  /** Parts of the input tokens, and the calls that reported them. */
  cachedInputTokens = 0;
  cachedInputTokenCalls = 0;
  /** Input tokens of the calls that reported cached ones. */
  cachedInputBaseTokens = 0;
  cacheWriteTokens = 0;
  cacheWriteTokenCalls = 0;
  /** Part of the output tokens. */
  reasoningTokens = 0;
  reasoningTokenCalls = 0;
  /** Output tokens of the successful calls with a time after the first byte, and that time, microseconds. */
  generatedTokens = 0;
  generationUs = 0;
  /** Money in the currency of all figures, units of 1e-10. */
  cost: ExactInteger = 0;
  /** Ended calls with a known cost. */
  costCalls = 0;

  /** Units of 1e-10 credits. */
  get creditsE10(): bigint {
    return BigInt(this.credits);
  }

  /** Counts one call. */
  addCall(call: CountedCall): void {
    this.calls += 1;
    this.#addTokens(call);
    this.#addTokenParts(call);
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
    this.#addGeneration(call);
  }

  /** A response that came whole has no time after its first byte. */
  #addGeneration({ outputTokens, durationUs, ttfbUs }: CountedCall): void {
    if (outputTokens === null || durationUs === null || ttfbUs === null || ttfbUs < 0) return;
    if (durationUs <= ttfbUs) return;
    this.generatedTokens += outputTokens;
    this.generationUs += durationUs - ttfbUs;
  }

  #addTokenParts(call: CountedCall): void {
    const { inputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens } = call;
    if (cachedInputTokens !== null) {
      this.cachedInputTokens += cachedInputTokens;
      this.cachedInputTokenCalls += 1;
      this.cachedInputBaseTokens += inputTokens ?? 0;
    }
    if (cacheWriteTokens !== null) {
      this.cacheWriteTokens += cacheWriteTokens;
      this.cacheWriteTokenCalls += 1;
    }
    if (reasoningTokens !== null) {
      this.reasoningTokens += reasoningTokens;
      this.reasoningTokenCalls += 1;
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

  #addCredits({ creditsE10, costE10, status }: CountedCall): void {
    if (costE10 !== null && status !== 'processing') {
      this.cost = addExact(this.cost, costE10);
      this.costCalls += 1;
    }
    if (creditsE10 !== null) {
      this.credits = addExact(this.credits, creditsE10);
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
    this.cachedInputTokens += part.cachedInputTokens;
    this.cachedInputTokenCalls += part.cachedInputTokenCalls;
    this.cachedInputBaseTokens += part.cachedInputBaseTokens;
    this.cacheWriteTokens += part.cacheWriteTokens;
    this.cacheWriteTokenCalls += part.cacheWriteTokenCalls;
    this.reasoningTokens += part.reasoningTokens;
    this.reasoningTokenCalls += part.reasoningTokenCalls;
    this.generatedTokens += part.generatedTokens;
    this.generationUs += part.generationUs;
    this.cost = addExact(this.cost, part.cost);
    this.costCalls += part.costCalls;
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

function minKnown(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null || a < b ? a : b;
}

function maxKnown(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null || a > b ? a : b;
}
