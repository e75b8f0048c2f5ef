/** Names of the tables. Changed only together with a migration. */
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

/** The one row of `model_call_rollups`. */
export const ROLLUP_NAME = 'hourly';
