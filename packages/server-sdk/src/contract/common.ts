/** Instant in UTC as RFC 3339 with milliseconds, e.g. `2026-11-22T10:00:00.000Z`. */
export type Instant = string;

/** Exact decimal number as text, e.g. `12.5`; never a binary floating-point number. */
export type DecimalString = string;

/** The project of calls recorded without one; a project like every other, not the user-level aggregate. */
export const UNASSIGNED_APP_DID = 'unassigned';

/** Kinds of work that a call requests from a model. */
export const CALL_TYPES = [
  'chatCompletion',
  'embedding',
  'imageGeneration',
  'audioGeneration',
  'video',
  'custom',
] as const;
export type CallType = (typeof CALL_TYPES)[number];

/** `processing` until the call ends, then `success` or `failed`, once. */
export const CALL_STATUSES = ['processing', 'success', 'failed'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

/**
 * Who named the cost of a call: the provider's answer, the host, or a price table; `unknown` without a cost.
 */
export const COST_SOURCES = ['reported', 'host', 'priced', 'unknown'] as const;
export type CostSource = (typeof COST_SOURCES)[number];

/**
 * The figures of a set of calls.
 *
 * `successfulCalls + failedCalls + processingCalls = calls`. A figure that cannot be known is `null`, never 0.
 */
export interface Totals {
  /** Calls that started in the range, processing ones included. */
  calls: number;
  successfulCalls: number;
  failedCalls: number;
  /** Calls that have not ended yet. */
  processingCalls: number;
  /** successful / (successful + failed), 0 to 1; `null` when no call has ended. */
  successRate: number | null;
  /**
   * Tokens of token-metered calls; images, seconds and other units are never added. The sum of the known ones; `null` when
   * no call of the set has any.
   */
  inputTokens: number | null;
  outputTokens: number | null;
  totalTokens: number | null;
  /** The part of `inputTokens` that was read from a prompt cache; `null` when no call of the set reported it. */
  cachedInputTokens: number | null;
  /** The part of `inputTokens` that was written to a prompt cache; `null` when no call of the set reported it. */
  cacheWriteTokens: number | null;
  /** The part of `outputTokens` that models reasoned with; `null` when no call of the set reported it. */
  reasoningTokens: number | null;
  /** Cached / input tokens of the calls that reported cached tokens, 0 to 1; `null` when none did. */
  cacheShare: number | null;
  /** Calls that reported cached tokens, which `cacheShare` is computed from. */
  cacheSamples: number;
  /** Credits of the calls, exact to 10 decimals: the sum of the known costs; `null` when no call of the set has one. */
  credits: DecimalString | null;
  /**
   * Money that the calls cost, exact to 10 decimals: the sum of the known costs in `currency`; `null` when calls ended and no
   * cost is known.
   */
  cost: DecimalString | null;
  /** ISO 4217 code of `cost`. */
  currency: string;
  /** Mean over successful calls, milliseconds; `null` without a sample. */
  averageDurationMs: number | null;
  /** 95th percentile (nearest rank) over successful calls, within 1 %, milliseconds; `null` without a sample. */
  p95DurationMs: number | null;
  /** Successful calls with a duration, which the average and the percentile are computed from. */
  durationSamples: number;
  /** Mean time to the first byte over successful calls, milliseconds; `null` without a sample. */
  averageTtfbMs: number | null;
  /** 95th percentile of the time to the first byte, within 1 %, milliseconds; `null` without a sample. */
  p95TtfbMs: number | null;
  /** Successful calls with a time to the first byte. */
  ttfbSamples: number;
  /**
   * Output tokens / seconds after the first byte, over the successful calls whose output tokens, duration and time to the
   * first byte are known; `null` without one.
   */
  outputTokensPerSecond: number | null;
  /** Ended, token-metered calls with unknown total tokens, which `totalTokens` does not include. */
  unknownTokenCalls: number;
  /** Ended calls with unknown credits, which `credits` does not include. */
  unknownCreditCalls: number;
  /** Ended calls without a known cost in `currency`, which `cost` does not include. */
  unpricedCalls: number;
}

/** Half-open `[from, to)`: a call at exactly `to` is outside. */
export interface Range {
  from: Instant;
  to: Instant;
  /** IANA zone that days and months are cut in. */
  timeZone: string;
}

/** How new a response is. */
export interface Freshness {
  /** When the response was computed. */
  asOf: Instant;
  /** Through when aggregates are built; later figures were computed from calls. `null` before the first rollup. */
  rolledUpThrough: Instant | null;
  /**
   * Calls before it are archived: they count, by whole UTC hours, and are not listed. Missing where all calls are stored.
   */
  archivedBefore?: Instant | undefined;
}

/** A project with its name and links; `null` where the host knows none. */
export interface Project {
  appDid: string;
  name: string | null;
  /** `http(s)` only. */
  logoUrl: string | null;
  /** `http(s)` only. */
  url: string | null;
}
