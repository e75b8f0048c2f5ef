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
    /** Images, seconds or what else the type is metered in. */
    units: number | null;
  };
  /** Start to end, milliseconds; `null` while processing. */
  durationMs: number | null;
  /** Start to first byte, milliseconds. */
  ttfbMs: number | null;
  /** `null` when the cost is not known. */
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
   * asked, or none, and still not be the last: an answer looks at so many calls and no more.
   */
  nextCursor: string | null;
  /** Calls that match, on all pages; `null` where a search or a shortest duration would have too many counted. */
  total: number | null;
  range: Range;
  freshness: Freshness;
}
