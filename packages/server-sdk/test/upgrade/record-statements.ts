import type { Knex } from 'knex';
import { usageMigrations } from '../../src/index.js';

/** Knex's own work while it migrates, which is no part of what migrations write. */
const BOOKKEEPING =
  /^(begin|commit|select|pragma|show|savepoint|release|set )|^(insert into|update) ["`']?usage_kit_migrations["`']? |^update ["`']?usage_kit_migrations_lock/i;

/** Runs the migrations of this version on an empty database. @returns the statements that they and the tables of Knex are made of */
export async function recordStatements(knex: Knex): Promise<string[]> {
  const statements: string[] = [];
  const listener = ({ sql, bindings }: { sql: string; bindings?: unknown[] }): void => {
    if (BOOKKEEPING.test(sql.trim())) return;
    // Only the row of Knex's lock has a value, a number.
    const values = [...(bindings ?? [])];
    const isBound = values.length > 0;
    statements.push(isBound ? sql.replaceAll(/\$\d+|\?/g, () => String(values.shift())) : sql);
  };
  knex.on('query', listener);
  await knex.migrate.latest(usageMigrations());
  knex.removeListener('query', listener);
  return statements;
}
