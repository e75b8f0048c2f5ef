import { refuseDevelopmentHistory } from '../../db/development-history.js';
import { findLaterMigrations, listRunMigrations } from '../../db/later-history.js';
import { MIGRATION_NAMES } from '../../db/migration-source.js';
import { ok, problem, type DoctorCheck } from '../doctor-check.js';

/** Whether the tables are those of this version. */
export const checkTables: DoctorCheck = {
  name: 'tables',
  needsTables: false,
  run: async ({ database }) => {
    await refuseDevelopmentHistory(database.writer);
    const run = await listRunMigrations(database.writer);
    if (run.length === 0) return [problem('there are none yet: usage-kit migrate')];
    const missing = MIGRATION_NAMES.filter((name) => !run.includes(name));
    if (missing.length > 0) {
      return [problem(`${missing.join(', ')} did not run: usage-kit migrate`)];
    }
    const later = findLaterMigrations(run);
    if (later.length === 0) return [ok(`of this version, ${run.at(-1) ?? ''}`)];
    return [problem(`of a later version (${later.join(', ')}): use that version of this package`)];
  },
};
