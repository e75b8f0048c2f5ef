import type { Knex } from 'knex';
import { MIGRATIONS_TABLE } from './migration-source.js';

/** The first migration of development versions, which no later version has. */
const FIRST_OF_DEVELOPMENT = '0001-create-calls';

/** The tables were made by a development version, before the first release; see the README, "Databases of development versions". */
export class DevelopmentDatabaseError extends Error {
  override readonly name = 'DevelopmentDatabaseError';

  constructor() {
    super(
      'Nothing was migrated: the tables of Usage Kit in this database were made by a development version before the first release. Start with an empty database, or migrate this one with commit b2df439 of the repository and then rename its history, as the README says under "Databases of development versions".',
    );
  }
}

/**
 * Refuses a database whose history is that of development versions. Reads only. Knex alone would say that "the migration
 * directory is corrupt".
 *
 * @throws DevelopmentDatabaseError when the first migration of those versions ran in it
 */
export async function refuseDevelopmentHistory(knex: Knex): Promise<void> {
  if (!(await knex.schema.hasTable(MIGRATIONS_TABLE))) return;
  const row: unknown = await knex(MIGRATIONS_TABLE)
    .where('name', FIRST_OF_DEVELOPMENT)
    .first('name');
  if (row !== undefined) throw new DevelopmentDatabaseError();
}
