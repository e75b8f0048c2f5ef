import type { Knex } from 'knex';
import { TABLES, listTables } from './0002/tables.js';

/** Tables of alert rules, their states, and the amounts of back-dated calls, as docs/adr/0027-alerts.md describes them. */
export async function up(knex: Knex): Promise<void> {
  const { driverName } = knex.client as Knex.Client;
  if (driverName.includes('sqlite')) return run(knex, listTables('sqlite', ''));
  if (!/mysql|mariadb/.test(driverName)) return run(knex, listTables('postgres', ''));
  const result: unknown = await knex.raw('select version() as version');
  const [[row]] = result as [[{ version: string }]];
  const collation = /mariadb/i.test(row.version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
  return run(knex, listTables('mysql', collation));
}

/** Drops all that {@link up} made. */
export async function down(knex: Knex): Promise<void> {
  for (const table of TABLES) await knex.raw(`drop table ${table}`);
}

async function run(knex: Knex, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await knex.raw(statement);
}
