import type { Freshness, Instant, Project, Range, Totals } from './common.js';

/** Width of a trend's buckets, in the viewer's time zone. */
export const GRANULARITIES = ['hour', 'day', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** What the calls of a bucket can be broken down by. */
export const TREND_GROUPINGS = ['model', 'provider', 'type', 'project'] as const;
export type TrendGrouping = (typeof TREND_GROUPINGS)[number];

/** What the calls of a bucket of one project can be broken down by. */
export const PROJECT_TREND_GROUPINGS = ['model', 'provider', 'type'] as const;
export type ProjectTrendGrouping = (typeof PROJECT_TREND_GROUPINGS)[number];

/** The figures by which the largest groups are chosen. */
export const TREND_RANKINGS = ['calls', 'tokens', 'credits', 'cost'] as const;
export type TrendRanking = (typeof TREND_RANKINGS)[number];

/** What a trend can be compared with. */
export const TREND_COMPARISONS = ['previous'] as const;
export type TrendComparison = (typeof TREND_COMPARISONS)[number];

/** A group of the whole range; the order is that of the largest, the rest last. */
export interface TrendGroup {
  /** Model, id of the provider (empty: unknown), type, or DID of the project; `other` for the rest. */
  key: string;
  /** The host's name of a provider or project; `null` where it names none. */
  name: string | null;
  /** Whether it is the rest: everything that is in none of the others. A model may be called `other`, too. */
  isOther: boolean;
  totals: Totals;
}

/** A group's part of a bucket. */
export interface TrendPointGroup {
  key: string;
  totals: Totals;
}

/** One bucket, `[start, end)`, cut to the range: the first and the last may be shorter than the others. */
export interface TrendPoint {
  start: Instant;
  end: Instant;
  totals: Totals;
  /** With `groupBy`: every group of the trend in its order, also without calls. They add up to `totals`. */
  groups?: TrendPointGroup[] | undefined;
}

/** The period before a trend's range: as many buckets, each compared with the one at its place. */
export interface PreviousTrend {
  points: Omit<TrendPoint, 'groups'>[];
  range: Range;
}

/** `GET /trends`: every bucket of the range in order; empty ones are zero calls. */
export interface Trends {
  granularity: Granularity;
  points: TrendPoint[];
  /** With `groupBy`: the groups of all points. */
  groups?: TrendGroup[] | undefined;
  /** With `compare`; `null` when the first call came later, so that growth would be from nothing. */
  previous?: PreviousTrend | null | undefined;
  range: Range;
  freshness: Freshness;
}

/** `GET /projects/:appDid/trends`. */
export interface ProjectTrends extends Trends {
  project: Project;
}
