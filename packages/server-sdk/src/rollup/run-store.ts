import { numberOrNull, queryRow } from '../db/executor.js';
import { sql } from '../db/sql.js';
import { ROLLUP_NAME } from '../db/tables.js';
import type { Transaction } from '../db/transaction.js';

/** Stores how a run ended. */
export async function writeRunOutcome(
  { trx }: Transaction,
  { atMs, failure }: { atMs: number; failure: string | null },
): Promise<void> {
  await trx('model_call_rollups')
    .where('name', ROLLUP_NAME)
    .update(
      failure === null
        ? { last_success_at_ms: atMs }
        : { last_failure_at_ms: atMs, last_failure: failure.slice(0, 1000) },
    );
}

/** How the last runs ended, and the number of dirty hours. */
export interface RunState {
  lastSuccessAtMs: number | null;
  lastFailureAtMs: number | null;
  lastFailure: string | null;
  /** Dirty hours of all users. */
  dirtyHours: number;
  /** The latest instant before which a user's calls are archived, epoch ms; `null`: none are. */
  archivedBeforeMs: number | null;
}

/** Reads the part of `status()` that is about runs. */
export async function readRunState(transaction: Transaction): Promise<RunState> {
  const row = await queryRow<Record<string, string | number | null>>(
    transaction,
    sql`select last_success_at_ms, last_failure_at_ms, last_failure,
      (select count(*) from model_call_dirty_hours) as dirty_hours,
      (select max(archived_before_ms) from model_call_users) as archived_before_ms
      from model_call_rollups where name = ${ROLLUP_NAME}`,
  );
  const failure = row?.['last_failure'] ?? null;
  return {
    lastSuccessAtMs: numberOrNull(row?.['last_success_at_ms']),
    lastFailureAtMs: numberOrNull(row?.['last_failure_at_ms']),
    lastFailure: failure === null ? null : String(failure),
    dirtyHours: Number(row?.['dirty_hours'] ?? 0),
    archivedBeforeMs: numberOrNull(row?.['archived_before_ms']),
  };
}
