import type { Database } from '../db/database.js';
import { toRows } from '../db/executor.js';
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

/** What the quota provider last said about one user. */
export interface QuotaSnapshot {
  userDid: string;
  /** When it was asked, epoch ms. */
  answeredAtMs: number;
  /** JSON. */
  answer: string;
}

/** The last answer about a user; `null` if there never was one. */
export async function readQuotaSnapshot(
  database: Database,
  userDid: string,
): Promise<Omit<QuotaSnapshot, 'userDid'> | null> {
  const rows: { answered_at_ms: string | number; answer: string }[] = toRows(
    await database.reader.raw(`select answered_at_ms, answer from ${TABLE} where user_did = ?`, [
      userDid,
    ]),
  );
  const [row] = rows;
  return row ? { answeredAtMs: Number(row.answered_at_ms), answer: row.answer } : null;
}

/** Keeps answers in the place of earlier ones; no two may be of the same user. */
export async function writeQuotaSnapshots(
  database: Database,
  snapshots: readonly QuotaSnapshot[],
): Promise<void> {
  const rows = snapshots.map(({ userDid, answeredAtMs, answer }) => [
    userDid,
    answeredAtMs,
    answer,
  ]);
  await database.transaction((trx) => upsertRows({ trx, dialect: database.dialect }, TARGET, rows));
}
