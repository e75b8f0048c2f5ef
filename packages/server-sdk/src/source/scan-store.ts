import { ROLLUP_NAME } from '../db/tables.js';
import { HOUR_MS, type TimeRange } from '../values/time.js';
import { isUserDid } from '../values/user-did.js';
import {
  markHoursDirty,
  setDue,
  sortPlaces,
  raiseVersions,
  type CallPlace,
} from '../aggregates/store/user-version-store.js';
import type { CallSource } from '../db/call-source.js';
import type { Transaction } from '../db/transaction.js';
import { numberOrNull, queryRow, queryRows } from '../db/executor.js';
import { joinSql, sql, verbatim, type Sql } from '../db/sql.js';
import { StatementError } from '../db/statement-error.js';

/** How far a host's table was scanned, epoch ms. */
export interface ScanProgress {
  /** The database's clock. */
  nowMs: number;
  /** Users with calls that start before it were found; `null`: the table was never scanned. */
  scannedThroughMs: number | null;
  /** Rows that were written before it were found; `null`: the table was never scanned for changes. */
  changesThroughMs: number | null;
}

/** Reads how far the host's table was scanned. The database's clock is read in the same statement, before any row is. */
export async function readScanProgress(transaction: Transaction): Promise<ScanProgress> {
  const row = await queryRow<Record<'now' | 'scanned' | 'changes', number | string | null>>(
    transaction,
    sql`select ${verbatim(transaction.dialect.nowMs)} as now, scanned_through_ms as scanned, changes_through_ms as changes
        from model_call_rollups where name = ${ROLLUP_NAME}`,
  );
  return {
    nowMs: Number(row?.now ?? 0),
    scannedThroughMs: numberOrNull(row?.scanned ?? null),
    changesThroughMs: numberOrNull(row?.changes ?? null),
  };
}

/** Stores how far the host's table was scanned; a field that is left out stays. */
export async function saveScanProgress(
  { trx }: Transaction,
  { scannedThroughMs, changesThroughMs }: Partial<Omit<ScanProgress, 'nowMs'>>,
): Promise<void> {
  await trx('model_call_rollups')
    .where('name', ROLLUP_NAME)
    .update({
      ...(scannedThroughMs !== undefined && { scanned_through_ms: scannedThroughMs }),
      ...(changesThroughMs !== undefined && { changes_through_ms: changesThroughMs }),
    });
}

/** Finds the start of the first call of all users at or after an instant, epoch ms; `null` if there is none. */
export async function findNextStart(
  transaction: Transaction,
  fromMs: number,
): Promise<number | null> {
  const { time, everyone } = transaction.calls;
  const value = everyone.first(fromMs);
  const first: Sql = { ...value, sql: time.toMs(value.sql) };
  const row = await queryRow<{ first: number | string | null }>(
    transaction,
    sql`select ${first} as first`,
  );
  return numberOrNull(row?.first ?? null);
}

/** Finds the first call of each user with calls in a range; of a user in several parts of the table, one of each. */
export async function findFirstCalls(
  transaction: Transaction,
  { fromMs, toMs }: TimeRange,
): Promise<CallPlace[]> {
  const { userColumn, time, everyone } = transaction.calls;
  const first = time.toMs(`min(${time.column})`);
  const rows: { user_did: string; first: number | string }[] = [];
  for (const where of everyone.wheres) {
    const found = await queryRows<(typeof rows)[number]>(
      transaction,
      sql`select ${verbatim(`${userColumn} as user_did, ${first} as first from ${everyone.from}`)}
        where ${within(time, { fromMs, toMs })} and ${verbatim(where)}
        group by ${verbatim(`${userColumn}, ${everyone.exactUser}`)}`,
    );
    rows.push(...found);
  }
  return selectUserPlaces(
    rows.map((row) => ({ userDid: row.user_did, startedAtMs: Number(row.first) })),
  );
}

/** Finds the hours of a user with calls in a range, as their starts. */
export async function findHours(
  transaction: Transaction,
  userDid: string,
  { fromMs, toMs }: TimeRange,
): Promise<CallPlace[]> {
  const { table, fields, time, ofUser } = transaction.calls;
  const hour = transaction.dialect.divide(fields.startedAtMs, HOUR_MS);
  const rows = await queryRows<{ hour: number | string }>(
    transaction,
    sql`select distinct ${verbatim(`${hour} as hour from ${table}`)}
        where ${ofUser(userDid)} and ${within(time, { fromMs, toMs })}`,
  );
  return rows.map((row) => ({ userDid, startedAtMs: Math.floor(Number(row.hour)) * HOUR_MS }));
}

/** Which rows are searched for changes; a member that is left out does not narrow them. */
export interface ChangeSelection {
  /** Written since then (minus `CallTable.overlapSeconds`), epoch ms. */
  sinceMs?: number;
  /** In the order in which rows were inserted: after one, up to another. */
  rows?: { after: number; through: number };
}

/**
 * Finds the hours of all users with calls whose rows were written, as their starts.
 *
 * @param beforeMs only calls that start before this, epoch ms
 */
export async function findChangedHours(
  transaction: Transaction,
  { sinceMs, rows: order }: ChangeSelection,
  beforeMs: number,
): Promise<CallPlace[]> {
  const { table, userColumn, fields, time, everyone, changes } = transaction.calls;
  if (changes === null) return [];
  const hour = transaction.dialect.divide(fields.startedAtMs, HOUR_MS);
  const conditions: Sql[] = [];
  if (order !== undefined) {
    const row = verbatim(changes.rowOrder?.row ?? 'null');
    conditions.push(sql`${row} > ${order.after} and ${row} <= ${order.through}`);
  }
  if (sinceMs !== undefined) {
    conditions.push(sql`${verbatim(changes.column)} >= ${bind(changes, sinceMs)}`);
  }
  const rows = await queryRows<{ user_did: string; hour: number | string }>(
    transaction,
    sql`select ${verbatim(`${userColumn} as user_did, ${hour} as hour from ${table}`)}
        where ${joinSql(conditions, ' and ')}
          and ${verbatim(time.column)} < ${bind(time, beforeMs)} and ${verbatim(`${userColumn} is not null`)}
        group by ${verbatim(`${userColumn}, ${everyone.exactUser}, ${hour}`)}`,
  );
  return selectUserPlaces(
    rows.map((row) => ({
      userDid: row.user_did,
      startedAtMs: Math.floor(Number(row.hour)) * HOUR_MS,
    })),
  );
}

/**
 * Reads the first and the last row in the order of insertion, where changed rows can be found in that order only; `null` where
 * an index finds them, or rows have no order.
 */
export async function readRowBounds(
  transaction: Transaction,
): Promise<{ first: number; last: number } | null> {
  const { table, changes } = transaction.calls;
  const rowOrder = changes?.rowOrder ?? null;
  if (rowOrder === null || (await queryRow(transaction, rowOrder.findIndex))) return null;
  const select = (bound: 'min' | 'max'): Sql =>
    verbatim(`(select ${bound}(${rowOrder.row}) from ${table})`);
  try {
    const row = await queryRow<{ first_row: unknown; last_row: unknown }>(
      transaction,
      sql`select ${select('min')} as first_row, ${select('max')} as last_row`,
    );
    const { first_row: first, last_row: last } = row ?? {};
    return typeof first === 'number' && typeof last === 'number' ? { first, last } : null;
  } catch (error) {
    // A table or view whose rows have no number.
    if (error instanceof StatementError && /no such column/.test(error.message)) return null;
    throw error;
  }
}

/** An instant as a value of a column. */
function bind(
  { parameter, bound }: Pick<CallSource['time'], 'parameter' | 'bound'>,
  instantMs: number,
): Sql {
  return { sql: parameter, bindings: [bound(instantMs)] };
}

function within(time: CallSource['time'], { fromMs, toMs }: TimeRange): Sql {
  const column = verbatim(time.column);
  return sql`${column} >= ${bind(time, fromMs)} and ${column} < ${bind(time, toMs)}`;
}

/** Leaves out places whose user no request can name and no table can store. */
const selectUserPlaces = (found: readonly CallPlace[]): CallPlace[] =>
  found.filter(({ userDid }) => isUserDid(userDid));

/**
 * Does for calls of a host's table what the recorder does for calls that it writes: raises the versions of their users, marks
 * claimed hours dirty, and makes the other hours due.
 *
 * @param findOtherHours finds further hours of a user with calls, where more than the given ones may be claimed
 */
export async function noteCalls(
  transaction: Transaction,
  places: readonly CallPlace[],
  findOtherHours?: (userDid: string, claimedThroughMs: number) => Promise<readonly CallPlace[]>,
): Promise<void> {
  const users = await raiseVersions(transaction, [
    ...new Set(places.map(({ userDid }) => userDid)),
  ]);
  const all = [...places];
  if (findOtherHours) {
    for (const { userDid, startedAtMs } of places) {
      const claimedThroughMs = users.get(userDid)?.claimedThroughMs ?? null;
      if (claimedThroughMs === null || startedAtMs >= claimedThroughMs) continue;
      all.push(...(await findOtherHours(userDid, claimedThroughMs)));
    }
  }
  const { claimed, due } = sortPlaces(users, all);
  await markHoursDirty(transaction, claimed);
  await setDue(transaction, due);
}
