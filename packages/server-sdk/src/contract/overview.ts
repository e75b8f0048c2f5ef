import type { CallType, Freshness, Range, Totals } from './common.js';

/** Totals of one type of call. */
export interface TypeTotals extends Totals {
  type: CallType;
}

/** `GET /overview`. */
export interface Overview {
  totals: Totals;
  /** The equally long range just before; `null` when it starts before the user's first call. */
  previous: Totals | null;
  /** Projects with a call in the range. */
  activeProjects: number;
  /** Models with a call in the range. */
  activeModels: number;
  /** The most used first; adds up to `totals`. */
  byType: TypeTotals[];
  range: Range;
  freshness: Freshness;
}
