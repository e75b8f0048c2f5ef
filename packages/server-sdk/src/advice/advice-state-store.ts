import type { Database } from '../db/database.js';
import { queryRows } from '../db/executor.js';
import { sql, verbatim } from '../db/sql.js';
import { writeInTransaction, type Transaction } from '../db/transaction.js';
import { upsertRows, type UpsertTarget } from '../db/upsert-rows.js';

const TABLE = 'model_advice_states';
const TARGET: UpsertTarget = {
  table: TABLE,
  columns: [
    { name: 'user_did', kind: 'text' },
    { name: 'advice_id', kind: 'text' },
    { name: 'state', kind: 'text' },
    { name: 'changed_at_ms', kind: 'integer' },
    { name: 'advice', kind: 'text' },
  ],
  key: ['user_did', 'advice_id'],
};

/** What a user did with an advice. */
export interface AdviceStateRow {
  adviceId: string;
  state: 'dismissed' | 'done';
  changedAtMs: number;
  /** JSON, see `stored-advice.ts`. */
  advice: string;
}

/** More than a user has subjects of advice; older rows are not read. */
const MAX_ROWS = 500;

/** Reads what a user did with advice, the newest first. @throws StatementError when the database fails */
export async function readAdviceStates(
  transaction: Transaction,
  userDid: string,
): Promise<AdviceStateRow[]> {
  const rows = await queryRows<{
    advice_id: string;
    state: string;
    changed_at_ms: number | string;
    advice: string;
  }>(
    transaction,
    sql`select advice_id, state, changed_at_ms, advice from ${verbatim(TABLE)}
      where user_did = ${userDid} order by changed_at_ms desc, advice_id limit ${MAX_ROWS}`,
  );
  return rows.map((row) => ({
    adviceId: row.advice_id,
    state: row.state === 'done' ? 'done' : 'dismissed',
    changedAtMs: Number(row.changed_at_ms),
    advice: row.advice,
  }));
}

/** Stores what a user did with an advice; replaces what was. @throws StatementError when the database fails */
export async function writeAdviceState(
  database: Database,
  userDid: string,
  { adviceId, state, changedAtMs, advice }: AdviceStateRow,
): Promise<void> {
  await writeInTransaction(database, (transaction) =>
    upsertRows(transaction, TARGET, [[userDid, adviceId, state, changedAtMs, advice]]),
  );
}

/** Makes an advice open again. @returns whether it was not @throws StatementError when the database fails */
export async function deleteAdviceState(
  database: Database,
  userDid: string,
  adviceId: string,
): Promise<boolean> {
  const deleted = await database.transaction((trx) =>
    trx(TABLE).where({ user_did: userDid, advice_id: adviceId }).delete(),
  );
  return deleted > 0;
}
