import { numberOrNull, queryRow } from '../../db/executor.js';
import { sql, verbatim } from '../../db/sql.js';
import type { Transaction } from '../../db/transaction.js';

/**
 * Through which instants a user's aggregates are claimed, built and archived; instants are epoch ms.
 *
 * @see docs/adr/0038-plain-rows.md
 */
export interface UserProgress {
  version: number;
  slot: number;
  /** When the user becomes due: an hour with calls, a day or a month ends then. `null`: never. */
  dueAtMs: number | null;
  /** Hours before it are claimed: a change of their calls marks them dirty. */
  claimedThroughMs: number | null;
  /** Hours, days and months that end at or before these have their aggregates. */
  builtThroughMs: number | null;
  daysThroughMs: number | null;
  monthsThroughMs: number | null;
  /** Calls before it are archived. */
  archivedBeforeMs: number | null;
  /** How many transactions the user's rollups committed. */
  rollupRevision: number;
  /** Through which instant users of the slot that are not due are rolled up. */
  sweptThroughMs: number | null;
  /** Starts of dirty hours, ascending. */
  dirtyHours: readonly number[];
}

const COLUMNS = [
  'version',
  'slot',
  'due_at_ms',
  'claimed_through_ms',
  'built_through_ms',
  'days_through_ms',
  'months_through_ms',
  'archived_before_ms',
  'rollup_revision',
] as const;

type ProgressRow = Record<(typeof COLUMNS)[number] | 'swept_through_ms', number | string | null> & {
  dirty_hours: string | null;
};

/** Reads the progress of a user; `null` for one without a row. @throws StatementError when the database fails */
export async function readUserProgress(
  transaction: Transaction,
  userDid: string,
): Promise<UserProgress | null> {
  const { dialect } = transaction;
  const columns = COLUMNS.map((column) => `users.${column}`).join(', ');
  const row = await queryRow<ProgressRow>(
    transaction,
    sql`${verbatim(dialect.selectText)} ${verbatim(columns)}, slots.swept_through_ms,
      (select ${verbatim(dialect.jsonGroup('hour_ms'))} from model_call_dirty_hours where user_did = ${userDid}) as dirty_hours
      from model_call_users as users left join model_call_slots as slots on slots.slot = users.slot
      where users.user_did = ${userDid}`,
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
