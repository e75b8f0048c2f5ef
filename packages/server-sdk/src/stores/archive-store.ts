import { TABLES } from '../db/tables.js';
import type { TimeRange } from '../domain/time.js';
import { rowsOf, type Transaction } from './transaction.js';

const MYSQL_NEWER = 'least(first_started_at_ms, values(first_started_at_ms))';

/**
 * Deletes the calls of a range, of everyone or of some users, and notes when the first of each project was. Only when their
 * figures are in the pre-aggregates, and in the same transaction that says so.
 */
export async function archiveCalls(
  { trx, dialect }: Transaction,
  range: TimeRange,
  userDids: readonly string[] | null,
): Promise<void> {
  const users = userDids === null ? '' : `and user_did in (${userDids.map(() => '?').join(', ')})`;
  const where = `where started_at_ms >= ? and started_at_ms < ? ${users}`;
  const bindings = [range.fromMs, range.toMs, ...(userDids ?? [])];
  const onConflict =
    dialect.name === 'mysql'
      ? `on duplicate key update first_started_at_ms = ${MYSQL_NEWER}`
      : `on conflict (user_did, app_did) do update set first_started_at_ms =
         case when excluded.first_started_at_ms < ${TABLES.archivedFirsts}.first_started_at_ms
           then excluded.first_started_at_ms else ${TABLES.archivedFirsts}.first_started_at_ms end`;
  await trx.raw(
    `insert into ${TABLES.archivedFirsts} (user_did, app_did, first_started_at_ms)
     select user_did, app_did, min(started_at_ms) from ${TABLES.calls} ${where}
     group by user_did, app_did ${onConflict}`,
    bindings,
  );
  await trx.raw(`delete from ${TABLES.calls} ${where}`, bindings);
}

/** Takes away the marks that the deletion of a range's calls made. Only where there were none before. */
export async function clearMarks({ trx }: Transaction, range: TimeRange): Promise<void> {
  await trx(TABLES.dirtyHours)
    .where('hour_ms', '>=', range.fromMs)
    .where('hour_ms', '<', range.toMs)
    .delete();
}

/** Whether any hour of a range is to be rebuilt. */
export async function hasMarks({ trx }: Transaction, range: TimeRange): Promise<boolean> {
  const rows = rowsOf(
    await trx.raw(`select 1 from ${TABLES.dirtyHours} where hour_ms >= ? and hour_ms < ? limit 1`, [
      range.fromMs,
      range.toMs,
    ]),
  );
  return rows.length > 0;
}
