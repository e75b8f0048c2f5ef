import { SLOT_COUNT } from '../db/dialects/shared-writes.js';
import { numberOrNull, queryRows } from '../db/executor.js';
import { sql } from '../db/sql.js';
import type { Transaction } from '../db/transaction.js';

/** All slots. */
export const ALL_SLOTS: readonly number[] = Array.from({ length: SLOT_COUNT }, (_, slot) => slot);

/** Slots that an instance has leased. */
export interface SlotLease {
  owner: string;
  slots: readonly number[];
}

/** The slots that an instance may lease, and how many of them. */
export interface SlotRequest {
  owner: string;
  candidates: readonly number[];
  limit: number;
}

/**
 * Leases candidates in their order, up to a limit, that are free, expired or already this owner's. A lease only prevents
 * instances from doing the same work; the rollup revision of each user protects what they write.
 *
 * @returns the leased slots
 */
export async function acquireSlots(
  { trx, dialect }: Transaction,
  { owner, candidates, limit }: SlotRequest,
  ttlMs: number,
): Promise<number[]> {
  const acquired: number[] = [];
  for (const slot of candidates) {
    if (acquired.length === limit) break;
    const count = await trx('model_call_slots')
      .where('slot', slot)
      .where((free) => {
        void free
          .whereNull('owner')
          .orWhere('owner', owner)
          .orWhere('lease_until_ms', '<', trx.raw(dialect.nowMs));
      })
      .update({ owner, lease_until_ms: trx.raw(`${dialect.nowMs} + ${ttlMs}`) });
    if (count > 0) acquired.push(slot);
  }
  return acquired;
}

/** Extends the lease of the slots that are still the owner's. */
export async function renewSlots(
  { trx, dialect }: Transaction,
  { owner, slots }: SlotLease,
  ttlMs: number,
): Promise<void> {
  await trx('model_call_slots')
    .whereIn('slot', [...slots])
    .where('owner', owner)
    .update({ lease_until_ms: trx.raw(`${dialect.nowMs} + ${ttlMs}`) });
}

/** Ends the lease of the slots that are still the owner's. */
export async function releaseSlots(
  { trx }: Transaction,
  { owner, slots }: SlotLease,
): Promise<void> {
  await trx('model_call_slots')
    .whereIn('slot', [...slots])
    .where('owner', owner)
    .update({ owner: null, lease_until_ms: 0 });
}

/** Stores through which instant users of slots that are not due are rolled up, epoch ms. */
export async function storeSweep(
  { trx }: Transaction,
  slots: readonly number[],
  throughMs: number,
): Promise<void> {
  await trx('model_call_slots')
    .whereIn('slot', [...slots])
    .where((behind) => {
      void behind.whereNull('swept_through_ms').orWhere('swept_through_ms', '<', throughMs);
    })
    .update({ swept_through_ms: throughMs });
}

/** The state of all slots. */
export interface SlotState {
  /** An instance that has leased slots; `null`: none has. */
  owner: string | null;
  /** Through which instant all slots are swept, epoch ms; `null`: some slot was never swept. */
  sweptThroughMs: number | null;
}

/** Reads the state of all slots. */
export async function readSlotState(transaction: Transaction): Promise<SlotState> {
  const rows = await queryRows<{ owner: string | null; swept_through_ms: number | string | null }>(
    transaction,
    sql`select owner, swept_through_ms from model_call_slots`,
  );
  const swept = rows.map((row) => numberOrNull(row.swept_through_ms));
  return {
    owner: rows.find(({ owner }) => owner !== null)?.owner ?? null,
    sweptThroughMs: swept.includes(null) ? null : Math.min(...(swept as number[])),
  };
}
