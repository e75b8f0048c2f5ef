import { isDuplicate } from '../db/database-failures.js';
import type { Dialect } from '../db/dialects/dialect.js';
import { TABLES } from '../db/tables.js';
import type { BulkColumn, BulkRow, EncodedRows, UpsertRule } from '../db/dialects/write-dialect.js';
import type { StoredCall } from '../values/stored-call.js';
import { HOUR_MS, floorTo } from '../values/time.js';
import { splitBySize, type Transaction } from '../db/transaction.js';
import { execute, queryRows } from '../db/executor.js';
import type { Sql } from '../db/sql.js';
import {
  markHoursDirty,
  setDue,
  sortPlaces,
  raiseVersions,
  type CallPlace,
} from '../aggregates/store/user-version-store.js';

/** How many calls were new, and how many replaced or repeated one that was there. */
export interface WriteCounts {
  inserted: number;
  updated: number;
}

/** Calls ready to be written; what takes time and needs no connection is done. */
export interface PreparedCalls {
  userDids: readonly string[];
  /** By key, in runs of which each is small enough for one statement. */
  batches: readonly { calls: readonly StoredCall[]; rows: EncodedRows }[];
}

/** Calls by user and, within the user, by id. */
export type CallsByUser = ReadonlyMap<string, ReadonlyMap<string, StoredCall>>;

/** Calls that were there before: when each started, epoch ms, by id, by user. */
export type KnownCalls = ReadonlyMap<string, ReadonlyMap<string, number>>;

const KEY = ['user_did', 'id'] as const;
const MAX_ROWS_PER_STATEMENT = 1000;
/** Far below what MariaDB takes in one packet by default. */
export const MAX_CHARACTERS_PER_STATEMENT = 2_000_000;

const COLUMNS: readonly (BulkColumn & { of: (call: StoredCall) => string | number | null })[] = [
  { name: 'user_did', kind: 'text', of: (call) => call.userDid },
  { name: 'id', kind: 'text', of: (call) => call.id },
  { name: 'trace_id', kind: 'text', of: (call) => call.traceId },
  { name: 'app_did', kind: 'text', of: (call) => call.appDid },
  { name: 'model', kind: 'text', of: (call) => call.model },
  { name: 'provider', kind: 'text', of: (call) => call.provider },
  { name: 'type', kind: 'text', of: (call) => call.type },
  { name: 'status', kind: 'text', of: (call) => call.status },
  { name: 'started_at_ms', kind: 'integer', of: (call) => call.startedAtMs },
  { name: 'duration_us', kind: 'integer', of: (call) => call.durationUs },
  { name: 'ttfb_us', kind: 'integer', of: (call) => call.ttfbUs },
  { name: 'input_tokens', kind: 'integer', of: (call) => call.inputTokens },
  { name: 'output_tokens', kind: 'integer', of: (call) => call.outputTokens },
  { name: 'total_tokens', kind: 'integer', of: (call) => call.totalTokens },
  { name: 'units', kind: 'real', of: (call) => call.units },
  { name: 'credits_e8', kind: 'integer', of: (call) => call.creditsE8 },
  { name: 'error_reason', kind: 'text', of: (call) => call.errorReason },
  { name: 'metadata', kind: 'text', of: (call) => call.metadata },
];
const STAMP = 'recorded_at_ms';

const isKey = (name: string): boolean => (KEY as readonly string[]).includes(name);

/** A call replaces the one of its id, but one that ended does not go back to processing. */
const REPLACE: UpsertRule = {
  table: TABLES.calls,
  key: KEY,
  columns: [...COLUMNS.map(({ name }) => name).filter((name) => !isKey(name)), STAMP],
  unless: (incoming) =>
    `${incoming('status')} = 'processing' and ${TABLES.calls}.status <> 'processing'`,
  stamp: STAMP,
  unlessColumns: ['status'],
};

/**
 * Makes calls ready to be written, once for all attempts.
 *
 * @param maxCharacters of one statement; a single call may be longer
 * @throws TypeError when a call is filed under another user than its own
 */
export function prepareCalls(
  dialect: Dialect,
  callsByUser: CallsByUser,
  maxCharacters = MAX_CHARACTERS_PER_STATEMENT,
): PreparedCalls {
  const calls = inKeyOrder(callsByUser);
  const write = dialect.write;
  const batches = toStatements(calls, maxCharacters).map((batch) => ({
    calls: batch,
    rows: write.encodeRows(
      COLUMNS,
      batch.map((call): BulkRow => COLUMNS.map(({ of }) => of(call))),
    ),
  }));
  return { userDids: [...callsByUser.keys()], batches };
}

/**
 * Stores calls of some users; a call with a known id replaces it, but one that ended does not go back to processing. In the
 * same transaction the versions of the users are raised, the hours that the rollup has claimed are marked dirty (also
 * those that calls were moved from), and the others become due.
 *
 * The users come first: from then on no other writer and no rollup touches what is theirs.
 *
 * @returns which calls were there before
 */
export async function writeCalls(
  transaction: Transaction,
  { batches, userDids }: PreparedCalls,
): Promise<KnownCalls> {
  const touched = await raiseVersions(transaction, userDids);
  const known = new Map<string, Map<string, number>>();
  for (const batch of batches) await insertBatch(transaction, batch, known);
  const { claimed, due } = sortPlaces(touched, changedPlaces(batches, known));
  if (claimed.length > 0) await markHoursDirty(transaction, claimed);
  if (due.size > 0) await setDue(transaction, due);
  return known;
}

/** Where calls are now, and where those were that moved to another hour. */
function* changedPlaces(
  batches: PreparedCalls['batches'],
  known: KnownCalls,
): Generator<CallPlace, void, undefined> {
  for (const { calls } of batches) {
    for (const { userDid, id, startedAtMs } of calls) {
      yield { userDid, startedAtMs };
      const beforeMs = known.get(userDid)?.get(id);
      if (beforeMs === undefined) continue;
      if (floorTo(HOUR_MS, beforeMs) !== floorTo(HOUR_MS, startedAtMs)) {
        yield { userDid, startedAtMs: beforeMs };
      }
    }
  }
}

/** Inserts or replaces calls, and notes which were there before. */
async function insertBatch(
  transaction: Transaction,
  { calls, rows }: PreparedCalls['batches'][number],
  known: Map<string, Map<string, number>>,
): Promise<void> {
  const { write } = transaction.dialect;
  const insert = { table: TABLES.calls, columns: COLUMNS, stamp: STAMP, onConflict: '' };
  if (write.triesInsert && (await insertNew(transaction, write.insertRows(insert, rows)))) return;
  const [first, ...others] = write.insertReturningKnown(
    { ...insert, onConflict: write.onConflict(REPLACE) },
    rows,
    { key: KEY, column: 'started_at_ms', keys: calls.map(({ userDid, id }) => [userDid, id]) },
  );
  if (first === undefined) return;
  for (const row of await queryRows<KnownRow>(transaction, first)) {
    const ofUser = known.get(row.user_did) ?? new Map<string, number>();
    if (ofUser.size === 0) known.set(row.user_did, ofUser);
    ofUser.set(row.id, Number(row.started_at_ms));
  }
  for (const statement of others) await execute(transaction, statement);
}

/** Inserts rows, all or none. @returns whether all were new */
async function insertNew(transaction: Transaction, insert: Sql): Promise<boolean> {
  try {
    await execute(transaction, insert);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

interface KnownRow {
  user_did: string;
  id: string;
  started_at_ms: number | string;
}

function inKeyOrder(callsByUser: CallsByUser): StoredCall[] {
  const ordered: StoredCall[] = [];
  for (const userDid of [...callsByUser.keys()].sort()) {
    const calls = [...(callsByUser.get(userDid)?.values() ?? [])];
    if (calls.some((call) => call.userDid !== userDid)) {
      throw new TypeError('A call is filed under another user than its own');
    }
    ordered.push(...calls.sort((a, b) => (a.id < b.id ? -1 : 1)));
  }
  return ordered;
}

/** Runs of calls, each small enough for one statement. */
function toStatements(calls: readonly StoredCall[], maxCharacters: number): StoredCall[][] {
  return splitBySize(calls, {
    items: MAX_ROWS_PER_STATEMENT,
    size: maxCharacters,
    sizeOf: ({ metadata, errorReason }) =>
      400 + (metadata?.length ?? 0) + (errorReason?.length ?? 0),
  });
}
