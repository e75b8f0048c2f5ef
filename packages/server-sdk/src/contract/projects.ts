import type { Freshness, Instant, Project, Range, Totals } from './common.js';

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

/** One project of the list. */
export interface ProjectItem extends Project {
  totals: Totals;
  /** Start of the newest call in the range. */
  lastCallAt: Instant;
}

/** `GET /projects`: the projects with a call in the range. */
export interface Projects {
  items: ProjectItem[];
  /** Matching projects on all pages. */
  total: number;
  page: number;
  pageSize: number;
  range: Range;
  freshness: Freshness;
}
