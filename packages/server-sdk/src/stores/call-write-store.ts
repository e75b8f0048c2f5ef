import { TABLES } from '../db/tables.js';
import type { CallStatus } from '../contract/common.js';
import { mayReplace } from '../domain/normalize-call.js';
import type { StoredCall } from '../domain/stored-call.js';
import { HOUR_MS, floorTo } from '../domain/time.js';
import { readWatermarks } from './rollup-progress-store.js';
import { chunksOf, upsertRows, type Transaction } from './transaction.js';

const IDS_PER_STATEMENT = 500;

/** How many calls were new, and how many replaced or repeated one that was there. */
export interface WriteCounts {
  inserted: number;
  updated: number;
}

interface ExistingRow {
  user_did: string;
  id: string;
  status: CallStatus;
  started_at_ms: number | string;
}

interface ExistingCall {
  status: CallStatus;
  startedAtMs: number;
}

/**
 * Stores calls of one user; a call with a known id replaces it. Hours that were rolled up already are marked in the
 * same transaction, so that no reader sees the call and misses the mark.
 *
 * @param calls all of `userDid`; ids are distinct
 */
export async function writeCalls(
  transaction: Transaction,
  userDid: string,
  calls: readonly StoredCall[],
): Promise<WriteCounts> {
  await transaction.dialect.lockRollups(transaction.trx, 'share');
  const existing = await findExisting(transaction, userDid, calls);
  const accepted = calls.filter((call) => {
    const stored = existing.get(call.id);
    return stored === undefined || mayReplace(stored.status, call.status);
  });
  // In one order everywhere, two writers of the same calls wait for each other instead of locking each other out.
  accepted.sort((a, b) => (a.id < b.id ? -1 : 1));
  await upsertRows(transaction, TABLES.calls, ['user_did', 'id'], accepted.map(toRow));

  const touchedMs = accepted.flatMap((call) => {
    const movedFromMs = existing.get(call.id)?.startedAtMs;
    return movedFromMs === undefined ? [call.startedAtMs] : [call.startedAtMs, movedFromMs];
  });
  await markDirty(transaction, userDid, touchedMs);
  return { inserted: calls.length - existing.size, updated: existing.size };
}

async function findExisting(
  { trx }: Transaction,
  userDid: string,
  calls: readonly StoredCall[],
): Promise<Map<string, ExistingCall>> {
  const existing = new Map<string, ExistingCall>();
  const ids = calls.map((call) => call.id);
  for (const batch of chunksOf(IDS_PER_STATEMENT, ids)) {
    const rows = await trx<ExistingRow>(TABLES.calls)
      .select('id', 'status', 'started_at_ms')
      .where('user_did', userDid)
      .whereIn('id', batch);
    for (const row of rows) {
      existing.set(row.id, { status: row.status, startedAtMs: Number(row.started_at_ms) });
    }
  }
  return existing;
}

async function markDirty(
  transaction: Transaction,
  userDid: string,
  instantsMs: readonly number[],
): Promise<void> {
  const { hoursThroughMs } = await readWatermarks(transaction);
  if (hoursThroughMs === null) return;
  const late = instantsMs.filter((ms) => ms < hoursThroughMs);
  const hours = new Set(late.map((ms) => floorTo(HOUR_MS, ms)));
  const rows = [...hours]
    .sort((a, b) => a - b)
    .map((hourMs) => ({ user_did: userDid, hour_ms: hourMs }));
  await upsertRows(transaction, TABLES.dirtyHours, ['user_did', 'hour_ms'], rows);
}

function toRow(call: StoredCall): Record<string, unknown> {
  return {
    user_did: call.userDid,
    id: call.id,
    trace_id: call.traceId,
    app_did: call.appDid,
    model: call.model,
    provider: call.provider,
    type: call.type,
    status: call.status,
    started_at_ms: call.startedAtMs,
    duration_us: call.durationUs,
    ttfb_us: call.ttfbUs,
    input_tokens: call.inputTokens,
    output_tokens: call.outputTokens,
    total_tokens: call.totalTokens,
    units: call.units,
    credits_e8: call.creditsE8,
    error_reason: call.errorReason,
    metadata: call.metadata,
  };
}
