import type { Knex } from 'knex';
import { MIGRATION_NAMES, MIGRATIONS_TABLE } from './migration-source.js';

/** The tables were migrated by a later version of the package. This one would write rows that lack what the later one needs. */
class LaterDatabaseError extends Error {
  override readonly name = 'LaterDatabaseError';

  /** @param names of the migrations that are not known, e.g. `0007-regions@0.2.0` */
  constructor(names: readonly string[]) {
    super(
      `Nothing was started or changed: the tables of Usage Kit in this database were migrated by ${describeVersion(names)} (${names.join(', ')}), which this one does not know. Install that version of @usage-kit/server-sdk, or restore the backup of before it was installed, as the README says under "Upgrading".`,
    );
  }
}

/** The version that migrations are first in is in their names, from those of the second release on. */
function describeVersion(names: readonly string[]): string {
  const [, version] = /@(\d+\.\d+\.\d+)$/.exec(names.at(-1) ?? '') ?? [];
  return version === undefined ? 'a later version' : `version ${version} or a later one`;
}

/** Lists the migrations of a database in the order in which they ran; empty without tables. */
export async function listRunMigrations(knex: Knex): Promise<string[]> {
  if (!(await knex.schema.hasTable(MIGRATIONS_TABLE))) return [];
  const rows = await knex<{ name: string }>(MIGRATIONS_TABLE).select('name').orderBy('id');
  return rows.map(({ name }) => name);
}

/** The migrations of a list that this version does not know. */
export function findLaterMigrations(names: readonly string[]): string[] {
  return names.filter((name) => !MIGRATION_NAMES.includes(name));
}

/**
 * Refuses a database of a later version. Reads only. Knex alone would say that "the migration directory is corrupt".
 *
 * @throws LaterDatabaseError when a migration ran in it that this version does not know
 */
export async function refuseLaterHistory(knex: Knex): Promise<void> {
  const later = findLaterMigrations(await listRunMigrations(knex));
  if (later.length > 0) throw new LaterDatabaseError(later);
}
