import type { Knex } from 'knex';

/**
 * Finds calls that have not ended, by their start. Holds no others where an index may leave rows out. MariaDB and MySQL have
 * no such index: there calls that have ended are in it, too, one after the other.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    isMysql(knex)
      ? 'create index model_calls_processing on model_calls (status, started_at_ms)'
      : `create index model_calls_processing on model_calls (started_at_ms) where status = 'processing'`,
  );
}

/** Drops the index. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop index model_calls_processing ${isMysql(knex) ? 'on model_calls' : ''}`);
}

function isMysql(knex: Knex): boolean {
  const { config } = knex.client as { config: Knex.Config };
  return /mysql|mariadb/.test(String(config.client));
}
