import type { ProjectFailures } from '../contract/project-failures.js';
import { CallFigures } from '../aggregates/model/call-figures.js';
import type { Database } from '../db/database.js';
import { requireCalls, type ProjectQuery } from '../queries/project-service.js';
import { toRange } from '../queries/query-range.js';
import { readSnapshot, withTotals, type UserSnapshot } from '../queries/user-snapshot.js';
import { toInstant } from '../values/time.js';
import {
  findNewestFrom,
  readFailedCalls,
  type FailedCall,
  type FailedCallQuery,
} from './failed-calls-store.js';
import { groupFailures } from './group-failures.js';

/** Calls of the project among which failed ones are looked for. */
const MAX_CALLS_SORTED = 50_000;

/**
 * Reads why calls of one project failed. Aggregates say how many there were; their reasons are read from the calls, of which
 * the newest are looked at.
 *
 * @param maxCalls how many, so that what a response costs does not grow with the range
 * @throws UsageError `PROJECT_NOT_FOUND`
 * @throws StatementError when the database fails
 * @see docs/adr/0049-at-a-glance.md
 */
export function getProjectFailures(
  database: Database,
  userDid: string,
  { project, range, nowMs }: ProjectQuery,
  maxCalls = MAX_CALLS_SORTED,
): Promise<ProjectFailures> {
  const { appDid } = project;
  return readSnapshot(database, userDid, nowMs, async (snapshot) => {
    requireCalls(await snapshot.firstCallAtMs(appDid), appDid);
    const [figures] = await snapshot.figures(withTotals([range]), appDid);
    const total = figures?.total ?? new CallFigures();
    const fromMs = Math.min(Math.max(range.fromMs, snapshot.progress.archivedBeforeMs), range.toMs);
    const query = { appDid, fromMs, toMs: range.toMs, maxCalls };
    const found = await readSome(snapshot, userDid, query, total);
    // Rows of a host's table may have failed since they were rolled up; the next run counts them.
    const failedCalls = Math.max(total.failedCalls, found.calls.length);
    return {
      project,
      items: groupFailures(found.calls, failedCalls),
      failedCalls,
      unsortedCalls: failedCalls - found.calls.length,
      sortedFrom: toInstant(found.fromMs),
      range: toRange(range),
      freshness: snapshot.freshness,
    };
  });
}

/** Failed calls, and from when on they are all of them. */
async function readSome(
  { transaction }: UserSnapshot,
  userDid: string,
  { maxCalls, ...query }: FailedCallQuery & { maxCalls: number },
  total: CallFigures,
): Promise<{ calls: FailedCall[]; fromMs: number }> {
  if (total.failedCalls === 0) return { calls: [], fromMs: query.fromMs };
  const fromMs =
    total.calls > maxCalls
      ? await findNewestFrom(transaction, userDid, query, maxCalls)
      : query.fromMs;
  return { calls: await readFailedCalls(transaction, userDid, { ...query, fromMs }), fromMs };
}
