import type { FailureReason } from './advice.js';
import type { Freshness, Instant, Project, Range } from './common.js';

/** Failed calls for one reason, with one status code. */
export interface FailureItem {
  /** By the error reason of the calls, whose text may have a part of a prompt and is only in the call history. */
  reason: FailureReason;
  /** Status code of HTTP that the error reason names, 400 to 599; `null` where it names none. */
  statusCode: number | null;
  calls: number;
  /** Part of the failed calls of the range, 0 to 1. */
  share: number;
  /** Models that were called, the one that failed most often first. */
  models: string[];
  /** Start of the newest of the calls. */
  lastCallAt: Instant;
}

/** `GET /projects/:appDid/failures`: why calls of one project failed. */
export interface ProjectFailures {
  project: Project;
  /** The most frequent first. With `unsortedCalls` they add up to `failedCalls`. */
  items: FailureItem[];
  /** As `/projects/:appDid/stats` has them. */
  failedCalls: number;
  /** Failed calls whose reason was not read: they are archived, or before `sortedFrom`. */
  unsortedCalls: number;
  /** Failed calls from it on are in `items`: a response reads a limited number of calls, the newest. */
  sortedFrom: Instant;
  range: Range;
  freshness: Freshness;
}
