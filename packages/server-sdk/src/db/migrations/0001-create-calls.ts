import type { Knex } from 'knex';

/** `model_calls`: one row a call. Frozen: later changes are later migrations. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('model_calls', (table) => {
    table.string('user_did', 255).notNullable();
    table.string('id', 128).notNullable();
    table.string('trace_id', 128);
    table.string('app_did', 255).notNullable().defaultTo('unassigned');
    table.string('model', 255).notNullable();
    table.string('provider', 128).notNullable().defaultTo('');
    table.string('type', 32).notNullable().defaultTo('chatCompletion');
    table.string('status', 16).notNullable();
    table.bigInteger('started_at_ms').notNullable();
    table.bigInteger('duration_us');
    table.bigInteger('ttfb_us');
    table.bigInteger('input_tokens');
    table.bigInteger('output_tokens');
    table.bigInteger('total_tokens');
    table.double('units');
    table.bigInteger('credits_e8');
    table.text('error_reason');
    table.text('metadata');
    table.primary(['user_did', 'id']);
    table.index(['user_did', 'started_at_ms', 'id'], 'model_calls_user_time');
    table.index(['user_did', 'app_did', 'started_at_ms', 'id'], 'model_calls_project_time');
    table.index(['user_did', 'app_did', 'duration_us', 'id'], 'model_calls_project_duration');
    table.index(['started_at_ms'], 'model_calls_time');
  });
}

/** Drops the calls. */
export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('model_calls');
}
