import { StatementError } from '../../db/statement-error.js';
import { ALL_TABLES } from '../../db/tables.js';
import { tryRights } from '../database-store.js';
import { ok, todo, type DoctorCheck } from '../doctor-check.js';

/** Whether this database user may read and write the tables of Usage Kit. Statements that concern no row are tried. */
export const checkPrivileges: DoctorCheck = {
  name: 'privileges',
  needsTables: true,
  run: async ({ database }) => {
    const findings = [];
    for (const table of ALL_TABLES) {
      const failed = await tryRights(database, table);
      if (failed === null) continue;
      const code = failed.error instanceof StatementError ? ` (${failed.error.code})` : '';
      findings.push(todo(`this database user may not ${failed.right} in ${table}${code}`));
    }
    if (findings.length > 0) return findings;
    return [ok(`this database user may read and write all ${ALL_TABLES.length} tables`)];
  },
};
