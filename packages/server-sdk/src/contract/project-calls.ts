import type {
  CallStatus,
  CallType,
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
  type: CallType;
  usage: {
    inputTokens: number | null;
    outputTokens: number | null;
    totalTokens: number | null;
    /** Images, seconds or another unit of the type. */
    units: number | null;
  };
  /** Start to end, milliseconds; `null` while processing. */
  durationMs: number | null;
  /** Start to first byte, milliseconds. */
  ttfbMs: number | null;
  /** `null` when the cost is unknown. */
  credits: DecimalString | null;
  errorReason: string | null;
  metadata: Record<string, unknown> | null;
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
  range: Range;
  freshness: Freshness;
}
