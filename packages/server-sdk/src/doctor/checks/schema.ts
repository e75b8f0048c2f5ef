import type { Database } from '../../db/database.js';
import { findLaterMigrations, listRunMigrations } from '../../db/later-history.js';
import { MIGRATION_NAMES } from '../../db/migration-source.js';
import { listIndexNames } from '../database-store.js';
import { ok, problem, warning, type DoctorCheck, type Finding } from '../doctor-check.js';
import { EXPECTED_COLUMNS, EXPECTED_INDEXES } from '../expected-schema.js';

const RESTORE =
  'restore it from a backup, or make it as usage-kit migrate does in an empty database';

/** Whether tables, views and indexes were edited since they were migrated. */
export const checkSchema: DoctorCheck = {
  name: 'schema',
  needsTables: true,
  run: async ({ database }) => {
    const findings = [...(await findColumns(database)), ...(await findIndexes(database))];
    const count = Object.keys(EXPECTED_COLUMNS).length;
    return findings.length === 0
      ? [ok(`${count} tables and views and ${EXPECTED_INDEXES.length} indexes are as migrated`)]
      : findings;
  },
  // Of another version, they differ as they should: that is what the check of the tables says.
  applies: async ({ database }) => {
    const run = await listRunMigrations(database.writer);
    return findLaterMigrations(run).length === 0 && run.length === MIGRATION_NAMES.length;
  },
};

async function findColumns({ writer }: Database): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [table, text] of Object.entries(EXPECTED_COLUMNS)) {
    const found = Object.keys(await writer(table).columnInfo());
    if (found.length === 0) {
      findings.push(problem(`${table} is missing: ${RESTORE}`));
      continue;
    }
    const expected = text.split(' ');
    const missing = expected.filter((name) => !found.includes(name));
    const others = found.filter((name) => !expected.includes(name));
    if (missing.length > 0) {
      findings.push(problem(`${table} lacks ${missing.join(', ')}: ${RESTORE}`));
    }
    if (others.length > 0) {
      findings.push(
        warning(
          `${table} has ${others.join(', ')}, which Usage Kit does not know: a later migration may need the name`,
        ),
      );
    }
  }
  return findings;
}

async function findIndexes(database: Database): Promise<Finding[]> {
  const found = await listIndexNames(database);
  const missing = EXPECTED_INDEXES.filter((name) => !found.includes(name));
  if (missing.length === 0) return [];
  return [
    problem(`the indexes ${missing.join(', ')} are missing, and responses are slow: ${RESTORE}`),
  ];
}
