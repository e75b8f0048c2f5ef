import type { Freshness, Project, Range } from './common.js';

/** Calls whose duration is within two bounds. */
export interface LatencyBar {
  /** Exclusive, milliseconds. */
  fromMs: number;
  /** Inclusive, milliseconds. */
  toMs: number;
  calls: number;
}

/** `GET /projects/:appDid/latency`: how the durations of one project's successful calls are distributed. */
export interface ProjectLatency {
  project: Project;
  /**
   * At most 24, each next to the one before, from that of the shortest duration to that of the longest, also without calls.
   * Their widths grow with the duration; a call within 1 % of a bound may be counted on its other side. They add up to
   * `durationSamples`.
   */
  bars: LatencyBar[];
  /** Percentiles (nearest rank) within 1 %, milliseconds; `null` without a sample. */
  p50DurationMs: number | null;
  p95DurationMs: number | null;
  p99DurationMs: number | null;
  /** Mean, milliseconds; `null` without a sample. */
  averageDurationMs: number | null;
  /** Successful calls with a duration. */
  durationSamples: number;
  range: Range;
  freshness: Freshness;
}
