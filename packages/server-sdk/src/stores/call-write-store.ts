import type { Dialect } from '../db/dialect.js';
import { ROLLUP_NAME, TABLES } from '../db/tables.js';
import {
  writeDialectOf,
  type BulkColumn,
  type BulkRow,
  type EncodedRows,
  type UpsertRule,
} from '../db/write-dialect.js';
import type { StoredCall } from '../domain/stored-call.js';
import { HOUR_MS, floorTo } from '../domain/time.js';
import { markHoursDirty, type DirtyMark } from './dirty-hour-store.js';
import { runBulk } from './run-bulk.js';
import { chunksBySize, rowsOf, type Transaction } from './transaction.js';
import { bumpUserVersions } from './user-version-store.js';

/** How many calls were new, and how many replaced or repeated one that was there. */
export interface WriteCounts {
  inserted: number;
  updated: number;
}

/** Calls ready to be written; what takes time and needs no connection is done. */
export interface PreparedCalls {
  userDids: readonly string[];
  /** By key. */
  calls: readonly StoredCall[];
  /** Runs of them, each small enough for one statement. */
  batches: readonly { calls: readonly StoredCall[]; rows: EncodedRows }[];
}

/** Calls by user and, within the user, by id. */
export type CallsByUser = ReadonlyMap<string, ReadonlyMap<string, StoredCall>>;

/** Ids that were there before, by user. */
export type KnownIds = ReadonlyMap<string, ReadonlySet<string>>;

/** What was there before: which calls, or only how many of them. */
export type KnownCalls = { ids: KnownIds } | { count: number };

const KEY = ['user_did', 'id'] as const;
const MAX_ROWS_PER_STATEMENT = 1000;
/** Far below what MariaDB takes in one packet unless it is told otherwise. */
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
const COUNTER = 'revision';

const TOLD_BY = { table: TABLES.calls, key: KEY, counter: COUNTER };

const isKey = (name: string): boolean => (KEY as readonly string[]).includes(name);

/** A call replaces the one of its id, but one that ended does not go back to processing. */
const REPLACE: UpsertRule = {
  table: TABLES.calls,
  key: KEY,
  columns: [...COLUMNS.map(({ name }) => name).filter((name) => !isKey(name)), STAMP],
  unless: (incoming) =>
    `${incoming('status')} = 'processing' and ${TABLES.calls}.status <> 'processing'`,
  stamp: STAMP,
  counter: COUNTER,
  looksAt: ['status'],
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
  const write = writeDialectOf(dialect);
  const batches = statementsOf(calls, maxCharacters).map((batch) => ({
    calls: batch,
    rows: write.encodeRows(
      COLUMNS,
      batch.map((call): BulkRow => COLUMNS.map(({ of }) => of(call))),
    ),
  }));
  return { userDids: [...callsByUser.keys()], calls, batches };
}

/**
 * Stores calls of some users; a call with a known id replaces it, but one that ended does not go back to processing.
 * Their hours, where rolled up already, are marked and their users' versions raised in the same transaction, so that no
 * reader sees a call and misses the mark. The hour that a call was moved from is marked by the triggers of 0004.
 *
 * Locks are taken in one order everywhere (rollup, calls, marks, users; each by key), so writers wait for each other instead
 * of locking each other out. Users come last: two writers of other calls of the same users then wait for the end alone.
 *
 * @param answer what is asked for: `'count'` may be answered by either, by what costs less
 */
export async function writeCalls(
  transaction: Transaction,
  { calls, batches, userDids }: PreparedCalls,
  answer: 'ids' | 'count',
): Promise<KnownCalls> {
  const { throughMs, stamp } = await lockAndReadMark(transaction);

  const known: KnownKeys = { ids: new Map(), count: 0 };
  for (const batch of batches) {
    await insertBatch(transaction, batch, { known, stamp, answer });
  }
  if (throughMs !== null) await markDirty(transaction, calls, throughMs);
  await bumpUserVersions(transaction, userDids);
  const isCounted =
    answer === 'count' && writeDialectOf(transaction.dialect).known.from === 'count';
  return isCounted ? { count: known.count } : { ids: known.ids };
}

interface KnownKeys {
  ids: Map<string, Set<string>>;
  count: number;
}

/** Inserts or replaces calls, and notes which were there before, or how many. */
async function insertBatch(
  { trx, dialect }: Transaction,
  { calls, rows }: PreparedCalls['batches'][number],
  into: { known: KnownKeys; stamp: number | string | null; answer: 'ids' | 'count' },
): Promise<void> {
  const write = writeDialectOf(dialect);
  const insert = write.insertRows(
    {
      table: TABLES.calls,
      columns: COLUMNS,
      stamp: { column: STAMP, value: into.stamp },
      onConflict: write.onConflict(REPLACE),
      ...(write.known.from === 'insert' ? { tell: { key: KEY, counter: COUNTER } } : {}),
    },
    rows,
  );
  const keys = calls.map(({ userDid, id }) => [userDid, id] as const);
  if (write.known.from === 'insert') {
    note(into.known, await runBulk(trx, insert));
  } else if (write.known.from === 'count') {
    const count = write.known.count(await runBulk(trx, insert), calls.length);
    into.known.count += count;
    // Most calls are new: then there is nothing to ask.
    if (count === 0 || into.answer === 'count') return;
    note(into.known, await runBulk(trx, write.known.select(TOLD_BY, keys)));
  } else {
    note(into.known, await runBulk(trx, write.known.select(TOLD_BY, keys)));
    await runBulk(trx, insert);
  }
}

function note({ ids }: KnownKeys, found: unknown): void {
  for (const row of rowsOf<{ user_did: string; id: string }>(found)) {
    const known = ids.get(row.user_did);
    if (known) known.add(row.id);
    else ids.set(row.user_did, new Set([row.id]));
  }
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

/** Up to where hours are rolled up, epoch ms; it stays so until the transaction ends. */
async function lockAndReadMark({ trx, dialect }: Transaction): Promise<{
  throughMs: number | null;
  stamp: number | string | null;
}> {
  const [row] = rowsOf<{ hours_through_ms: number | string | null; stamp?: number | string }>(
    await trx.raw(writeDialectOf(dialect).readShared(TABLES.rollups, 'hours_through_ms', 'name'), [
      ROLLUP_NAME,
    ]),
  );
  const value = row?.hours_through_ms ?? null;
  return { throughMs: value === null ? null : Number(value), stamp: row?.stamp ?? null };
}

async function markDirty(
  transaction: Transaction,
  calls: readonly StoredCall[],
  throughMs: number,
): Promise<void> {
  const marks = new Map<string, DirtyMark>();
  for (const { userDid, startedAtMs } of calls) {
    if (startedAtMs >= throughMs) continue;
    const hourMs = floorTo(HOUR_MS, startedAtMs);
    marks.set(`${hourMs} ${userDid}`, { userDid, hourMs });
  }
  const inOrder = [...marks.values()].sort(
    (a, b) => a.hourMs - b.hourMs || (a.userDid < b.userDid ? -1 : 1),
  );
  await markHoursDirty(transaction, inOrder);
}

/** Runs of calls, each small enough for one statement. */
function statementsOf(calls: readonly StoredCall[], maxCharacters: number): StoredCall[][] {
  return chunksBySize(calls, {
    items: MAX_ROWS_PER_STATEMENT,
    size: maxCharacters,
    sizeOf: ({ metadata, errorReason }) =>
      400 + (metadata?.length ?? 0) + (errorReason?.length ?? 0),
  });
}
