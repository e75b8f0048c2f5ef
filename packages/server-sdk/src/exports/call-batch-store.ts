import type { CallFilter } from '../queries/calls/call-filter.js';
import type { CallPageQuery } from '../queries/calls/call-page-rows.js';
import { readTimePage } from '../queries/calls/call-page-store.js';
import { listValues, sql, verbatim, type Sql } from '../db/sql.js';
import type { Transaction } from '../db/transaction.js';
import type { StoredCall } from '../values/stored-call.js';

/** Which calls of a user are read: of some projects, or of all (`null`). */
export interface ProjectsSelection {
  filter: Omit<CallFilter, 'appDid'>;
  projects: readonly string[] | null;
}

/**
 * Reads a page of the user's calls of several projects in the order of time, by the index of the user and the start.
 *
 * @throws StatementError when the database fails
 */
export function readCallsOfProjects(
  transaction: Transaction,
  userDid: string,
  { filter, projects }: ProjectsSelection,
  query: Omit<CallPageQuery, 'foundBy'>,
): Promise<StoredCall[]> {
  const { ofAnyProject, page } = transaction.calls;
  const parts = ofAnyProject(userDid);
  const among = isAmong(page.app_did, projects);
  const selection = {
    filter,
    projects: parts.length === 0 ? [among] : parts.map((part) => sql`${part} and ${among}`),
  };
  return readTimePage(transaction, userDid, selection, query);
}

function isAmong(column: string, projects: readonly string[] | null): Sql {
  if (projects === null) return sql`1 = 1`;
  return projects.length === 0 ? sql`1 = 0` : sql`${verbatim(column)} in (${listValues(projects)})`;
}
