import { queryRows } from '../db/executor.js';
import { joinSql, sql, verbatim } from '../db/sql.js';
import type { Transaction } from '../db/transaction.js';

/** Sums of our calls of a UTC day, model and provider. */
export interface OwnDay {
  day: string;
  model: string;
  /** `null` when unknown. */
  provider: string | null;
  calls: bigint;
  processingCalls: bigint;
  unpricedCalls: bigint;
  unknownTokenCalls: bigint;
  inputTokens: bigint;
  outputTokens: bigint;
  /** Units of 1e-10 of the currency of all sums. */
  costE10: bigint;
}

/** Which calls are summed. */
export interface OwnDaysQuery {
  /** UTC days, both included, as `2026-11-20`. */
  fromDay: string;
  toDay: string;
  /** `null`: of all users. */
  userDid: string | null;
}

const SUMS = {
  calls: 'calls',
  processingCalls: 'processing_calls',
  unpricedCalls: 'unpriced_calls',
  unknownTokenCalls: 'unknown_token_calls',
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
  costE10: 'cost_e10',
} as const;

/** Reads sums from the view `usage_daily`, which counts each call once. @throws StatementError when the database fails */
export async function readOwnDays(
  transaction: Transaction,
  { fromDay, toDay, userDid }: OwnDaysQuery,
): Promise<OwnDay[]> {
  // A time with a zone is shown in that of the session.
  const utc = transaction.dialect.name === 'postgres' ? ` at time zone 'UTC'` : '';
  // Without substr, SQLite's text would still have its time.
  const day = verbatim(`substr(cast(day_start${utc} as char(10)), 1, 10)`);
  // As text: a sum can have more digits than a number has exactly.
  const sums = Object.entries(SUMS).map(([name, column]) =>
    verbatim(`cast(sum(${column}) as char(40)) as ${name.toLowerCase()}`),
  );
  const rows = await queryRows<Record<string, string | null>>(
    transaction,
    sql`select ${day} as day, model, provider, ${joinSql(sums)} from usage_daily
      where ${day} >= ${fromDay} and ${day} <= ${toDay}
      ${userDid === null ? verbatim('') : sql`and user_did = ${userDid}`}
      group by ${day}, model, provider`,
  );
  return rows.map((row) => {
    const amounts = Object.keys(SUMS).map((name) => [name, toInteger(row[name.toLowerCase()])]);
    return {
      day: row['day'] ?? '',
      model: row['model'] ?? '',
      provider: row['provider'] ?? null,
      ...(Object.fromEntries(amounts) as Record<keyof typeof SUMS, bigint>),
    };
  });
}

function toInteger(text: string | null | undefined): bigint {
  return BigInt((text ?? '0').trim().split('.', 1)[0] ?? '0');
}

/** The currency of all sums; `null` before the first rollup. @throws StatementError when the database fails */
export async function readSumsCurrency(transaction: Transaction): Promise<string | null> {
  const [row] = await queryRows<{ currency: string | null }>(
    transaction,
    sql`select currency from model_call_rollups where name = ${'hourly'}`,
  );
  return row?.currency ?? null;
}
