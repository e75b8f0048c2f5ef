import type { Knex } from 'knex';
import { TABLES } from './tables.js';
import { usageMigrations } from './migration-source.js';

/**
 * Brings the tables up to date; does nothing when they are. Other programs that migrate at the same time are waited for
 * by Knex's lock.
 *
 * @returns names of the migrations that ran
 */
export async function migrate(knex: Knex): Promise<string[]> {
  const result: unknown = await knex.migrate.latest(usageMigrations());
  const names: unknown = Array.isArray(result) ? result[1] : [];
  return Array.isArray(names) ? names.map(String) : [];
}

/** Whether the tables are there. */
export function isMigrated(knex: Knex): Promise<boolean> {
  return knex.schema.hasTable(TABLES.rollups);
}
