import type { Knex } from 'knex';

/** `model_call_secrets`: keys with which instances of one database authenticate what clients send back. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('model_call_secrets', (table) => {
    table.string('purpose', 32).notNullable();
    table.string('id', 32).notNullable();
    /** Base64url of random bytes. */
    table.string('secret', 64).notNullable();
    table.bigInteger('created_at_ms').notNullable();
    table.primary(['purpose', 'id']);
  });
}

/** Drops the keys: cursors made with them are refused. */
export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('model_call_secrets');
}
