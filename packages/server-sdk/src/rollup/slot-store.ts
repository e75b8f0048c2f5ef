import { SLOT_COUNT } from '../db/dialects/shared-writes.js';
import { TABLES } from '../db/tables.js';
import { type Transaction } from '../db/transaction.js';
import { numberOrNull } from '../db/executor.js';

/** All slots. */
export const ALL_SLOTS: readonly number[] = Array.from({ length: SLOT_COUNT }, (_, slot) => slot);

/** A lease of slots that an instance holds. */
export interface SlotLease {
  owner: string;
  slots: readonly number[];
}

/**
 * Takes candidates in their order, up to a limit, that are free, expired or already this owner's. A lease only keeps instances from doing the same work: what
 * they write is guarded by each user's revision.
 */
export async function acquireSlots(
  { trx, dialect }: Transaction,
  owner: string,
  candidates: readonly number[],
  limit: number,
  ttlMs: number,
): Promise<number[]> {
  const taken: number[] = [];
  for (const slot of candidates) {
    if (taken.length === limit) break;
    const count = await trx(TABLES.slots)
      .where('slot', slot)
      .where((free) => {
        void free
          .whereNull('owner')
          .orWhere('owner', owner)
          .orWhere('lease_until_ms', '<', trx.raw(dialect.nowMs));
      })
      .update({ owner, lease_until_ms: trx.raw(`${dialect.nowMs} + ${ttlMs}`) });
    if (count > 0) taken.push(slot);
  }
  return taken;
}

/** Extends the lease of the slots that are still the owner's. */
export async function renewSlots(
  { trx, dialect }: Transaction,
  { owner, slots }: SlotLease,
  ttlMs: number,
): Promise<void> {
  await trx(TABLES.slots)
    .whereIn('slot', [...slots])
    .where('owner', owner)
    .update({ lease_until_ms: trx.raw(`${dialect.nowMs} + ${ttlMs}`) });
}

/** Gives slots back that are still the owner's. */
export async function releaseSlots(
  { trx }: Transaction,
  { owner, slots }: SlotLease,
): Promise<void> {
  await trx(TABLES.slots)
    .whereIn('slot', [...slots])
    .where('owner', owner)
    .update({ owner: null, lease_until_ms: 0 });
}

/** Notes to where users of slots that have nothing due are rolled up, epoch ms. */
export async function moveSweep(
  { trx }: Transaction,
  slots: readonly number[],
  throughMs: number,
): Promise<void> {
  await trx(TABLES.slots)
    .whereIn('slot', [...slots])
    .where((behind) => {
      void behind.whereNull('swept_through_ms').orWhere('swept_through_ms', '<', throughMs);
    })
    .update({ swept_through_ms: throughMs });
}

/** All slots, and how far the slowest of them is. */
export interface SlotState {
  /** An instance that holds slots; `null`: none does. */
  owner: string | null;
  /** `null`: some slot was never rolled up. */
  sweptThroughMs: number | null;
}

/** Reads the state of all slots. */
export async function readSlotState({ trx }: Transaction): Promise<SlotState> {
  const rows = await trx<{ owner: string | null; swept_through_ms: number | string | null }>(
    TABLES.slots,
  ).select('owner', 'swept_through_ms');
  const swept = rows.map((row) => numberOrNull(row.swept_through_ms));
  return {
    owner: rows.find(({ owner }) => owner !== null)?.owner ?? null,
    sweptThroughMs: swept.includes(null) ? null : Math.min(...(swept as number[])),
  };
}
