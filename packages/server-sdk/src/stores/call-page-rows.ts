import type { Knex } from 'knex';
import type { CallSort, CallStatus, CallType, SortOrder } from '../contract/index.js';
import { PAGE_COLUMNS, type PageColumn } from '../db/call-source.js';
import type { StoredCall } from '../domain/stored-call.js';
import type { CallQuery, FoundBy } from './call-filter.js';
import { callsOf, numberOrNull, type Transaction } from './transaction.js';

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
  /** Last position to look at, in the order by duration; to the end without. */
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

/** A row of a page from its values in the order of {@link PAGE_COLUMNS}. */
export function toPageRow(values: readonly unknown[]): PageRow {
  // Not made from entries, which cost several times as much for each of a page's values.
  const row: Partial<Record<PageColumn, unknown>> = {};
  for (let index = 0; index < PAGE_COLUMNS.length; index += 1) {
    const column = PAGE_COLUMNS[index];
    if (column) row[column] = values[index];
  }
  return row as PageRow;
}

/** The columns of the page, under the names that rows have here. */
export function selectPage(
  transaction: Transaction,
  query: CallQuery<PageRow>,
): CallQuery<PageRow> {
  const { page } = callsOf(transaction);
  // In one piece: Knex takes each that it is given through its formatter.
  return query.select(
    transaction.trx.raw(PAGE_COLUMNS.map((column) => `${page[column]} as ${column}`).join(', ')),
  );
}

/** `value <= v and (value < v or id < i)`: the form that every engine answers from the index. */
export function beyond(
  query: Knex.QueryBuilder,
  column: string,
  id: string,
  sortOrder: SortOrder,
  after: { value: number | string | null; id: string | null },
  parameter = '?',
): void {
  const operator = sortOrder === 'asc' ? '>' : '<';
  void query
    .whereRaw(`${column} ${operator}= ${parameter}`, [after.value])
    .whereRaw(`(${column} ${operator} ${parameter} or ${id} ${operator} ?)`, [
      after.value,
      after.id,
    ]);
}

/** Not {@link beyond}. */
export function upTo(
  query: Knex.QueryBuilder,
  column: string,
  id: string,
  sortOrder: SortOrder,
  until: CallPosition,
): void {
  const operator = sortOrder === 'asc' ? '<' : '>';
  void query
    .whereRaw(`${column} ${operator}= ?`, [until.value])
    .whereRaw(`(${column} ${operator} ? or ${id} ${operator}= ?)`, [until.value, until.id]);
}

/** {@link beyond} among the calls without a value. */
export function beyondId(
  query: Knex.QueryBuilder,
  id: string,
  sortOrder: SortOrder,
  after: string | null,
): void {
  if (after !== null) void query.whereRaw(`${id} ${sortOrder === 'asc' ? '>' : '<'} ?`, [after]);
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
