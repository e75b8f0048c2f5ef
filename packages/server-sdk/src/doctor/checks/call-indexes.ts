import type { Database } from '../../db/database.js';
import type { CallTable } from '../../source/call-table.js';
import { listIndexes, readOneCall, writeCreateIndex } from '../call-index-store.js';
import { warning, ok, problem, type DoctorCheck } from '../doctor-check.js';

/** Columns that an index must begin with, and what is slow without it. */
interface NeededIndex {
  columns: readonly string[];
  purpose: string;
}

/** The indexes of the host's table. */
export const checkCallIndexes: DoctorCheck = {
  name: 'indexes',
  needsTables: false,
  run: async ({ database, calls }) => {
    if (calls === null || !(await isReadable(database))) return [];
    const indexes = await listIndexes(database, calls);
    if (indexes === null) {
      return [warning(`${JSON.stringify(calls.table)} is a view: look at the tables behind it`)];
    }
    // PostgreSQL alone distinguishes names by case.
    const fold = (name: string): string =>
      database.dialect.name === 'postgres' ? name : name.toLowerCase();
    return listNeeded(calls).map(({ columns, purpose }) => {
      const text = `(${columns.join(', ')}), for ${purpose}`;
      const isThere = indexes.some((index) =>
        columns.every((column, place) => fold(index[place] ?? '') === fold(column)),
      );
      if (isThere) return ok(text);
      return problem(`no index begins with ${text}`, [writeCreateIndex(database, calls, columns)]);
    });
  },
};

/** Whether the table and its columns are there; the check of the mapping says what is not. */
function isReadable(database: Database): Promise<boolean> {
  return readOneCall(database).then(
    () => true,
    () => false,
  );
}

function listNeeded({ columns, indexedByTime = true }: CallTable): NeededIndex[] {
  const { userDid, appDid, startedAt, updatedAt } = columns;
  return [
    { columns: [userDid, startedAt], purpose: 'the figures of a user' },
    ...(appDid === undefined
      ? []
      : [{ columns: [userDid, appDid, startedAt], purpose: 'the calls of a project' }]),
    ...(indexedByTime ? [{ columns: [startedAt], purpose: 'the rollup (indexedByTime)' }] : []),
    ...(updatedAt === undefined
      ? []
      : [{ columns: [updatedAt], purpose: 'the scan for changed rows, which each run does' }]),
  ];
}
