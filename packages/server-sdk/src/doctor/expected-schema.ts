/**
 * What the tables and views of this version have, after its last migration; `usage-kit doctor` compares. A test holds it against a
 * database that was just migrated.
 */
export const EXPECTED_COLUMNS: Readonly<Record<string, string>> = {
  model_calls: [
    'user_did id trace_id app_did model provider type status started_at_ms duration_us',
    'ttfb_us input_tokens output_tokens total_tokens units credits_e8 credits_rest_e10',
    'cached_input_tokens cache_write_tokens reasoning_tokens cost_e10 currency cost_source',
    'price_table error_reason metadata recorded_at_ms',
  ].join(' '),
  model_call_stats: [
    'user_did granularity bucket scope app_id model_id calls successful_calls failed_calls',
    'input_tokens output_tokens total_tokens credits_e8 credits_rest_e10 duration_us',
    'duration_samples min_duration_us max_duration_us last_started_at_ms durations',
    'input_token_calls output_token_calls total_token_calls credit_calls unknown_token_calls',
    'unknown_credit_calls ttfb_us ttfb_samples ttfbs cached_input_tokens',
    'cached_input_token_calls cached_input_base_tokens cache_write_tokens',
    'cache_write_token_calls reasoning_tokens reasoning_token_calls generated_tokens',
    'generation_us cost_e10 cost_calls',
  ].join(' '),
  model_call_projects: 'user_did app_id app_did archived_first_ms',
  model_call_models: 'user_did model_id model provider type',
  model_call_dirty_hours: 'user_did hour_ms revision',
  model_quota_snapshots: 'user_did answered_at_ms answer',
  model_embed_generations: 'user_did generation',
  model_idempotency_keys: 'user_did key_hash fingerprint attempt status body created_at_ms',
  model_alert_rules: 'user_did rule_id kind definition created_at_ms updated_at_ms',
  model_alert_states: 'user_did rule_id state acknowledged_at_ms snoozed_until_ms',
  model_alert_users: 'user_did revision due_at_ms',
  model_alert_backdated: 'user_did quarter_ms parts',
  model_alert_events: [
    'user_did id rule_id type metric scope level value threshold period_start_ms',
    'occurred_at_ms name',
  ].join(' '),
  model_alert_deliveries: [
    'user_did event_id channel status attempts next_attempt_at_ms leased_by delivered_at_ms',
    'last_status last_error',
  ].join(' '),
  model_advice_states: 'user_did advice_id state changed_at_ms advice',
  model_call_users: [
    'user_did version slot due_at_ms claimed_through_ms built_through_ms days_through_ms',
    'months_through_ms archived_before_ms rollup_revision',
  ].join(' '),
  model_call_slots: 'slot owner lease_until_ms swept_through_ms',
  model_call_rollups: [
    'name last_success_at_ms last_failure_at_ms last_failure calls_table currency',
    'changes_through_ms scanned_through_ms scan_state',
  ].join(' '),
  model_call_secrets: 'purpose id secret created_at_ms',
  model_alert_webhooks: 'id url_digest disabled_at_ms',
  usage_hourly: [
    'user_did hour_start app_did calls successful_calls failed_calls processing_calls',
    'input_tokens output_tokens total_tokens unknown_token_calls credits credits_e8',
    'credits_rest_e10 unknown_credit_calls duration_ms duration_samples ttfb_ms ttfb_samples',
    'cached_input_tokens cached_input_token_calls cached_input_base_tokens cache_write_tokens',
    'cache_write_token_calls reasoning_tokens reasoning_token_calls generated_tokens',
    'generation_ms cost cost_e10 currency unpriced_calls',
  ].join(' '),
  usage_daily: [
    'user_did day_start app_did model provider type calls successful_calls failed_calls',
    'processing_calls input_tokens output_tokens total_tokens unknown_token_calls credits',
    'credits_e8 credits_rest_e10 unknown_credit_calls duration_ms duration_samples ttfb_ms',
    'ttfb_samples cached_input_tokens cached_input_token_calls cached_input_base_tokens',
    'cache_write_tokens cache_write_token_calls reasoning_tokens reasoning_token_calls',
    'generated_tokens generation_ms cost cost_e10 currency unpriced_calls',
  ].join(' '),
  usage_calls: [
    'user_did id trace_id app_did model provider type status started_at duration_ms ttfb_ms',
    'input_tokens output_tokens total_tokens units credits credits_e8 credits_rest_e10',
    'cached_input_tokens cache_write_tokens reasoning_tokens cost cost_e10 currency',
    'cost_source price_table error_reason metadata',
  ].join(' '),
};

/** The indexes of those tables that have a name. */
export const EXPECTED_INDEXES: readonly string[] = [
  'model_alert_deliveries_due',
  'model_alert_events_age',
  'model_alert_events_time',
  'model_alert_users_due',
  'model_call_models_name',
  'model_call_projects_did',
  'model_call_users_due',
  'model_calls_processing',
  'model_calls_project_duration',
  'model_calls_project_time',
  'model_calls_time',
  'model_calls_trace',
  'model_calls_user_time',
];
