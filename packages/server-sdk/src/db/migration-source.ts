import type { Knex } from 'knex';
import { migrations } from './migrations/index.js';

type Migration = (typeof migrations)[number];

/** A table of its own, so that the host's `knex_migrations` is left alone. */
export const MIGRATIONS_TABLE = 'usage_kit_migrations';

/**
 * The migrations as a Knex source; in memory, so that bundlers need no files at run time.
 *
 * For hosts that run migrations themselves: `knex.migrate.latest(usageMigrations())`.
 */
export function usageMigrations(): Knex.MigratorConfig {
  const migrationSource: Knex.MigrationSource<Migration> = {
    getMigrations: () => Promise.resolve(migrations),
    getMigrationName: (migration) => migration.name,
    getMigration: (migration) => Promise.resolve(migration),
  };
  return { migrationSource, tableName: MIGRATIONS_TABLE };
}
