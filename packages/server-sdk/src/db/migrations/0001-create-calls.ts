import type { Knex } from 'knex';

/** `model_calls`: one row a call. Frozen: later changes are later migrations. */
export async function up(knex: Knex): Promise<void> {
  const collation = await exactCollation(knex);
  await knex.schema.createTable('model_calls', (table) => {
    if (collation !== null) table.collate(collation);
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
    table.text('metadata', 'mediumtext');
    /** When the SDK wrote the row, by the database's clock; rows of other programs have none, or an old one. */
    table.bigInteger('recorded_at_ms');
    table.primary(['user_did', 'id']);
    table.index(['user_did', 'started_at_ms', 'id'], 'model_calls_user_time');
    table.index(['user_did', 'app_did', 'started_at_ms', 'id'], 'model_calls_project_time');
    table.index(['user_did', 'app_did', 'duration_us', 'id'], 'model_calls_project_duration');
    table.index(['started_at_ms'], 'model_calls_time');
  });
}

/**
 * MySQL compares text without case and accents unless told otherwise, and even its plain binary collation holds
 * `alice` and `alice ` equal: one user would read another's calls. The exact one is named differently by MariaDB.
 */
async function exactCollation(knex: Knex): Promise<string | null> {
  const { config } = knex.client as { config: Knex.Config };
  if (!/mysql|mariadb/.test(String(config.client))) return null;
  const result: unknown = await knex.raw('select version() as version');
  const [[row]] = result as [[{ version: string }]];
  return /mariadb/i.test(row.version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
}

/** Drops the calls. */
export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('model_calls');
}
