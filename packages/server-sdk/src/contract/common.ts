import type { ErrorCode } from './error-codes.js';

/** Instant in UTC as RFC 3339 with milliseconds, e.g. `2026-11-22T10:00:00.000Z`. */
export type Instant = string;

/** Exact decimal number as text, e.g. `12.5`; never a binary float. */
export type DecimalString = string;

/** The project of calls recorded without one; a project like every other, not the user-level aggregate. */
export const UNASSIGNED_APP_DID = 'unassigned';

/** What kind of work a call asked of a model. */
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

/** Width of a trend's buckets, in the viewer's time zone. */
export const GRANULARITIES = ['hour', 'day', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

export const SORT_ORDERS = ['asc', 'desc'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

/**
 * The summable figures of a set of calls, and what derives from them.
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
  /** successful / (successful + failed), 0 to 1; `null` when nothing has finished. */
  successRate: number | null;
  /**
   * Tokens of token-metered calls; images, seconds and other units are never added. The sum of those that are known; `null`
   * when calls were made and none is.
   */
  inputTokens: number | null;
  outputTokens: number | null;
  totalTokens: number | null;
  /** What the calls cost, exact to 8 decimals: the sum of the known costs; `null` when calls were made and none is known. */
  credits: DecimalString | null;
  /** Mean over successful calls, milliseconds; `null` without a sample. */
  averageDurationMs: number | null;
  /** 95th percentile (nearest rank) over successful calls, within 1 %, milliseconds; `null` without a sample. */
  p95DurationMs: number | null;
  /** Successful calls with a duration: what the average and the percentile rest on. */
  durationSamples: number;
  /** Finished, token-metered calls without known total tokens: `totalTokens` is without them. */
  unknownTokenCalls: number;
  /** Finished calls without known credits: `credits` is without them. */
  unknownCreditCalls: number;
}

/** Half-open `[from, to)`: a call at exactly `to` is outside. */
export interface Range {
  from: Instant;
  to: Instant;
  /** IANA zone that days and months are cut in. */
  timeZone: string;
}

/** How new an answer is. */
export interface Freshness {
  /** When the answer was computed. */
  asOf: Instant;
  /** How far the pre-aggregates reach; everything later was computed from the calls. `null` before the first rollup. */
  rolledUpThrough: Instant | null;
  /**
   * Calls before it are archived: they count, by whole UTC hours, and are not listed. Not there where every call is kept.
   */
  archivedBefore?: Instant | undefined;
}

/** A project as people know it. Name and links are `null` where the host knows none. */
export interface Project {
  appDid: string;
  name: string | null;
  /** `http(s)` only. */
  logoUrl: string | null;
  /** `http(s)` only. */
  url: string | null;
}

/** RFC 9457 problem document, `application/problem+json`. */
export interface Problem {
  /** URN of the kind of problem, e.g. `urn:usage-kit:problem:project-not-found`. */
  type: string;
  title: string;
  status: number;
  detail: string;
  /** Stable name for programs, e.g. `PROJECT_NOT_FOUND`. */
  code: ErrorCode;
  /** Names this request in the server's log. */
  requestId: string;
  /** The parameters that were refused and why. */
  errors?: { parameter: string; detail: string }[];
}
