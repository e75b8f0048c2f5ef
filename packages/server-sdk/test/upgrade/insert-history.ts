import type { Knex } from 'knex';
import { roundCost } from '../../src/values/amounts.js';
import { toCreditColumns } from '../helpers/insert-calls.js';
import type { HistoryCall } from './history.js';

/** The columns that the history fills, as every released version has them. */
const COLUMNS = [
  ...['user_did', 'id', 'trace_id', 'app_did', 'model', 'provider', 'type', 'status'],
  ...['started_at_ms', 'duration_us', 'ttfb_us', 'input_tokens', 'output_tokens', 'total_tokens'],
  ...['credits_e8', 'cost_e10', 'currency', 'cost_source', 'error_reason'],
];
const CALLS_PER_STATEMENT = 1000;

/** Writes calls of the history by plain SQL with literals: a hundred thousand in seconds. @returns how many */
export async function insertHistory(knex: Knex, calls: Iterable<HistoryCall>): Promise<number> {
  let rows: string[] = [];
  let count = 0;
  await knex.transaction(async (trx) => {
    const flush = async (): Promise<void> => {
      if (rows.length === 0) return;
      await trx.raw(`insert into model_calls (${COLUMNS.join(', ')}) values ${rows.join(',\n')}`);
      rows = [];
    };
    for (const call of calls) {
      rows.push(`(${toValues(call).map(toLiteral).join(', ')})`);
      count += 1;
      if (rows.length === CALLS_PER_STATEMENT) await flush();
    }
    await flush();
  });
  return count;
}

type Value = string | number | bigint | null | undefined;

function toValues(call: HistoryCall): Value[] {
  const { inputTokens, outputTokens } = call.usage ?? {};
  const isMetered = call.usage !== undefined;
  const cost = call.cost ?? null;
  return [
    ...[call.userDid, call.id, `trace-${call.id}`, call.appDid, call.model, call.provider],
    ...[call.type, call.status, call.startedAt],
    ...[toMicroseconds(call.durationMs), toMicroseconds(call.ttfbMs)],
    ...[inputTokens, outputTokens],
    isMetered ? (inputTokens ?? 0) + (outputTokens ?? 0) : null,
    toCreditColumns(call.credits).credits_e8,
    ...(cost === null ? [null, null, null] : [roundCost(cost), call.currency, 'reported']),
    call.errorReason,
  ];
}

function toMicroseconds(milliseconds: number | null | undefined): number | null {
  return typeof milliseconds === 'number' ? Math.round(milliseconds * 1000) : null;
}

function toLiteral(value: Value): string {
  if (value === null || value === undefined) return 'null';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
