import { TABLES } from '../../db/tables.js';
import { type Transaction } from '../../db/transaction.js';
import { numberOrNull, toRows } from '../../db/executor.js';

/** How far a user's aggregates are; see docs/adr/0038-plain-rows.md. Instants are epoch ms. */
export interface UserProgress {
  version: number;
  slot: number;
  /** When there is something to roll up: a call, or a day or month that ends; `null`: nothing. */
  dueAtMs: number | null;
  /** Writers mark the hour of each call that starts before it. */
  claimedThroughMs: number | null;
  /** Rows of hours, days and months that end at or before these are complete. */
  builtThroughMs: number | null;
  daysThroughMs: number | null;
  monthsThroughMs: number | null;
  /** Calls before it are deleted, their rows are not. */
  archivedBeforeMs: number | null;
  /** Grows with every transaction of a rollup. */
  rollupRevision: number;
  /** To where users of the slot that have nothing due were rolled up. */
  sweptThroughMs: number | null;
  /** Starts of hours whose calls changed after they were claimed, ascending. */
  dirtyHours: readonly number[];
}

/** An hour of a user whose calls changed after it was claimed. */
export interface DirtyHour {
  hourMs: number;
  /** How often it changed. */
  revision: number;
}

const COLUMNS = {
  version: 'version',
  slot: 'slot',
  dueAtMs: 'due_at_ms',
  claimedThroughMs: 'claimed_through_ms',
  builtThroughMs: 'built_through_ms',
  daysThroughMs: 'days_through_ms',
  monthsThroughMs: 'months_through_ms',
  archivedBeforeMs: 'archived_before_ms',
  rollupRevision: 'rollup_revision',
} as const;

type ProgressRow = Record<(typeof COLUMNS)[keyof typeof COLUMNS], number | string | null> & {
  swept_through_ms: number | string | null;
  dirty_hours: string | null;
};

/** Progress of a user; `null` for one who was never written. */
export async function readUserProgress(
  { trx, dialect }: Transaction,
  userDid: string,
): Promise<UserProgress | null> {
  const columns = Object.values(COLUMNS).map((column) => `users.${column}`);
  const [row] = toRows<ProgressRow>(
    await trx.raw(
      `${dialect.selectText} ${columns.join(', ')}, slots.swept_through_ms,
         (select ${dialect.jsonGroup('hour_ms')} from ${TABLES.dirtyHours} where user_did = ?) as dirty_hours
       from ${TABLES.users} as users left join ${TABLES.slots} as slots on slots.slot = users.slot
       where users.user_did = ?`,
      [userDid, userDid],
    ),
  );
  if (row === undefined) return null;
  return {
    version: Number(row.version),
    slot: Number(row.slot),
    dueAtMs: numberOrNull(row.due_at_ms),
    claimedThroughMs: numberOrNull(row.claimed_through_ms),
    builtThroughMs: numberOrNull(row.built_through_ms),
    daysThroughMs: numberOrNull(row.days_through_ms),
    monthsThroughMs: numberOrNull(row.months_through_ms),
    archivedBeforeMs: numberOrNull(row.archived_before_ms),
    rollupRevision: Number(row.rollup_revision),
    sweptThroughMs: numberOrNull(row.swept_through_ms),
    dirtyHours: (JSON.parse(row.dirty_hours ?? '[]') as number[]).sort((a, b) => a - b),
  };
}

/** Hours of a user that are to be rebuilt, ascending, with how often each changed. */
export async function readDirtyHours({ trx }: Transaction, userDid: string): Promise<DirtyHour[]> {
  const rows = toRows<{ hour_ms: number | string; revision: number | string }>(
    await trx.raw(
      `select hour_ms, revision from ${TABLES.dirtyHours} where user_did = ? order by hour_ms`,
      [userDid],
    ),
  );
  return rows.map((row) => ({ hourMs: Number(row.hour_ms), revision: Number(row.revision) }));
}
