/** The name of the one row of `model_call_rollups`. */
export const ROLLUP_NAME = 'hourly';

/** Every table of Usage Kit but those that Knex makes for migrations. */
export const ALL_TABLES: readonly string[] = [
  ...['model_calls', 'model_call_stats', 'model_call_projects', 'model_call_models'],
  ...['model_call_users', 'model_call_dirty_hours', 'model_call_slots', 'model_call_rollups'],
  ...['model_quota_snapshots', 'model_embed_generations', 'model_call_secrets'],
  ...['model_alert_events', 'model_alert_deliveries', 'model_alert_webhooks'],
  ...['model_alert_rules', 'model_alert_states', 'model_alert_users', 'model_alert_backdated'],
];
