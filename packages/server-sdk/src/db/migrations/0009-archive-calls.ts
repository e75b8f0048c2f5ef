import type { Knex } from 'knex';

/** How far calls are archived (their rows deleted, their figures kept), and when the first of them was. */
export async function up(knex: Knex): Promise<void> {
  const collation = await exactCollation(knex);
  await knex.schema.alterTable('model_call_rollups', (table) => {
    /** The start of an hour; calls before it are in the pre-aggregates alone. */
    table.bigInteger('archived_before_ms');
  });
  await knex.schema.createTable('model_call_archived_firsts', (table) => {
    if (collation !== null) table.collate(collation);
    table.string('user_did', 255).notNullable();
    table.string('app_did', 255).notNullable();
    /** Start of the first call of the user in the project that was archived. */
    table.bigInteger('first_started_at_ms').notNullable();
    table.primary(['user_did', 'app_did']);
  });
}

/** Forgets it; the calls are gone, and a rebuild would lose their figures too. */
export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('model_call_archived_firsts');
  // Not by Knex: on SQLite it makes the table anew, and triggers name it.
  await knex.raw('alter table model_call_rollups drop column archived_before_ms');
}

/** See 0001; written out again because migrations import nothing. */
async function exactCollation(knex: Knex): Promise<string | null> {
  const { config } = knex.client as { config: Knex.Config };
  if (!/mysql|mariadb/.test(String(config.client))) return null;
  const result: unknown = await knex.raw('select version() as version');
  const [[row]] = result as [[{ version: string }]];
  return /mariadb/i.test(row.version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
}
