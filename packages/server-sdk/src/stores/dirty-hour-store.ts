import { GRAINS, KEY_KINDS, TABLES } from '../db/tables.js';
import { HOUR_MS, type TimeRange } from '../domain/time.js';
import { callsOf, chunksOf, rowsOf, type Transaction } from './transaction.js';
import { upsertRows, type UpsertTarget } from './upsert-rows.js';

const TARGET: UpsertTarget = {
  table: TABLES.dirtyHours,
  columns: [
    { name: 'user_did', kind: 'text' },
    { name: 'hour_ms', kind: 'integer' },
  ],
  key: ['user_did', 'hour_ms'],
};

/**
 * Hours to rebuild, newest first: people look at those. With the users whose calls changed in them.
 *
 * @param beforeMs only hours that start before
 */
export async function readDirtyHours(
  { trx }: Transaction,
  beforeMs: number,
  limit: number,
): Promise<Map<number, string[]>> {
  const rows = await trx<{ user_did: string; hour_ms: number | string }>(TABLES.dirtyHours)
    .select('user_did', 'hour_ms')
    .where('hour_ms', '<', beforeMs)
    .orderBy('hour_ms', 'desc')
    .orderBy('user_did')
    .limit(limit);
  const hours = new Map<number, string[]>();
  for (const row of rows) {
    const hourMs = Number(row.hour_ms);
    const users = hours.get(hourMs);
    if (users) users.push(row.user_did);
    else hours.set(hourMs, [row.user_did]);
  }
  return hours;
}

/** An hour of a user that is to be rebuilt. */
export interface DirtyMark {
  userDid: string;
  hourMs: number;
}

/** Marks of hours that start in a range, of one user or of all. */
export async function readDirtyMarks(
  { trx }: Transaction,
  range: TimeRange,
  userDid: string | null,
): Promise<DirtyMark[]> {
  const query = trx<{ user_did: string; hour_ms: number | string }>(TABLES.dirtyHours)
    .select('user_did', 'hour_ms')
    .where('hour_ms', '>=', range.fromMs)
    .where('hour_ms', '<', range.toMs);
  if (userDid !== null) void query.where('user_did', userDid);
  const rows = await query;
  return rows.map((row) => ({ userDid: row.user_did, hourMs: Number(row.hour_ms) }));
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

/** Marks every hour of a range that has calls or rows, of one user or of all, to be rebuilt. Best a day at a time. */
export async function markRangeDirty(
  transaction: Transaction,
  range: TimeRange,
  userDid: string | null,
): Promise<void> {
  const { trx, dialect } = transaction;
  const { table, fields, time, everyone, ofUser } = callsOf(transaction);
  const ofCalls = userDid === null ? { sql: everyone.where, bindings: [] } : ofUser(userDid);
  const ofRows = userDid === null ? [] : [userDid];
  const found: { user_did: string; hour: number | string }[] = rowsOf(
    await trx.raw(
      `select distinct ${fields.userDid} as user_did, ${dialect.divide(fields.startedAtMs, HOUR_MS)} as hour
       from ${userDid === null ? everyone.from : table}
       where ${time.column} >= ${time.parameter} and ${time.column} < ${time.parameter}
         and ${ofCalls.sql}
       union
       select users.name as user_did, stats.bucket as hour
       from ${TABLES.keys} as users join ${TABLES.stats} as stats on stats.user_id = users.id
       where users.kind = ? ${userDid === null ? '' : 'and users.name = ?'}
         and stats.grain = ? and stats.bucket >= ? and stats.bucket < ?`,
      [
        ...[time.bound(range.fromMs), time.bound(range.toMs), ...ofCalls.bindings],
        ...[KEY_KINDS.user, ...ofRows, GRAINS.hour],
        ...[range.fromMs / HOUR_MS, range.toMs / HOUR_MS],
      ],
    ),
  );
  const marks = found.map(({ user_did, hour }) => ({
    userDid: user_did,
    hourMs: Math.floor(Number(hour)) * HOUR_MS,
  }));
  await markHoursDirty(transaction, marks);
}

/** Marks hours to be rebuilt. @param marks each once */
export async function markHoursDirty(
  transaction: Transaction,
  marks: readonly DirtyMark[],
): Promise<void> {
  await upsertRows(
    transaction,
    TARGET,
    marks.map(({ userDid, hourMs }) => [userDid, hourMs]),
  );
}
