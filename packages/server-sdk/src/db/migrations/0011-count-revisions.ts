import type { Knex } from 'knex';

/**
 * `model_calls.revision`: how often the recorder replaced the call. By it the insert itself tells which calls were new,
 * whoever stored one a moment before.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('model_calls', (table) => {
    table.integer('revision').notNullable().defaultTo(0);
  });
}

/** Drops the column; in plain SQL, because Knex would copy SQLite's table and lose its triggers. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table model_calls drop column revision');
}
