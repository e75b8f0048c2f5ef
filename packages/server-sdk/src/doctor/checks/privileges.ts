import type { Database } from '../../db/database.js';
import { StatementError } from '../../db/statement-error.js';
import { ALL_TABLES } from '../../db/tables.js';
import { readMigrationRights } from '../create-rights-store.js';
import { tryRights } from '../database-store.js';
import { ok, problem, warning, type DoctorCheck, type Finding } from '../doctor-check.js';

/**
 * Whether this database user may read and write the tables of Usage Kit, by statements that concern no row, and may migrate,
 * by what the catalogue says.
 */
export const checkPrivileges: DoctorCheck = {
  name: 'privileges',
  needsTables: true,
  run: async ({ database }) => [
    ...(await findRefused(database)),
    ...(await findMigrationRights(database)),
  ],
};

async function findRefused(database: Database): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const table of ALL_TABLES) {
    const refused = await tryRights(database, table);
    const [first] = refused;
    if (first === undefined) continue;
    const code = first.error instanceof StatementError ? ` (${first.error.code})` : '';
    const rights = refused.map(({ right }) => right).join(', ');
    findings.push(
      problem(`this database user may not ${rights} in ${table}${code}: grant it as its owner`),
    );
  }
  if (findings.length > 0) return findings;
  return [ok(`this database user may read and write all ${ALL_TABLES.length} tables`)];
}

async function findMigrationRights(database: Database): Promise<Finding[]> {
  const { missing, grants } = await readMigrationRights(database);
  if (missing.length === 0) return [];
  return [
    warning(
      `this database user may not ${missing.join(', ')}: migrate as another one, or grant it`,
      grants,
    ),
  ];
}
