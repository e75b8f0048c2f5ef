import type { DecimalString, Freshness, Instant, Project, Range, Totals } from './common.js';

export const PROJECT_SORTS = [
  'name',
  'calls',
  'tokens',
  'credits',
  'cost',
  'successRate',
  'averageDuration',
  'p95Duration',
  'lastCall',
] as const;
export type ProjectSort = (typeof PROJECT_SORTS)[number];

/** The figures that a sparkline can be of: those that add up. */
export const SPARKLINE_METRICS = ['calls', 'tokens', 'credits', 'cost'] as const;
export type SparklineMetric = (typeof SPARKLINE_METRICS)[number];

/** Calls or tokens as a number, credits or money as a decimal; `null` when calls were made and it is known of none. */
export type SparklineValue = number | DecimalString | null;

/** One project of the list. */
export interface ProjectItem extends Project {
  totals: Totals;
  /** Start of the newest call in the range. */
  lastCallAt: Instant;
  /** With `sparkline`: a value for each of the list's points, in their order. They add up to that of `totals`. */
  sparkline?: SparklineValue[] | undefined;
}

/** The buckets of the sparklines of a list, at most 60: local hours or days of the range, some of them together. */
export interface SparklinePoints {
  metric: SparklineMetric;
  /** `[start, end)` in order, without a gap; the first and the last may be shorter than the others. */
  points: { start: Instant; end: Instant }[];
}

/** `GET /projects`: the projects with a call in the range. */
export interface Projects {
  items: ProjectItem[];
  /** Matching projects on all pages. */
  total: number;
  page: number;
  pageSize: number;
  /** Of all projects with a call in the range, also of those on other pages and those that a search leaves out. */
  totals: Totals;
  /** With `sparkline`. */
  sparkline?: SparklinePoints | undefined;
  range: Range;
  freshness: Freshness;
}
