import { ROLLUP_NAME, TABLES } from '../db/tables.js';
import { writeDialectOf, type BulkColumn, type BulkRow } from '../db/write-dialect.js';
import type { StoredCall } from '../domain/stored-call.js';
import { HOUR_MS, floorTo } from '../domain/time.js';
import { runBulk } from './run-bulk.js';
import { rowsOf, upsertRows, type Transaction } from './transaction.js';
import { bumpUserVersions } from './user-version-store.js';

/** How many calls were new, and how many replaced or repeated one that was there. */
export interface WriteCounts {
  inserted: number;
  updated: number;
}

/** Calls by user and, within the user, by id. */
export type CallsByUser = ReadonlyMap<string, ReadonlyMap<string, StoredCall>>;

/** Ids that were there before, by user. */
export type KnownIds = ReadonlyMap<string, ReadonlySet<string>>;

/** What was there before: which calls, or only how many of them. */
export type KnownCalls = { ids: KnownIds } | { count: number };

const KEY = ['user_did', 'id'] as const;
const MAX_ROWS_PER_STATEMENT = 1000;
/** Far below what MariaDB takes in one packet. */
const MAX_CHARACTERS_PER_STATEMENT = 2_000_000;

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

/**
 * Stores calls of some users; a call with a known id replaces it, but one that ended does not go back to processing.
 * Their hours, where rolled up already, are marked and their users' versions raised in the same transaction, so that no
 * reader sees a call and misses the mark. The hour that a call was moved from is marked by the triggers of 0004.
 *
 * Locks are taken in one order everywhere (rollup, users, calls, marks; each by key), so writers wait for each other
 * instead of locking each other out.
 *
 * @param answer `'ids'` looks the calls up first; `'count'` is told by the insert itself, where the database can
 * @throws TypeError when a call is filed under another user than its own
 */
export async function writeCalls(
  transaction: Transaction,
  callsByUser: CallsByUser,
  answer: 'ids' | 'count',
): Promise<KnownCalls> {
  const { trx, dialect } = transaction;
  const calls = inKeyOrder(callsByUser);
  const { throughMs, stamp } = await lockAndReadMark(transaction);
  await bumpUserVersions(transaction, [...callsByUser.keys()]);

  const write = writeDialectOf(dialect);
  const ids = new Map<string, Set<string>>();
  const told = answer === 'count' && write.tellsKnown;
  let count = 0;
  const rule = write.onConflict({
    table: TABLES.calls,
    key: KEY,
    columns: [...COLUMNS.map(({ name }) => name).filter((name) => !isKey(name)), STAMP],
    unless: (incoming) =>
      `${incoming('status')} = 'processing' and ${TABLES.calls}.status <> 'processing'`,
    stamp: STAMP,
    looksAt: ['status'],
  });
  for (const batch of statementsOf(calls)) {
    if (!told) await findKnown(transaction, batch, ids);
    const rows = batch.map((call): BulkRow => COLUMNS.map(({ of }) => of(call)));
    const insert = write.insertRows(TABLES.calls, COLUMNS, rows, { column: STAMP, value: stamp });
    count += write.countKnown(await runBulk(trx, insert, rule), rows.length);
  }
  if (throughMs !== null) await markDirty(transaction, calls, throughMs);
  return told ? { count } : { ids };
}

const isKey = (name: string): boolean => (KEY as readonly string[]).includes(name);

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

async function findKnown(
  { trx, dialect }: Transaction,
  calls: readonly StoredCall[],
  known: Map<string, Set<string>>,
): Promise<void> {
  const keys = calls.map(({ userDid, id }) => [userDid, id] as const);
  const select = writeDialectOf(dialect).selectExisting(TABLES.calls, KEY, keys);
  for (const row of rowsOf<{ user_did: string; id: string }>(await runBulk(trx, select))) {
    const ids = known.get(row.user_did);
    if (ids) ids.add(row.id);
    else known.set(row.user_did, new Set([row.id]));
  }
}

async function markDirty(
  transaction: Transaction,
  calls: readonly StoredCall[],
  throughMs: number,
): Promise<void> {
  const marks = new Map<string, { user_did: string; hour_ms: number }>();
  for (const { userDid, startedAtMs } of calls) {
    if (startedAtMs >= throughMs) continue;
    const hourMs = floorTo(HOUR_MS, startedAtMs);
    marks.set(`${hourMs} ${userDid}`, { user_did: userDid, hour_ms: hourMs });
  }
  const rows = [...marks.values()].sort(
    (a, b) => a.hour_ms - b.hour_ms || (a.user_did < b.user_did ? -1 : 1),
  );
  await upsertRows(transaction, TABLES.dirtyHours, ['user_did', 'hour_ms'], rows);
}

/** Runs of calls, each small enough for one statement. */
function statementsOf(calls: readonly StoredCall[]): StoredCall[][] {
  const statements: StoredCall[][] = [];
  let current: StoredCall[] = [];
  let characters = 0;
  for (const call of calls) {
    const size = 400 + (call.metadata?.length ?? 0) + (call.errorReason?.length ?? 0);
    const full =
      current.length >= MAX_ROWS_PER_STATEMENT || characters + size > MAX_CHARACTERS_PER_STATEMENT;
    if (full) {
      statements.push(current);
      current = [];
      characters = 0;
    }
    current.push(call);
    characters += size;
  }
  if (current.length > 0) statements.push(current);
  return statements;
}
