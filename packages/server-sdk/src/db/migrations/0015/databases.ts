import type { Knex } from 'knex';

export type DatabaseName = 'sqlite' | 'postgres' | 'mysql';

/** The database behind an instance. */
export function databaseOf(knex: Knex): DatabaseName {
  const client = String((knex.client as { config: Knex.Config }).config.client);
  if (client.includes('sqlite')) return 'sqlite';
  return /mysql|mariadb/.test(client) ? 'mysql' : 'postgres';
}

/** See 0001: on MySQL and MariaDB, the collation that takes no two texts for equal; else `null`. */
export async function exactCollation(knex: Knex): Promise<string | null> {
  if (databaseOf(knex) !== 'mysql') return null;
  const result: unknown = await knex.raw('select version() as version');
  const [[row]] = result as [[{ version: string }]];
  return /mariadb/i.test(row.version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
}

/** Gives a table the collation, where there is one to give. */
export function collate(table: Knex.CreateTableBuilder, collation: string | null): void {
  if (collation !== null) table.collate(collation);
}
