/**
 * Events of alerts, a delivery for each of their channels, and webhooks that are disabled. All databases take the same types; MySQL and MariaDB need a
 * collation that takes no two texts for equal, as 0001 has it.
 *
 * @param suffix what follows the columns of a table
 */
export function writeOutboxStatements(suffix: string): string[] {
  return [
    `create table model_alert_events (
      -- Empty: an event of the operator's.
      user_did varchar(255) not null,
      id varchar(64) not null,
      rule_id varchar(64) not null,
      type varchar(16) not null,
      metric varchar(32) not null,
      -- JSON.
      scope text not null,
      level varchar(32) not null,
      -- Decimals as text; null: not known.
      value varchar(64),
      threshold varchar(64) not null,
      period_start_ms bigint,
      occurred_at_ms bigint not null,
      name text not null,
      primary key (user_did, id)
    )${suffix}`,
    'create index model_alert_events_time on model_alert_events (user_did, occurred_at_ms, id)',
    `create table model_alert_deliveries (
      user_did varchar(255) not null,
      event_id varchar(64) not null,
      -- callback, or webhook: and the id of the host's webhook.
      channel varchar(80) not null,
      -- pending, sending, delivered or dead.
      status varchar(16) not null,
      -- Attempts that began.
      attempts integer not null,
      -- Earliest next attempt, by the database's clock; while one is in progress, when its lease ends.
      next_attempt_at_ms bigint not null,
      -- The worker and its lease; null: none.
      leased_by varchar(64),
      delivered_at_ms bigint,
      -- HTTP status of the last response; null: none.
      last_status integer,
      last_error varchar(500),
      primary key (user_did, event_id, channel)
    )${suffix}`,
    `create index model_alert_deliveries_due
      on model_alert_deliveries (status, next_attempt_at_ms)`,
    // Webhooks of the host that responded 410.
    `create table model_alert_webhooks (
      id varchar(64) not null primary key,
      -- SHA-256 of its URL: another one is not disabled.
      url_digest varchar(64) not null,
      disabled_at_ms bigint not null
    )${suffix}`,
  ];
}
