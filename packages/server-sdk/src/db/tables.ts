/** The name of the one row of `model_call_rollups`. */
export const ROLLUP_NAME = 'hourly';

/**
 * Every table with rows of users, in a column `user_did` that begins its key. Calls are the first: where tables are spread, rows of
 * the others are stored where the user's calls are. Users are the last: the triggers on calls write there while a user is
 * erased.
 */
export const USER_TABLES = [
  'model_calls',
  'model_call_stats',
  'model_call_projects',
  'model_call_models',
  'model_call_dirty_hours',
  'model_quota_snapshots',
  'model_embed_generations',
  'model_idempotency_keys',
  'model_alert_rules',
  'model_alert_states',
  'model_alert_users',
  'model_alert_backdated',
  'model_alert_events',
  'model_alert_deliveries',
  'model_advice_states',
  'model_call_users',
] as const;

/** Small tables without rows of users. */
export const SHARED_TABLES = [
  'model_call_slots',
  'model_call_rollups',
  'model_call_secrets',
  'model_alert_webhooks',
] as const;

/** Every table of Usage Kit but those that Knex makes for migrations. */
export const ALL_TABLES: readonly string[] = [...USER_TABLES, ...SHARED_TABLES];
