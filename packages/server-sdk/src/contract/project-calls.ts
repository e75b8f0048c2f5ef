import type {
  CallStatus,
  CallType,
  CostSource,
  DecimalString,
  Freshness,
  Instant,
  Project,
  Range,
} from './common.js';

export const CALL_SORTS = ['time', 'duration'] as const;
export type CallSort = (typeof CALL_SORTS)[number];

/** One call as the history shows it. */
export interface CallItem {
  id: string;
  traceId: string | null;
  startedAt: Instant;
  status: CallStatus;
  model: string;
  provider: string | null;
  /** The host's name of the provider; `null` where it names none. */
  providerName: string | null;
  /** The host's logo of the provider, `http(s)` only. */
  providerLogoUrl: string | null;
  type: CallType;
  usage: {
    inputTokens: number | null;
    outputTokens: number | null;
    totalTokens: number | null;
    /** Images, seconds or another unit of the type. */
    units: number | null;
    /** Part of the input tokens; `null` when the provider did not report it, as the next two. */
    cachedInputTokens: number | null;
    /** Part of the input tokens. */
    cacheWriteTokens: number | null;
    /** Part of the output tokens. */
    reasoningTokens: number | null;
  };
  /** Start to end, milliseconds; `null` while processing. */
  durationMs: number | null;
  /** Start to first byte, milliseconds. */
  ttfbMs: number | null;
  /** `null` when the cost is unknown. */
  credits: DecimalString | null;
  /** Money; `null` when the cost is unknown. */
  cost: DecimalString | null;
  /** ISO 4217 code of `cost`; `null` without one. */
  currency: string | null;
  costSource: CostSource;
  /** Name and version of the price table; `null` for a cost that none named. */
  priceTable: string | null;
  errorReason: string | null;
  metadata: Record<string, unknown> | null;
}

/** How many calls a value of a filter lists together with the other filters. */
export interface ValueCount {
  value: string;
  /** `null` where too many calls would have to be read: with a search or a minimum duration over many. */
  calls: number | null;
}

/** The values of the range, each filter's without that filter: of models the most used, 200 at most. */
export interface CallCounts {
  /** The most used first. */
  model: ValueCount[];
  /** All statuses. */
  status: ValueCount[];
  /** Those of the range, the most used first. */
  type: ValueCount[];
}

/** `GET /projects/:appDid/calls`. */
export interface ProjectCalls {
  project: Project;
  items: CallItem[];
  /**
   * Pass as `cursor` for the next page; `null` on the last one. A page of a search or a filter may have fewer items than
   * requested, or none, and still not be the last: a response scans a limited number of calls.
   */
  nextCursor: string | null;
  /** Matching calls on all pages; `null` where a search or a minimum duration would count too many. */
  total: number | null;
  /** With `counts`. */
  counts?: CallCounts | undefined;
  range: Range;
  freshness: Freshness;
}
