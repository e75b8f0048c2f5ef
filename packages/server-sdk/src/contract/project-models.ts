import type { Freshness, Project, Range, Totals } from './common.js';

/** One model of a project, all its types of call and providers together. */
export interface ModelItem {
  model: string;
  /** The only provider that served it; `null` where none is known, or several did. */
  provider: string | null;
  /** The known providers that served it, sorted. */
  providers: string[];
  /** The host's name of `provider`; `null` where it names none. */
  providerName: string | null;
  /** The host's logo of `provider`, `http(s)` only. */
  providerLogoUrl: string | null;
  /** Names of `providers`, in their order: the host's, else the id. */
  providerNames: string[];
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
