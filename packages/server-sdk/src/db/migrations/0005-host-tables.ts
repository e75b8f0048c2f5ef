import type { Knex } from 'knex';

/** Which table the pre-aggregates are sums of, and up to when changes of a host's table were looked for. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('model_call_rollups', (table) => {
    /** As the option `calls` names it; null before the first rollup. */
    table.string('calls_table', 260);
    /** Epoch ms by the database's clock; null before the first look. */
    table.bigInteger('changes_through_ms');
  });
  await knex('model_call_rollups')
    .whereNotNull('built_through_ms')
    .update({ calls_table: 'model_calls' });
}

/** Drops what {@link up} made. */
export async function down(knex: Knex): Promise<void> {
  // Not by Knex: on SQLite it makes the table anew, and triggers name it.
  for (const column of ['calls_table', 'changes_through_ms']) {
    await knex.raw(`alter table model_call_rollups drop column ${column}`);
  }
}
