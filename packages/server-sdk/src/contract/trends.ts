import type { Freshness, Granularity, Instant, Project, Range, Totals } from './common.js';

/** One bucket, `[start, end)`, cut to the range: the first and the last may be shorter than the others. */
export interface TrendPoint {
  start: Instant;
  end: Instant;
  totals: Totals;
}

/** `GET /trends`: every bucket of the range in order; empty ones are zero calls. */
export interface Trends {
  granularity: Granularity;
  points: TrendPoint[];
  range: Range;
  freshness: Freshness;
}

/** `GET /projects/:appDid/trends`. */
export interface ProjectTrends extends Trends {
  project: Project;
}
