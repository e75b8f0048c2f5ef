import type { CallSort, CallStatus, CallType, SortOrder } from '../../contract/index.js';
import { PAGE_COLUMNS } from '../../db/call-source.js';
import type { Sql } from '../../db/sql.js';
import type { StoredCall } from '../../values/stored-call.js';
import { selectWhere, type FoundBy } from './call-filter.js';
import { getCallSource, type Transaction } from '../../db/transaction.js';
import { numberOrNull, toRows } from '../../db/executor.js';

/** Where a page ended: the sort values of its last row. */
export interface CallPosition {
  /** Start (`time`) or duration (`duration`; `null` among the calls without one, which come last). */
  value: number | null;
  /** `null`: after everything that has the value, or before everything that has none. */
  id: string | null;
}

/** A page of calls in one order, after a position. */
export interface CallPageQuery {
  sortBy: CallSort;
  sortOrder: SortOrder;
  after: CallPosition | null;
  /** Last position to read, in the order by duration; to the end without. */
  until?: CallPosition | null;
  limit: number;
  /** What calls are found by. @default what the order needs */
  foundBy?: FoundBy;
}

/** A row of a page. */
export interface PageRow {
  id: string | number;
  trace_id: string | null;
  app_did: string;
  model: string;
  provider: string;
  type: CallType;
  status: CallStatus;
  started_at_ms: number | string;
  duration_us: number | string | null;
  ttfb_us: number | string | null;
  input_tokens: number | string | null;
  output_tokens: number | string | null;
  total_tokens: number | string | null;
  units: number | string | null;
  credits_e8: number | string | null;
  error_reason: string | null;
  metadata: string | null;
}

/** A query of the calls that fulfil some conditions, in an order, as rows of a page. */
export function selectPage(
  transaction: Transaction,
  conditions: readonly Sql[],
  order: string,
  limit: number,
): Sql {
  const { page } = getCallSource(transaction);
  const columns = PAGE_COLUMNS.map((column) => `${page[column]} as ${column}`).join(', ');
  const end = { sql: `order by ${order} limit ?`, bindings: [limit] };
  return selectWhere(transaction, columns, conditions, end);
}

/** The rows of a query for a page. */
export async function readPage({ trx }: Transaction, { sql, bindings }: Sql): Promise<PageRow[]> {
  return toRows<PageRow>(await trx.raw(sql, bindings));
}

/** `value <= v and (value < v or id < i)`: the form that every engine answers from the index. */
export function beyond(
  column: string,
  id: string,
  sortOrder: SortOrder,
  after: { value: number | string; id: string | null },
  parameter = '?',
): Sql {
  const operator = sortOrder === 'asc' ? '>' : '<';
  if (after.id === null) {
    return { sql: `${column} ${operator} ${parameter}`, bindings: [after.value] };
  }
  return {
    sql: `${column} ${operator}= ${parameter} and (${column} ${operator} ${parameter} or ${id} ${operator} ?)`,
    bindings: [after.value, after.value, after.id],
  };
}

/** Not {@link beyond}. */
export function upTo(
  column: string,
  id: string,
  sortOrder: SortOrder,
  until: { value: number; id: string },
): Sql {
  const operator = sortOrder === 'asc' ? '<' : '>';
  return {
    sql: `${column} ${operator}= ? and (${column} ${operator} ? or ${id} ${operator}= ?)`,
    bindings: [until.value, until.value, until.id],
  };
}

/** A row as the call that it is. */
export function toCall(userDid: string, row: PageRow): StoredCall {
  return {
    userDid,
    id: String(row.id),
    traceId: row.trace_id,
    appDid: row.app_did,
    model: row.model,
    provider: row.provider,
    type: row.type,
    status: row.status,
    startedAtMs: Number(row.started_at_ms),
    durationUs: numberOrNull(row.duration_us),
    ttfbUs: numberOrNull(row.ttfb_us),
    inputTokens: numberOrNull(row.input_tokens),
    outputTokens: numberOrNull(row.output_tokens),
    totalTokens: numberOrNull(row.total_tokens),
    units: numberOrNull(row.units),
    creditsE8: numberOrNull(row.credits_e8),
    errorReason: row.error_reason,
    metadata: row.metadata,
  };
}
