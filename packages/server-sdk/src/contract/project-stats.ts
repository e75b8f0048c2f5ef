import type { Freshness, Project, Range, Totals } from './common.js';

/** `GET /projects/:appDid/stats`. */
export interface ProjectStats {
  project: Project;
  totals: Totals;
  /** The equally long range just before; `null` when it starts before the user's first call. */
  previous: Totals | null;
  range: Range;
  freshness: Freshness;
}
