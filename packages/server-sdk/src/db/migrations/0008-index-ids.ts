import type { Knex } from 'knex';

/**
 * What a search for the beginning of an id or trace id needs: an index of trace ids, and on PostgreSQL both in the order of
 * their characters, which that of its database (by language) is not.
 */
export async function up(knex: Knex): Promise<void> {
  const name = databaseOf(knex);
  if (name === 'postgres') {
    await knex.raw(
      `alter table model_calls alter column id type varchar(128) collate "C",
         alter column trace_id type varchar(128) collate "C"`,
    );
  }
  const where = name === 'mysql' ? '' : 'where trace_id is not null';
  await knex.raw(`create index model_calls_trace on model_calls (user_did, trace_id) ${where}`);
}

/** Drops the index, and the order. */
export async function down(knex: Knex): Promise<void> {
  const name = databaseOf(knex);
  await knex.raw(`drop index model_calls_trace ${name === 'mysql' ? 'on model_calls' : ''}`);
  if (name !== 'postgres') return;
  await knex.raw(
    `alter table model_calls alter column id type varchar(128) collate "default",
       alter column trace_id type varchar(128) collate "default"`,
  );
}

function databaseOf(knex: Knex): 'sqlite' | 'postgres' | 'mysql' {
  const { config } = knex.client as { config: Knex.Config };
  const client = String(config.client);
  if (client.includes('sqlite')) return 'sqlite';
  return /mysql|mariadb/.test(client) ? 'mysql' : 'postgres';
}
