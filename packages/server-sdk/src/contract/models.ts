import type { Freshness, Range } from './common.js';
import type { ModelItem } from './project-models.js';

/** `GET /models`: the models of all projects, the most used first; adds up to the overview. */
export interface Models {
  /** `share` is the part of the account's calls in the range. */
  items: ModelItem[];
  range: Range;
  freshness: Freshness;
}
