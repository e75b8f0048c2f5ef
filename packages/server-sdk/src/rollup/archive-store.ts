import { execute } from '../db/executor.js';
import { joinSql, sql, verbatim } from '../db/sql.js';
import { splitIntoChunks, type Transaction } from '../db/transaction.js';
import type { TimeRange } from '../values/time.js';

/** Whether any user has calls that started before an instant, epoch ms. */
export async function hasCallsBefore({ trx }: Transaction, beforeMs: number): Promise<boolean> {
  const row: unknown = await trx('model_calls').where('started_at_ms', '<', beforeMs).first('id');
  return row !== undefined;
}

/** Deletes calls of a user that started in a range; the triggers mark their hours dirty. */
export async function deleteCalls(
  { trx }: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<void> {
  await trx('model_calls')
    .where('user_did', userDid)
    .where('started_at_ms', '>=', fromMs)
    .where('started_at_ms', '<', toMs)
    .delete();
}

/** Clears a user's dirty hours of a range, whatever their dirty revision. */
export async function clearDirtyRange(
  { trx }: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<void> {
  await trx('model_call_dirty_hours')
    .where('user_did', userDid)
    .where('hour_ms', '>=', fromMs)
    .where('hour_ms', '<', toMs)
    .delete();
}

/** Whether a user has a dirty hour that starts in a range. */
export async function hasDirtyHour(
  { trx }: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<boolean> {
  const row: unknown = await trx('model_call_dirty_hours')
    .where('user_did', userDid)
    .where('hour_ms', '>=', fromMs)
    .where('hour_ms', '<', toMs)
    .first('hour_ms');
  return row !== undefined;
}

const PROJECTS_PER_STATEMENT = 200;

/**
 * Stores the starts of projects' first calls that are archived or may be, epoch ms, except where an earlier one is stored.
 *
 * @param firsts by the short id of the project
 */
export async function storeFirstCalls(
  transaction: Transaction,
  userDid: string,
  firsts: ReadonlyMap<number, number>,
): Promise<void> {
  for (const chunk of splitIntoChunks(PROJECTS_PER_STATEMENT, [...firsts])) {
    // PostgreSQL takes parameters of a case for texts.
    const values = chunk.map(([appId, firstMs]) => verbatim(`when ${appId} then ${firstMs}`));
    const isLater = chunk.map(
      ([appId, firstMs]) => sql`(app_id = ${appId}
        and (archived_first_ms is null or archived_first_ms > ${firstMs}))`,
    );
    await execute(
      transaction,
      sql`update model_call_projects set archived_first_ms = case app_id ${joinSql(values, ' ')} end
        where user_did = ${userDid} and (${joinSql(isLater, ' or ')})`,
    );
  }
}
