import { ROLLUP_NAME, TABLES } from '../db/tables.js';
import { numberOrNull, type Transaction } from './transaction.js';

/** Another instance took over: whatever this one still writes would be stale. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/**
 * Takes the rollup's lease if it is free, expired or already this owner's.
 *
 * @returns the epoch, a number that no later holder shares, or `null` when another instance holds it
 */
export async function acquireLease(
  { trx, dialect }: Transaction,
  owner: string,
  ttlMs: number,
): Promise<number | null> {
  const taken = await trx(TABLES.rollups)
    .where('name', ROLLUP_NAME)
    .where((free) => {
      void free.where('owner', owner).orWhere('lease_until_ms', '<', trx.raw(dialect.nowMs));
    })
    .update({
      owner,
      epoch: trx.raw('epoch + 1'),
      lease_until_ms: trx.raw(`${dialect.nowMs} + ${ttlMs}`),
    });
  if (taken === 0) return null;
  const row = await trx<{ name: string; epoch: number | string }>(TABLES.rollups)
    .select('epoch')
    .where('name', ROLLUP_NAME)
    .first();
  return numberOrNull(row?.epoch ?? null);
}

/**
 * Renews the lease in a transaction that writes under it; who lost it cannot commit any more. Who records waits from here to
 * the end of it.
 *
 * @throws LeaseLostError when another instance has taken over
 */
export async function holdLease(
  { trx, dialect }: Transaction,
  epoch: number,
  ttlMs: number,
): Promise<void> {
  const held = await trx(TABLES.rollups)
    .where({ name: ROLLUP_NAME, epoch })
    .update({ lease_until_ms: trx.raw(`${dialect.nowMs} + ${ttlMs}`) });
  if (held === 0) throw new LeaseLostError('Another instance took over the rollup');
}

/** Gives the lease back, and notes how the run ended. Does nothing when it was lost. */
export async function releaseLease(
  { trx }: Transaction,
  epoch: number,
  outcome: { atMs: number; failure: string | null },
): Promise<void> {
  await trx(TABLES.rollups)
    .where({ name: ROLLUP_NAME, epoch })
    .update({
      owner: null,
      lease_until_ms: 0,
      ...(outcome.failure === null
        ? { last_success_at_ms: outcome.atMs }
        : { last_failure_at_ms: outcome.atMs, last_failure: outcome.failure.slice(0, 1000) }),
    });
}

/** Who holds the lease and how the last runs ended. */
export interface LeaseState {
  owner: string | null;
  lastSuccessAtMs: number | null;
  lastFailureAtMs: number | null;
  lastFailure: string | null;
  /** Hours waiting to be rebuilt. */
  dirtyHours: number;
}

/** Reads what `status()` reports. */
export async function readLeaseState({ trx }: Transaction): Promise<LeaseState> {
  const row = await trx<Record<string, string | number | null>>(TABLES.rollups)
    .where('name', ROLLUP_NAME)
    .first();
  const [dirty] = await trx(TABLES.dirtyHours).count<{ count: number | string }[]>({ count: '*' });
  const text = (column: string): string | null => {
    const value = row?.[column] ?? null;
    return value === null ? null : String(value);
  };
  return {
    owner: text('owner'),
    lastSuccessAtMs: numberOrNull(row?.['last_success_at_ms'] ?? null),
    lastFailureAtMs: numberOrNull(row?.['last_failure_at_ms'] ?? null),
    lastFailure: text('last_failure'),
    dirtyHours: Number(dirty?.count ?? 0),
  };
}
