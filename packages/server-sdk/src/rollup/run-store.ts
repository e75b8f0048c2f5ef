import { ROLLUP_NAME, TABLES } from '../db/tables.js';
import { type Transaction } from '../db/transaction.js';
import { numberOrNull } from '../db/executor.js';

/** Notes how a run ended. */
export async function writeRunOutcome(
  { trx }: Transaction,
  { atMs, failure }: { atMs: number; failure: string | null },
): Promise<void> {
  await trx(TABLES.rollups)
    .where('name', ROLLUP_NAME)
    .update(
      failure === null
        ? { last_success_at_ms: atMs }
        : { last_failure_at_ms: atMs, last_failure: failure.slice(0, 1000) },
    );
}

/** How the last runs ended, and what waits. */
export interface RunState {
  lastSuccessAtMs: number | null;
  lastFailureAtMs: number | null;
  lastFailure: string | null;
  /** Hours waiting to be rebuilt. */
  dirtyHours: number;
  /** The latest instant before which a user's calls are archived, epoch ms; `null`: none are. */
  archivedBeforeMs: number | null;
}

/** Reads what `status()` reports of runs. */
export async function readRunState({ trx }: Transaction): Promise<RunState> {
  const row = await trx<Record<string, string | number | null>>(TABLES.rollups)
    .where('name', ROLLUP_NAME)
    .first();
  const [dirty] = await trx(TABLES.dirtyHours).count<{ count: number | string }[]>({ count: '*' });
  const archived = await trx(TABLES.users)
    .max<{ last: number | string | null }[]>({ last: 'archived_before_ms' })
    .first();
  const failure = row?.['last_failure'] ?? null;
  return {
    lastSuccessAtMs: numberOrNull(row?.['last_success_at_ms'] ?? null),
    lastFailureAtMs: numberOrNull(row?.['last_failure_at_ms'] ?? null),
    lastFailure: failure === null ? null : String(failure),
    dirtyHours: Number(dirty?.count ?? 0),
    archivedBeforeMs: numberOrNull(archived?.last ?? null),
  };
}
