import type { Freshness, Project, Range, Totals } from './common.js';

/** One model of a project, all its types of call together. */
export interface ModelItem {
  model: string;
  provider: string | null;
  totals: Totals;
  /** Part of the project's calls in the range, 0 to 1. */
  share: number;
}

/** `GET /projects/:appDid/models`, the most used first; adds up to the project. */
export interface ProjectModels {
  project: Project;
  items: ModelItem[];
  range: Range;
  freshness: Freshness;
}
