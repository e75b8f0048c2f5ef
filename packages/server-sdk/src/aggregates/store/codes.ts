import type { Scope } from '../model/aggregate.js';
import type { Granularity } from '../model/range-plan.js';

/** Codes of the widths of buckets in `model_call_stats`. @see docs/adr/0038-plain-rows.md */
export const GRANULARITIES = { month: 1, day: 2, hour: 3 } as const satisfies Record<
  Granularity,
  number
>;

/** Codes of what a row of `model_call_stats` is the sum of. */
export const SCOPES = { user: 0, model: 1, project: 2, projectModel: 3 } as const satisfies Record<
  Scope,
  number
>;
