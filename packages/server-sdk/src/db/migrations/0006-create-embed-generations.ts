import type { Knex } from 'knex';

/** `model_embed_generations`: how often each user's embed tokens were revoked. */
export async function up(knex: Knex): Promise<void> {
  const collation = await exactCollation(knex);
  await knex.schema.createTable('model_embed_generations', (table) => {
    if (collation !== null) table.collate(collation);
    table.string('user_did', 255).notNullable().primary();
    table.integer('generation').notNullable();
  });
}

/** Drops the counts: tokens revoked before are good again until they expire. */
export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('model_embed_generations');
}

/** See 0001; written out again because migrations import nothing. */
async function exactCollation(knex: Knex): Promise<string | null> {
  const { config } = knex.client as { config: Knex.Config };
  if (!/mysql|mariadb/.test(String(config.client))) return null;
  const result: unknown = await knex.raw('select version() as version');
  const [[row]] = result as [[{ version: string }]];
  return /mariadb/i.test(row.version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
}
