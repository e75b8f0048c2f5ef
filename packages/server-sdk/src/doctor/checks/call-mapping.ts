import { StatementError } from '../../db/statement-error.js';
import { checkCallTable } from '../../source/check-call-table.js';
import { readOneCall } from '../call-index-store.js';
import { ok, problem, type DoctorCheck } from '../doctor-check.js';

/** Whether the mapping fits the host's table, and the database has every function by which its columns are read. */
export const checkCallMapping: DoctorCheck = {
  name: 'mapping',
  needsTables: false,
  run: async ({ database, calls }) => {
    if (calls === null) return [];
    try {
      await checkCallTable(database, calls);
      await readOneCall(database);
    } catch (error) {
      if (error instanceof StatementError) throw error;
      return [problem(error instanceof Error ? error.message : String(error))];
    }
    return [ok(`${JSON.stringify(calls.table)} is read as it is`)];
  },
};
