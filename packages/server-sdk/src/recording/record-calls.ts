import { randomInt, randomUUID } from 'node:crypto';
import type { ModelCallInput } from '../contract/call-input.js';
import { MAX_BACKDATED_MS } from '../aggregates/store/backdated-store.js';
import type { Database } from '../db/database.js';
import { mayReplace, normalizeCall } from './normalize-call.js';
import type { UnknownFields } from './call-fields.js';
import type { PriceCall } from '../pricing/price-call.js';
import type { CreditDecimals } from '../values/amounts.js';
import type { StoredCall } from '../values/stored-call.js';
import type { Clock } from '../runtime/clock.js';
import { UTC_DAY_MS } from '../values/time.js';
import { runDetached } from '../runtime/request-signal.js';
import { pause } from '../runtime/wait.js';
import { UsageError } from '../errors.js';
import {
  MAX_CHARACTERS_PER_STATEMENT,
  prepareCalls,
  toCallKey,
  writeCalls,
  type IsBackdated,
  type KnownCalls,
  type PreparedCalls,
  type WriteCounts,
} from './call-write-store.js';
import { writeInTransaction } from '../db/transaction.js';
import { isDisconnected, isTooLarge, isTransient } from '../db/statement-error.js';

/** A field of a call whose value was not stored as given: it was rounded, or is unknown now. */
export interface CallWarning {
  callId: string;
  userDid: string;
  field: string;
  detail: string;
}

/** Calls in the stored form, and a warning for each value that differs from the given one. */
export interface CheckedCalls {
  calls: StoredCall[];
  warnings: CallWarning[];
}

/** How calls are completed and rounded. */
export interface CheckSettings {
  price: PriceCall;
  creditDecimals: CreditDecimals;
}

/**
 * Validates calls of a caller and converts them to the stored form. The result shares no object with the input.
 *
 * @throws UsageError `CALL_INVALID`, which names every fault by its index in the batch
 */
export function checkCalls(
  input: ModelCallInput | readonly ModelCallInput[],
  { price, creditDecimals }: CheckSettings,
  unknownFields: UnknownFields = 'refuse',
): CheckedCalls {
  const inputs: readonly unknown[] = Array.isArray(input) ? Array.from(input) : [input];
  const checked: CheckedCalls = { calls: [], warnings: [] };
  const items: { parameter: string; detail: string }[] = [];
  for (const [index, item] of inputs.entries()) {
    const result = normalizeCall(item, randomUUID, unknownFields, creditDecimals);
    if ('call' in result) {
      const { id: callId, userDid } = result.call;
      const { warnings } = result;
      const call = price(result.call, (detail) => warnings.push({ field: 'cost', detail }));
      checked.calls.push(call);
      checked.warnings.push(...warnings.map((fault) => ({ callId, userDid, ...fault })));
    } else {
      const at = inputs.length === 1 ? '' : `[${index}].`;
      items.push(
        ...result.faults.map((fault) => ({ parameter: at + fault.field, detail: fault.detail })),
      );
    }
  }
  if (items.length > 0) throw toInvalidError(items);
  return checked;
}

function toInvalidError(items: { parameter: string; detail: string }[]): UsageError {
  const faults = items.slice(0, 5).map((item) => `${item.parameter} ${item.detail}`);
  const more = items.length > 5 ? ` and ${items.length - 5} more` : '';
  const message = `Nothing was recorded: ${faults.join('; ')}${more}.`;
  return new UsageError('CALL_INVALID', message, { items });
}

/** Stores checked calls of a file; new ones raise no alert. @throws StatementError as {@link storeJobs} */
export async function storeImportedCalls(
  database: Database,
  calls: readonly StoredCall[],
  nowMs: number,
): Promise<WriteCounts> {
  const fromMs = nowMs - MAX_BACKDATED_MS;
  const [counts] = await storeJobs(database, [calls], ({ startedAtMs }) => startedAtMs >= fromMs);
  return counts ?? { inserted: 0, updated: 0 };
}

/** A call that ended longer ago when it is recorded is back-dated: it raises no alert. */
const BACKDATED_AFTER_MS = UTC_DAY_MS;

/** Makes the condition by which a recorder's calls are back-dated. */
export function createIsBackdated(clock: Clock): IsBackdated {
  return ({ startedAtMs, durationUs }) => {
    const nowMs = clock.now();
    const endedAtMs = startedAtMs + (durationUs ?? 0) / 1000;
    return endedAtMs < nowMs - BACKDATED_AFTER_MS && startedAtMs >= nowMs - MAX_BACKDATED_MS;
  };
}

/**
 * Stores checked calls of several callers in one transaction, as if one after the other; they are on disk when it resolves.
 * The same id of the same user again is the same call, corrected.
 *
 * @returns the counts of each caller, in their order
 * @throws StatementError when the database fails, after the attempts that are safe
 */
export async function storeJobs(
  database: Database,
  jobs: readonly (readonly StoredCall[])[],
  isBackdated: IsBackdated = () => false,
): Promise<WriteCounts[]> {
  const calls = mergeCalls(jobs.flat());
  if (calls.length === 0) return jobs.map(() => ({ inserted: 0, updated: 0 }));
  const known = await database.requestActivity.run(() =>
    storeDurably(database, calls, isBackdated),
  );
  database.ownWrites?.note(new Set(calls.map(({ userDid }) => userDid)));
  const stored = new Set(known.keys());
  return jobs.map((job) => countCalls(job, stored));
}

/** Each call once: the last of the same id wins, but a call that ended stays ended. */
function mergeCalls(calls: readonly StoredCall[]): StoredCall[] {
  const merged = new Map<string, StoredCall>();
  for (const call of calls) {
    const key = toCallKey(call);
    const earlier = merged.get(key);
    if (!earlier || mayReplace(earlier.status, call.status)) merged.set(key, call);
  }
  return [...merged.values()];
}

/** Counts the calls of one caller, each once. @param stored keys of stored calls, to which those of this caller are added */
function countCalls(calls: readonly StoredCall[], stored: Set<string>): WriteCounts {
  const counts: WriteCounts = { inserted: 0, updated: 0 };
  for (const key of new Set(calls.map(toCallKey))) {
    counts[stored.has(key) ? 'updated' : 'inserted'] += 1;
    stored.add(key);
  }
  return counts;
}

/** Attempts while connections break. */
const MAX_CONNECTION_ATTEMPTS = 5;
/** Attempts while the database aborts the transaction in favor of others. */
const MAX_ATTEMPTS = 10;
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 1600;
/** A statement of a few thousand rows takes about 100 ms; after this time its connection counts as broken. */
const STATEMENT_DEADLINE_MS = 10_000;
/** Characters of one statement below which splitting it further does not help: no server has a lower limit. */
const MIN_STATEMENT_CHARACTERS = 20_000;

/**
 * Stores calls, and retries where that is safe: after the database aborted the transaction in favor of another (a deadlock
 * with a program that writes in another order), and after a connection broke. The transaction may have been committed then;
 * storing the same calls again changes nothing. A statement that is larger than the server accepts is split. So is one that
 * loses its connection twice, because MySQL and MariaDB may close the connection of a large statement without an error.
 */
async function storeDurably(
  database: Database,
  calls: readonly StoredCall[],
  isBackdated: IsBackdated,
): Promise<KnownCalls> {
  const { currency } = database.calls;
  let maxCharacters = MAX_CHARACTERS_PER_STATEMENT;
  const prepare = (): PreparedCalls =>
    prepareCalls(database.dialect, calls, { isBackdated, currency, maxCharacters });
  let prepared = prepare();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runDetached(
        () => writeInTransaction(database, (transaction) => writeCalls(transaction, prepared)),
        STATEMENT_DEADLINE_MS,
      );
    } catch (error) {
      const mayBeTooLarge = isTooLarge(error) || (isDisconnected(error) && attempt > 1);
      if (mayBeTooLarge && maxCharacters > MIN_STATEMENT_CHARACTERS) {
        maxCharacters /= 4;
        prepared = prepare();
        if (isTooLarge(error)) continue;
      }
      if (attempt >= getMaxAttempts(error)) throw error;
      await pause(computePauseMs(error, attempt));
    }
  }
}

function getMaxAttempts(error: unknown): number {
  if (isTransient(error)) return MAX_ATTEMPTS;
  return isDisconnected(error) ? MAX_CONNECTION_ATTEMPTS : 1;
}

/** Milliseconds; random after a deadlock, so that the writers do not collide again. */
function computePauseMs(error: unknown, attempt: number): number {
  const pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
  return isTransient(error) ? randomInt(pauseMs) : pauseMs;
}
