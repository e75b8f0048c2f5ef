import type { Knex } from 'knex';
import { requireKnownKeys } from '../values/require-known-keys.js';
import { migrations } from './migrations/index.js';

type Migration = (typeof migrations)[number];

/** A separate table, so that the host's `knex_migrations` is not used. */
export const MIGRATIONS_TABLE = 'usage_kit_migrations';

/** The names of the migrations of this version, in their order. */
export const MIGRATION_NAMES: readonly string[] = migrations.map(({ name }) => name);

/** How the migrations may be used. */
export interface UsageMigrationsOptions {
  /**
   * Whether `knex.migrate.rollback` and `down` may undo them, which drops the recorded calls and their aggregates.
   * @default false
   */
  allowRollback?: boolean;
}

/**
 * The migrations as a Knex source; in memory, so that bundlers need no files at run time.
 *
 * For hosts that run migrations themselves: `knex.migrate.latest(usageMigrations())`. Rolling back fails unless an option
 * allows it: Knex undoes the last batch, which on a host that migrated once is every table.
 *
 * @throws TypeError for an option that is not known
 */
export function usageMigrations(options: UsageMigrationsOptions = {}): Knex.MigratorConfig {
  requireKnownKeys(options, ['allowRollback'], 'usageMigrations');
  const migrationSource: Knex.MigrationSource<Migration> = {
    getMigrations: () => Promise.resolve(migrations),
    getMigrationName: (migration) => migration.name,
    getMigration: (migration) =>
      Promise.resolve(options.allowRollback === true ? migration : { ...migration, down: refuse }),
  };
  return { migrationSource, tableName: MIGRATIONS_TABLE };
}

function refuse(): Promise<never> {
  const message =
    'Nothing was rolled back: it would drop the recorded calls and all that was counted of them. To do that, use usageMigrations({ allowRollback: true }).';
  return Promise.reject(new Error(message));
}
