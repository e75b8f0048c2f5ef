import { GRANULARITIES, SCOPES } from '../aggregates/store/stats-columns.js';
import { TABLES } from '../db/tables.js';
import { HOUR_MS, type TimeRange } from '../values/time.js';
import type { Transaction } from '../db/transaction.js';

/** Whether any user has calls that started before an instant, epoch ms. */
export async function hasCallsBefore({ trx }: Transaction, beforeMs: number): Promise<boolean> {
  const row: unknown = await trx(TABLES.calls).where('started_at_ms', '<', beforeMs).first('id');
  return row !== undefined;
}

/** Deletes calls of a user that started in a range, and takes the hours off the list that their deletion put there. */
export async function deleteCalls(
  { trx }: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<void> {
  await trx(TABLES.calls)
    .where('user_did', userDid)
    .where('started_at_ms', '>=', fromMs)
    .where('started_at_ms', '<', toMs)
    .delete();
}

/** Takes all hours of a range off a user's list of those to be rebuilt. */
export async function forgetDirtyHours(
  { trx }: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<void> {
  await trx(TABLES.dirtyHours)
    .where('user_did', userDid)
    .where('hour_ms', '>=', fromMs)
    .where('hour_ms', '<', toMs)
    .delete();
}

/** Whether a user has an hour to be rebuilt that starts in a range. */
export async function hasDirtyHour(
  { trx }: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<boolean> {
  const row: unknown = await trx(TABLES.dirtyHours)
    .where('user_did', userDid)
    .where('hour_ms', '>=', fromMs)
    .where('hour_ms', '<', toMs)
    .first('hour_ms');
  return row !== undefined;
}

/** Deletes the rows of models within projects of a user's hours that start in a range. */
export async function deleteProjectModelHours(
  { trx }: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<void> {
  await trx(TABLES.stats)
    .where({ user_did: userDid, granularity: GRANULARITIES.hour, scope: SCOPES.projectModel })
    .where('bucket', '>=', fromMs / HOUR_MS)
    .where('bucket', '<', toMs / HOUR_MS)
    .delete();
}

/** Notes the starts of a project's calls that are archived: the first of them stays known, epoch ms. */
export async function noteArchivedFirst(
  { trx }: Transaction,
  userDid: string,
  appId: number,
  startedAtMs: number,
): Promise<void> {
  await trx(TABLES.projects)
    .where({ user_did: userDid, app_id: appId })
    .where((later) => {
      void later.whereNull('archived_first_ms').orWhere('archived_first_ms', '>', startedAtMs);
    })
    .update({ archived_first_ms: startedAtMs });
}
