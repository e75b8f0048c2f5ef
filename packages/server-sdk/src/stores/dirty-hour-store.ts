import { GRAINS, SCOPES, TABLES } from '../db/tables.js';
import { HOUR_MS, type TimeRange } from '../domain/time.js';
import { chunksOf, rowsOf, upsertRows, type Transaction } from './transaction.js';

/** Hours to rebuild, oldest first, with the users whose calls changed in them. */
export async function readDirtyHours(
  { trx }: Transaction,
  limit: number,
): Promise<Map<number, string[]>> {
  const rows = await trx<{ user_did: string; hour_ms: number | string }>(TABLES.dirtyHours)
    .select('user_did', 'hour_ms')
    .orderBy(['hour_ms', 'user_did'])
    .limit(limit);
  const hours = new Map<number, string[]>();
  for (const row of rows) {
    const hourMs = Number(row.hour_ms);
    hours.set(hourMs, [...(hours.get(hourMs) ?? []), row.user_did]);
  }
  return hours;
}

/** Takes the marks of an hour away again. */
export async function clearDirty(
  { trx }: Transaction,
  hourMs: number,
  userDids: readonly string[],
): Promise<void> {
  for (const batch of chunksOf(500, userDids)) {
    await trx(TABLES.dirtyHours).where('hour_ms', hourMs).whereIn('user_did', batch).delete();
  }
}

/** Marks every hour of a range that has calls or rows, of one user or of all, to be rebuilt. */
export async function markRangeDirty(
  { trx, dialect }: Transaction,
  range: TimeRange,
  userDid: string | null,
): Promise<void> {
  const ofUser = (column: string): string => (userDid === null ? '' : `and ${column} = ?`);
  const user = userDid === null ? [] : [userDid];
  const rows: { user_did: string; hour: number | string }[] = rowsOf(
    await trx.raw(
      `select distinct user_did, ${dialect.divide('started_at_ms', HOUR_MS)} as hour from ${TABLES.calls}
       where started_at_ms >= ? and started_at_ms < ? ${ofUser('user_did')}
       union
       select users.name as user_did, stats.bucket as hour
       from ${TABLES.stats} as stats join ${TABLES.keys} as users on users.id = stats.user_id
       where stats.scope = ? and stats.grain = ? and stats.bucket >= ? and stats.bucket < ? ${ofUser('users.name')}`,
      [
        ...[range.fromMs, range.toMs, ...user],
        ...[SCOPES.user, GRAINS.hour, range.fromMs / HOUR_MS, range.toMs / HOUR_MS, ...user],
      ],
    ),
  );
  await upsertRows(
    { trx, dialect },
    TABLES.dirtyHours,
    ['user_did', 'hour_ms'],
    rows.map((row) => ({ user_did: row.user_did, hour_ms: Number(row.hour) * HOUR_MS })),
  );
}
