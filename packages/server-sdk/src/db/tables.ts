/** Names of the tables and of what their integer codes mean. Changed only together with a migration. */
export const TABLES = {
  calls: 'model_calls',
  stats: 'model_call_stats',
  keys: 'model_call_keys',
  dirtyHours: 'model_call_dirty_hours',
  rollups: 'model_call_rollups',
  users: 'model_call_users',
} as const;

/** Kinds of keys that `model_call_keys` gives small integers to. */
export const KEY_KINDS = { user: 1, project: 2, model: 3 } as const;
export type KeyKind = keyof typeof KEY_KINDS;

/** Scopes of `model_call_stats` rows. */
export const SCOPES = { user: 0, project: 1 } as const;

/** Widths of their buckets. */
export const GRAINS = { hour: 1, day: 2, month: 3 } as const;

/** Stands for "all" in `app_id`: SQL holds nulls distinct, so a unique key needs a value. */
export const ALL = 0;

/** The one row of `model_call_rollups`. */
export const ROLLUP_NAME = 'hourly';
