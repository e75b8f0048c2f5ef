import type { Knex } from 'knex';

const TABLE = 'model_alert_events';
const INDEX = 'model_alert_events_age';

/** By it the oldest events of all users are found, which are deleted after a time. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`create index ${INDEX} on ${TABLE} (occurred_at_ms)`);
}

/** Drops what {@link up} made. */
export async function down(knex: Knex): Promise<void> {
  const isMysql = /mysql|mariadb/.test((knex.client as Knex.Client).driverName);
  await knex.raw(`drop index ${INDEX}${isMysql ? ` on ${TABLE}` : ''}`);
}
