import type { Scope } from '../aggregates/model/aggregate.js';

/** Names of the tables and of what their integer codes mean. Changed only together with a migration. */
export const TABLES = {
  calls: 'model_calls',
  stats: 'model_call_stats',
  projects: 'model_call_projects',
  models: 'model_call_models',
  dirtyHours: 'model_call_dirty_hours',
  users: 'model_call_users',
  slots: 'model_call_slots',
  rollups: 'model_call_rollups',
} as const;

/** Codes of the widths of buckets, see docs/adr/0038-plain-rows.md. */
export const GRANULARITIES = { month: 1, day: 2, hour: 3 } as const;

/** Codes of what a row is the sum of. */
export const SCOPES = { user: 0, model: 1, project: 2, projectModel: 3 } as const satisfies Record<
  Scope,
  number
>;

/** How many slots users are spread over. */
export const SLOT_COUNT = 64;

/** The one row of `model_call_rollups`. */
export const ROLLUP_NAME = 'hourly';
