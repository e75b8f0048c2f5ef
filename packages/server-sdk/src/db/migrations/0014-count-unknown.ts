import type { Knex } from 'knex';

const COUNTS = ['input_token_calls', 'output_token_calls', 'total_token_calls', 'credit_calls'];
const UNKNOWN = ['unknown_token_calls', 'unknown_credit_calls'];

/**
 * `model_call_stats`: of how many calls tokens and credits are known, so that a sum of none is told from 0. What is stored
 * already is taken to be of known ones; hours with a call of which something is not known are marked to be built again.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('model_call_stats', (table) => {
    for (const name of [...COUNTS, ...UNKNOWN]) table.bigInteger(name).notNullable().defaultTo(0);
  });
  await knex.raw(
    `update model_call_stats set ${COUNTS.map((name) => `${name} = calls`).join(', ')}`,
  );
  const hour = 'started_at_ms - mod(started_at_ms, 3600000)';
  const isSqlite = clientOf(knex).includes('sqlite');
  await knex.raw(
    `insert into model_call_dirty_hours (user_did, hour_ms)
     select distinct user_did, ${isSqlite ? 'started_at_ms - started_at_ms % 3600000' : hour}
     from model_calls
     where (credits_e8 is null or total_tokens is null or input_tokens is null or output_tokens is null)
       and started_at_ms < (select hours_through_ms from model_call_rollups where name = 'hourly')
     ${/mysql|mariadb/.test(clientOf(knex)) ? 'on duplicate key update hour_ms = values(hour_ms)' : 'on conflict do nothing'}`,
  );
}

/** Drops the counts. */
export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('model_call_stats', (table) => {
    for (const name of [...COUNTS, ...UNKNOWN]) table.dropColumn(name);
  });
}

function clientOf(knex: Knex): string {
  return String((knex.client as { config: Knex.Config }).config.client);
}
