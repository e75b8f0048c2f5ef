import { CallFigures } from '../model/call-figures.js';
import { alignToArchive, joinRanges, planRange, type RollupProgress } from '../model/range-plan.js';
import { HOUR_MS, type TimeRange } from '../../values/time.js';
import { queryRows } from '../../db/executor.js';
import { listValues, sql } from '../../db/sql.js';
import type { Transaction } from '../../db/transaction.js';
import { toFigures } from './aggregate-columns.js';
import { visitCalls } from './call-rows.js';
import { readTotalRows } from './figure-rows.js';
import { findRangeIndex } from './range-figures.js';

/** Which figures {@link readProjectPoints} reads. */
export interface ProjectPointsQuery {
  /** DIDs of a page's projects; not empty. */
  appDids: readonly string[];
  /** Whether calls of other projects may be read with theirs: else theirs are looked up one project at a time. */
  isUnscoped: boolean;
  /** Ascending, each beginning where the one before ends. */
  points: readonly TimeRange[];
}

/**
 * Adds up the calls of some of a user's projects over adjoining ranges, like `readFigures`, but without percentiles: sketches
 * are most of the bytes of an aggregate. One statement reads the aggregates of all of them.
 *
 * @param progress which aggregates are up to date, read in the same transaction
 * @returns by DID the figures of each range, in their order
 * @throws StatementError when the database fails
 */
export async function readProjectPoints(
  transaction: Transaction,
  userDid: string,
  progress: RollupProgress,
  query: ProjectPointsQuery,
): Promise<ReadonlyMap<string, readonly CallFigures[]>> {
  const { appDids, isUnscoped } = query;
  const points = query.points.map((range) => alignToArchive(range, progress));
  const plans = points.map((range) => planRange(range, progress));
  const found = new Map(appDids.map((appDid) => [appDid, points.map(() => new CallFigures())]));
  const figuresAt = (appDid: string, startedAtMs: number): CallFigures | undefined =>
    found.get(appDid)?.[findRangeIndex(points, startedAtMs)];

  const names = await readProjectNames(transaction, userDid, appDids);
  const segments = names.size === 0 ? [] : plans.flatMap(({ rollups }) => rollups);
  const rows = { appIds: [...names.keys()], segments };
  const shape = { hasSketches: false };
  for (const row of await readTotalRows(transaction, userDid, rows, shape)) {
    const appDid = names.get(Number(row.get('app_id'))) ?? '';
    figuresAt(appDid, Number(row.get('bucket')) * HOUR_MS)?.add(toFigures(row));
  }

  const ranges = joinRanges(plans.flatMap(({ raw }) => raw));
  for (const appDid of isUnscoped ? [null] : appDids) {
    const selection = { appDid, ranges, hasNames: true };
    await visitCalls(transaction, userDid, selection, (call) => {
      figuresAt(call.appDid, call.startedAtMs)?.addCall(call);
    });
  }
  return found;
}

/** Names of projects by the short ids that aggregates have; a project without aggregates is not among them. */
async function readProjectNames(
  transaction: Transaction,
  userDid: string,
  appDids: readonly string[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await queryRows<{ app_id: number | string; app_did: string }>(
    transaction,
    sql`select app_id, app_did from model_call_projects
      where user_did = ${userDid} and app_did in (${listValues(appDids)})`,
  );
  return new Map(rows.map((row) => [Number(row.app_id), row.app_did]));
}
