import { isDuplicate } from '../db/statement-error.js';
import type { Dialect } from '../db/dialects/dialect.js';
import type { BulkColumn, BulkRow, EncodedRows, UpsertRule } from '../db/dialects/write-dialect.js';
import { splitCredits } from '../values/amounts.js';
import type { StoredCall } from '../values/stored-call.js';
import { HOUR_MS, floorTo } from '../values/time.js';
import { splitBySize, type Transaction } from '../db/transaction.js';
import { execute, queryRows } from '../db/executor.js';
import type { Sql } from '../db/sql.js';
import { addBackdated } from '../aggregates/store/backdated-store.js';
import {
  markHoursDirty,
  setDue,
  sortPlaces,
  raiseVersions,
  type CallPlace,
} from '../aggregates/store/user-version-store.js';

/** How many calls were new, and how many replaced or repeated a stored one. */
export interface WriteCounts {
  inserted: number;
  updated: number;
}

/** Calls that are sorted, split into statements and encoded: all work that needs no connection. */
export interface PreparedCalls {
  userDids: readonly string[];
  /** Whether a call raises no alert, because it was recorded long after it ended, or imported. */
  isBackdated: IsBackdated;
  /** ISO 4217 code of costs that figures have. */
  currency: string;
  /** Sorted by key; each is small enough for one statement. */
  batches: readonly { calls: readonly StoredCall[]; rows: EncodedRows }[];
}

/** Whether a call is back-dated. */
export type IsBackdated = (call: StoredCall) => boolean;

/** How calls are prepared. */
export interface PrepareSettings {
  isBackdated: IsBackdated;
  /** ISO 4217 code of costs that figures have. */
  currency: string;
  /** Of one statement; a single call may be longer. @default {@link MAX_CHARACTERS_PER_STATEMENT} */
  maxCharacters?: number;
}

/**
 * The user and the id of a call as one text. Identifiers hold no control character, so no two calls have the same.
 */
export const toCallKey = ({ userDid, id }: Pick<StoredCall, 'userDid' | 'id'>): string =>
  `${userDid}\0${id}`;

/** Calls that were stored before: their starts, epoch ms, by {@link toCallKey}. */
export type KnownCalls = ReadonlyMap<string, number>;

const KEY = ['user_did', 'id'] as const;
const MAX_ROWS_PER_STATEMENT = 1000;
/** Far below the default of MariaDB's `max_allowed_packet`. */
export const MAX_CHARACTERS_PER_STATEMENT = 2_000_000;

const COLUMNS: readonly (BulkColumn & { read: (call: StoredCall) => string | number | null })[] = [
  { name: 'user_did', kind: 'text', read: (call) => call.userDid },
  { name: 'id', kind: 'text', read: (call) => call.id },
  { name: 'trace_id', kind: 'text', read: (call) => call.traceId },
  { name: 'app_did', kind: 'text', read: (call) => call.appDid },
  { name: 'model', kind: 'text', read: (call) => call.model },
  { name: 'provider', kind: 'text', read: (call) => call.provider },
  { name: 'type', kind: 'text', read: (call) => call.type },
  { name: 'status', kind: 'text', read: (call) => call.status },
  { name: 'started_at_ms', kind: 'integer', read: (call) => call.startedAtMs },
  { name: 'duration_us', kind: 'integer', read: (call) => call.durationUs },
  { name: 'ttfb_us', kind: 'integer', read: (call) => call.ttfbUs },
  { name: 'input_tokens', kind: 'integer', read: (call) => call.inputTokens },
  { name: 'output_tokens', kind: 'integer', read: (call) => call.outputTokens },
  { name: 'total_tokens', kind: 'integer', read: (call) => call.totalTokens },
  { name: 'units', kind: 'real', read: (call) => call.units },
  {
    name: 'credits_e8',
    kind: 'integer',
    read: ({ creditsE10 }) =>
      creditsE10 === null ? null : Number(splitCredits(creditsE10).creditsE8),
  },
  {
    name: 'credits_rest_e10',
    kind: 'integer',
    read: ({ creditsE10 }) =>
      creditsE10 === null ? null : splitCredits(creditsE10).creditsRestE10,
  },
  { name: 'cached_input_tokens', kind: 'integer', read: (call) => call.cachedInputTokens },
  { name: 'cache_write_tokens', kind: 'integer', read: (call) => call.cacheWriteTokens },
  { name: 'reasoning_tokens', kind: 'integer', read: (call) => call.reasoningTokens },
  { name: 'cost_e10', kind: 'integer', read: (call) => call.costE10 },
  { name: 'currency', kind: 'text', read: (call) => call.currency },
  {
    name: 'cost_source',
    kind: 'text',
    read: ({ costSource }) => (costSource === 'unknown' ? null : costSource),
  },
  { name: 'price_table', kind: 'text', read: (call) => call.priceTable },
  { name: 'error_reason', kind: 'text', read: (call) => call.errorReason },
  { name: 'metadata', kind: 'text', read: (call) => call.metadata },
];
const STAMP = 'recorded_at_ms';

const isKey = (name: string): boolean => (KEY as readonly string[]).includes(name);

/** A call replaces the one of its id, but one that ended does not go back to processing. */
const REPLACE: UpsertRule = {
  table: 'model_calls',
  key: KEY,
  columns: [...COLUMNS.map(({ name }) => name).filter((name) => !isKey(name)), STAMP],
  unless: (incoming) =>
    `${incoming('status')} = 'processing' and model_calls.status <> 'processing'`,
  stamp: STAMP,
  unlessColumns: ['status'],
};

/** Sorts, splits and encodes calls, once for all attempts to write them. @param calls each of another user or id */
export function prepareCalls(
  dialect: Dialect,
  calls: readonly StoredCall[],
  settings: PrepareSettings,
): PreparedCalls {
  const { isBackdated, currency, maxCharacters = MAX_CHARACTERS_PER_STATEMENT } = settings;
  const chunks = splitBySize([...calls].sort(compareKeys), {
    items: MAX_ROWS_PER_STATEMENT,
    size: maxCharacters,
    sizeOf: ({ metadata, errorReason }) =>
      400 + (metadata?.length ?? 0) + (errorReason?.length ?? 0),
  });
  const batches = chunks.map((batch) => {
    const rows = batch.map((call): BulkRow => COLUMNS.map(({ read }) => read(call)));
    return { calls: batch, rows: dialect.write.encodeRows(COLUMNS, rows) };
  });
  const userDids = [...new Set(calls.map(({ userDid }) => userDid))];
  return { userDids, isBackdated, currency, batches };
}

function compareKeys(a: StoredCall, b: StoredCall): number {
  if (a.userDid !== b.userDid) return a.userDid < b.userDid ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/**
 * Stores calls of some users; a call with a known id replaces it, but one that ended does not go back to processing. In the
 * same transaction the versions of the users are raised, the hours that the rollup has claimed are marked dirty (also
 * those that calls were moved from), and the others become due. New calls that are back-dated are added to the amounts that
 * alerts leave out.
 *
 * The users are locked first: from then on no other writer and no rollup touches their rows.
 *
 * @returns the calls that were stored before
 */
export async function writeCalls(
  transaction: Transaction,
  prepared: PreparedCalls,
): Promise<KnownCalls> {
  const { batches, userDids } = prepared;
  const touched = await raiseVersions(transaction, userDids);
  const known = new Map<string, number>();
  for (const batch of batches) await insertBatch(transaction, batch, known);
  const { claimed, due } = sortPlaces(touched, listChangedPlaces(batches, known));
  if (claimed.length > 0) await markHoursDirty(transaction, claimed);
  if (due.size > 0) await setDue(transaction, due);
  for (const [userDid, calls] of findNewBackdated(prepared, known)) {
    await addBackdated(transaction, userDid, calls, prepared.currency);
  }
  return known;
}

/** Back-dated calls by user, without those that were stored before: what a correction changes is no back-dated call. */
function findNewBackdated(
  { batches, isBackdated }: PreparedCalls,
  known: KnownCalls,
): Map<string, StoredCall[]> {
  const byUser = new Map<string, StoredCall[]>();
  for (const call of batches.flatMap(({ calls }) => calls)) {
    if (!isBackdated(call) || known.has(toCallKey(call))) continue;
    const ofUser = byUser.get(call.userDid) ?? [];
    if (ofUser.length === 0) byUser.set(call.userDid, ofUser);
    ofUser.push(call);
  }
  return byUser;
}

/** Lists the hours that calls are in now, and those that calls were moved from. */
function* listChangedPlaces(
  batches: PreparedCalls['batches'],
  known: KnownCalls,
): Generator<CallPlace, void, undefined> {
  for (const { calls } of batches) {
    for (const call of calls) {
      const { userDid, startedAtMs } = call;
      yield { userDid, startedAtMs };
      // Most batches are of new calls alone, whose keys need not be made.
      if (known.size === 0) continue;
      const beforeMs = known.get(toCallKey(call));
      if (beforeMs === undefined) continue;
      if (floorTo(HOUR_MS, beforeMs) !== floorTo(HOUR_MS, startedAtMs)) {
        yield { userDid, startedAtMs: beforeMs };
      }
    }
  }
}

/** Inserts or replaces calls, and adds those that were stored before to `known`. */
async function insertBatch(
  transaction: Transaction,
  { calls, rows }: PreparedCalls['batches'][number],
  known: Map<string, number>,
): Promise<void> {
  const { write } = transaction.dialect;
  const insert = { table: 'model_calls', columns: COLUMNS, stamp: STAMP, onConflict: '' };
  if (write.triesInsert && (await insertNew(transaction, write.insertRows(insert, rows)))) return;
  const [first, ...others] = write.insertReturningKnown(
    { ...insert, onConflict: write.onConflict(REPLACE) },
    rows,
    { key: KEY, column: 'started_at_ms', keys: calls.map(({ userDid, id }) => [userDid, id]) },
  );
  if (first === undefined) return;
  for (const row of await queryRows<KnownRow>(transaction, first)) {
    known.set(toCallKey({ userDid: row.user_did, id: row.id }), Number(row.started_at_ms));
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
