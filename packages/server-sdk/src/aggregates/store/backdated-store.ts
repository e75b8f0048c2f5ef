import type { StoredCall } from '../../values/stored-call.js';
import { QUARTER_HOUR_MS, UTC_DAY_MS, floorTo } from '../../values/time.js';
import { execute, queryRows } from '../../db/executor.js';
import { listValues, sql } from '../../db/sql.js';
import { splitIntoChunks, type Transaction } from '../../db/transaction.js';
import { upsertRows, type UpsertTarget } from '../../db/upsert-rows.js';

/** Calls of older starts are in no window of an alert rule: a month, or 720 hours. */
export const MAX_BACKDATED_MS = 33 * UTC_DAY_MS;

/** What back-dated calls of one project and model amount to. */
export interface BackdatedPart {
  appDid: string;
  model: string;
  calls: number;
  failedCalls: number;
  endedCalls: number;
  totalTokens: bigint;
  creditsE10: bigint;
  /** In the currency of all figures. */
  costE10: bigint;
}

/** Back-dated calls that started in a quarter of an hour. */
export interface BackdatedQuarter {
  /** Epoch ms. */
  quarterMs: number;
  parts: readonly BackdatedPart[];
}

const TARGET: UpsertTarget = {
  table: 'model_alert_backdated',
  columns: [
    { name: 'user_did', kind: 'text' },
    { name: 'quarter_ms', kind: 'integer' },
    { name: 'parts', kind: 'text' },
  ],
  key: ['user_did', 'quarter_ms'],
};
const QUARTERS_PER_STATEMENT = 500;

/**
 * Adds calls of a user to the amounts of back-dated ones. The user must be locked (`raiseVersions`): rows are read, added up
 * and replaced.
 *
 * @param calls of this user, none of which was stored before
 * @param currency ISO 4217 code of costs that figures have
 */
export async function addBackdated(
  transaction: Transaction,
  userDid: string,
  calls: readonly StoredCall[],
  currency: string,
): Promise<void> {
  const byQuarter = new Map<number, StoredCall[]>();
  for (const call of calls) {
    const quarterMs = floorTo(QUARTER_HOUR_MS, call.startedAtMs);
    byQuarter.set(quarterMs, [...(byQuarter.get(quarterMs) ?? []), call]);
  }
  for (const chunk of splitIntoChunks(QUARTERS_PER_STATEMENT, [...byQuarter])) {
    const known = await readQuarters(
      transaction,
      userDid,
      chunk.map(([quarterMs]) => quarterMs),
    );
    const rows = chunk.map(([quarterMs, ofQuarter]) => {
      const parts = addCalls(known.get(quarterMs) ?? [], ofQuarter, currency);
      return [userDid, quarterMs, serialize(parts)];
    });
    await upsertRows(transaction, TARGET, rows);
  }
}

async function readQuarters(
  transaction: Transaction,
  userDid: string,
  quarters: readonly number[],
): Promise<Map<number, readonly BackdatedPart[]>> {
  const rows = await queryRows<QuarterRow>(
    transaction,
    sql`select quarter_ms, parts from model_alert_backdated
      where user_did = ${userDid} and quarter_ms in (${listValues(quarters)})`,
  );
  return new Map(rows.map((row) => [Number(row.quarter_ms), deserialize(row.parts)]));
}

interface QuarterRow {
  quarter_ms: number | string;
  parts: string;
}

/** Reads back-dated calls of a user that started at or after an instant, epoch ms, in order. */
export async function readBackdated(
  transaction: Transaction,
  userDid: string,
  fromMs: number,
): Promise<BackdatedQuarter[]> {
  const rows = await queryRows<QuarterRow>(
    transaction,
    sql`select quarter_ms, parts from model_alert_backdated
      where user_did = ${userDid} and quarter_ms >= ${fromMs} order by quarter_ms`,
  );
  return rows.map((row) => ({ quarterMs: Number(row.quarter_ms), parts: deserialize(row.parts) }));
}

/** Deletes rows of a user that no window has any more: those before an instant, epoch ms. */
export async function deleteBackdated(
  transaction: Transaction,
  userDid: string,
  beforeMs: number,
): Promise<void> {
  await execute(
    transaction,
    sql`delete from model_alert_backdated where user_did = ${userDid} and quarter_ms < ${beforeMs}`,
  );
}

/** Adds calls to parts. */
function addCalls(
  known: readonly BackdatedPart[],
  calls: readonly StoredCall[],
  currency: string,
): BackdatedPart[] {
  const parts = new Map(known.map((part) => [toPartKey(part), part]));
  for (const call of calls) {
    const part = parts.get(toPartKey(call)) ?? createPart(call);
    parts.set(toPartKey(call), part);
    part.calls += 1;
    if (call.status === 'failed') part.failedCalls += 1;
    if (call.status !== 'processing') part.endedCalls += 1;
    part.totalTokens += BigInt(call.totalTokens ?? 0);
    part.creditsE10 += BigInt(call.creditsE10 ?? 0);
    if (call.currency === currency) part.costE10 += BigInt(call.costE10 ?? 0);
  }
  return [...parts.values()];
}

const toPartKey = ({ appDid, model }: Pick<BackdatedPart, 'appDid' | 'model'>): string =>
  JSON.stringify([appDid, model]);

function createPart({ appDid, model }: StoredCall): BackdatedPart {
  const counts = { calls: 0, failedCalls: 0, endedCalls: 0 };
  return { appDid, model, ...counts, totalTokens: 0n, creditsE10: 0n, costE10: 0n };
}

/** Big integers are texts in JSON. */
function serialize(parts: readonly BackdatedPart[]): string {
  return JSON.stringify(parts, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

type StoredPart = Omit<BackdatedPart, 'totalTokens' | 'creditsE10' | 'costE10'> &
  Record<'totalTokens' | 'creditsE10' | 'costE10', string>;

function deserialize(text: string): BackdatedPart[] {
  return (JSON.parse(text) as StoredPart[]).map((part) => ({
    ...part,
    totalTokens: BigInt(part.totalTokens),
    creditsE10: BigInt(part.creditsE10),
    costE10: BigInt(part.costE10),
  }));
}
