import type { Database } from '../db/database.js';
import { queryRow } from '../db/executor.js';
import { sql, verbatim } from '../db/sql.js';
import { withoutTransaction, writeInTransaction } from '../db/transaction.js';
import { upsertRows, type UpsertTarget } from '../db/upsert-rows.js';

const TABLE = 'model_quota_snapshots';
const TARGET: UpsertTarget = {
  table: TABLE,
  columns: [
    { name: 'user_did', kind: 'text' },
    { name: 'answered_at_ms', kind: 'integer' },
    { name: 'answer', kind: 'text' },
  ],
  key: ['user_did'],
};

/** The last result of the quota provider for a user. */
export interface QuotaSnapshot {
  userDid: string;
  /** When it was requested, epoch ms. */
  answeredAtMs: number;
  /** JSON. */
  answer: string;
}

/** Reads the snapshot of a user; `null` if there is none. @throws StatementError when the database fails */
export async function readQuotaSnapshot(
  database: Database,
  userDid: string,
): Promise<Omit<QuotaSnapshot, 'userDid'> | null> {
  const row = await queryRow<{ answered_at_ms: string | number; answer: string }>(
    withoutTransaction(database),
    sql`select answered_at_ms, answer from ${verbatim(TABLE)} where user_did = ${userDid}`,
  );
  return row ? { answeredAtMs: Number(row.answered_at_ms), answer: row.answer } : null;
}

/** Stores snapshots, one per user, and replaces earlier ones. @throws StatementError when the database fails */
export async function writeQuotaSnapshots(
  database: Database,
  snapshots: readonly QuotaSnapshot[],
): Promise<void> {
  const rows = snapshots.map(({ userDid, answeredAtMs, answer }) => [
    userDid,
    answeredAtMs,
    answer,
  ]);
  await writeInTransaction(database, (transaction) => upsertRows(transaction, TARGET, rows));
}
