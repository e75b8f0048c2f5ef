import { randomUUID } from 'node:crypto';
import type { ModelCallInput } from '../contract/call-input.js';
import type { Database } from '../db/database.js';
import { mayReplace, normalizeCall } from '../domain/normalize-call.js';
import type { StoredCall } from '../domain/stored-call.js';
import { UsageError } from '../errors.js';
import { writeCalls, type WriteCounts } from '../stores/call-write-store.js';

/**
 * Stores calls; on disk when it resolves. The same id of the same user again is the same call, corrected.
 *
 * All or nothing: with one fault in the batch, none of it is stored.
 *
 * @throws UsageError `CALL_INVALID`, which names every fault by its place in the batch
 */
export async function recordCalls(
  database: Database,
  input: ModelCallInput | readonly ModelCallInput[],
): Promise<WriteCounts> {
  const inputs: readonly unknown[] = Array.isArray(input) ? input : [input];
  const calls: StoredCall[] = [];
  const items: { parameter: string; detail: string }[] = [];
  for (const [index, item] of inputs.entries()) {
    const result = normalizeCall(item, randomUUID);
    if ('call' in result) calls.push(result.call);
    else {
      const at = inputs.length === 1 ? '' : `[${index}].`;
      items.push(
        ...result.faults.map((fault) => ({ parameter: at + fault.field, detail: fault.detail })),
      );
    }
  }
  if (items.length > 0) {
    const faults = items.slice(0, 5).map((item) => `${item.parameter} ${item.detail}`);
    const more = items.length > 5 ? ` and ${items.length - 5} more` : '';
    throw new UsageError('CALL_INVALID', `Nothing was recorded: ${faults.join('; ')}${more}.`, {
      items,
    });
  }
  return storeCalls(database, calls);
}

/** Stores calls that were checked before, in one transaction. */
export async function storeCalls(
  database: Database,
  calls: readonly StoredCall[],
): Promise<WriteCounts> {
  const total: WriteCounts = { inserted: 0, updated: 0 };
  if (calls.length === 0) return total;
  await database.transaction(async (trx) => {
    const transaction = { trx, dialect: database.dialect };
    for (const [userDid, ofUser] of groupByUser(calls)) {
      const counts = await writeCalls(transaction, userDid, ofUser);
      total.inserted += counts.inserted;
      total.updated += counts.updated;
    }
  });
  return total;
}

/** By user, each id once: the last of the same id wins, but a call that ended stays ended. */
function groupByUser(calls: readonly StoredCall[]): Map<string, StoredCall[]> {
  const users = new Map<string, Map<string, StoredCall>>();
  for (const call of calls) {
    const ofUser = users.get(call.userDid) ?? new Map<string, StoredCall>();
    const earlier = ofUser.get(call.id);
    if (!earlier || mayReplace(earlier.status, call.status)) ofUser.set(call.id, call);
    users.set(call.userDid, ofUser);
  }
  const inOrder = [...users].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(inOrder.map(([userDid, ofUser]) => [userDid, [...ofUser.values()]]));
}
