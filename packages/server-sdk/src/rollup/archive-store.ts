import { GRANULARITIES, SCOPES } from '../aggregates/store/aggregate-columns.js';
import { HOUR_MS, type TimeRange } from '../values/time.js';
import type { Transaction } from '../db/transaction.js';

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

/** Deletes the aggregates of models within projects of a user's hours that start in a range. */
export async function deleteProjectModelHours(
  { trx }: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<void> {
  await trx('model_call_stats')
    .where({ user_did: userDid, granularity: GRANULARITIES.hour, scope: SCOPES.projectModel })
    .where('bucket', '>=', fromMs / HOUR_MS)
    .where('bucket', '<', toMs / HOUR_MS)
    .delete();
}

/** Stores the start of a project's archived call, epoch ms, unless an earlier one is stored. */
export async function storeArchivedFirst(
  { trx }: Transaction,
  userDid: string,
  appId: number,
  startedAtMs: number,
): Promise<void> {
  await trx('model_call_projects')
    .where({ user_did: userDid, app_id: appId })
    .where((later) => {
      void later.whereNull('archived_first_ms').orWhere('archived_first_ms', '>', startedAtMs);
    })
    .update({ archived_first_ms: startedAtMs });
}
