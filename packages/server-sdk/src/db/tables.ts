/** Names of the tables and of what their integer codes mean. Changed only together with a migration. */
export const TABLES = {
  calls: 'model_calls',
  stats: 'model_call_stats',
  projectStats: 'model_call_project_stats',
  keys: 'model_call_keys',
  dirtyHours: 'model_call_dirty_hours',
  rollups: 'model_call_rollups',
  users: 'model_call_users',
  archivedFirsts: 'model_call_archived_firsts',
} as const;

/** Kinds of keys that `model_call_keys` gives small integers to. */
export const KEY_KINDS = { user: 1, project: 2, model: 3 } as const;
export type KeyKind = keyof typeof KEY_KINDS;

/** Widths of their buckets. */
export const GRAINS = { month: 1, day: 2, hour: 3 } as const;

/** The one row of `model_call_rollups`. */
export const ROLLUP_NAME = 'hourly';
