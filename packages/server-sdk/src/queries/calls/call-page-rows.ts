import { COST_SOURCES, type CallStatus, type CallType } from '../../contract/common.js';
import type { SortOrder } from '../../contract/query-params.js';
import type { CallSort } from '../../contract/project-calls.js';
import { fillPlaceholders, sql, verbatim, type Sql } from '../../db/sql.js';
import { joinCredits, toExactInteger, type ExactInteger } from '../../values/amounts.js';
import type { StoredCall } from '../../values/stored-call.js';
import { selectWhere, type FoundBy } from './call-filter.js';
import type { Transaction } from '../../db/transaction.js';
import { numberOrNull } from '../../db/executor.js';

/** The position of a call in a list: the values it is sorted by. */
export interface CallPosition {
  /** Start (`time`) or duration (`duration`; `null` among the calls without one, which come last). */
  value: number | null;
  /** `null`: after all calls with the value, or before all calls without a value. */
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
  /** @default the column of the order */
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
  credits_rest_e10: number | string | null;
  cached_input_tokens: number | string | null;
  cache_write_tokens: number | string | null;
  reasoning_tokens: number | string | null;
  cost_e10: number | string | null;
  currency: string | null;
  cost_source: string | null;
  price_table: string | null;
  error_reason: string | null;
  metadata: string | null;
}

/** A query of the calls that fulfil some conditions, in an order, as {@link PageRow}. */
export function selectPage(
  transaction: Transaction,
  conditions: readonly Sql[],
  order: string,
  limit: number,
): Sql {
  const { page } = transaction.calls;
  const columns = Object.entries(page)
    .map(([column, expression]) => `${expression} as ${column}`)
    .join(', ');
  const end = sql`order by ${verbatim(order)} limit ${limit}`;
  return selectWhere(transaction, columns, conditions, end);
}

/** An order of calls: by a column, and by id among calls with the same value. */
export interface CallOrder {
  column: string;
  id: string;
  sortOrder: SortOrder;
}

/**
 * The condition that a call comes after a position: `value <= v and (value < v or id < i)`, for which every database uses the
 * index.
 *
 * @param parameter the placeholder of a value of the column
 */
export function isAfter(
  { column, id, sortOrder }: CallOrder,
  after: { value: number | string; id: string | null },
  parameter = '?',
): Sql {
  const operator = sortOrder === 'asc' ? '>' : '<';
  const value = fillPlaceholders(parameter, [after.value]);
  const isBeyond = sql`${verbatim(`${column} ${operator}`)} ${value}`;
  if (after.id === null) return isBeyond;
  const isBeyondId = sql`${verbatim(`${id} ${operator}`)} ${after.id}`;
  return sql`${verbatim(`${column} ${operator}=`)} ${value} and (${isBeyond} or ${isBeyondId})`;
}

/** The condition that a call does not come after a position. */
export function isUpTo(
  { column, id, sortOrder }: CallOrder,
  until: { value: number; id: string },
): Sql {
  const operator = sortOrder === 'asc' ? '<' : '>';
  const isBefore = sql`${verbatim(`${column} ${operator}`)} ${until.value}`;
  const isIdUpTo = sql`${verbatim(`${id} ${operator}=`)} ${until.id}`;
  return sql`${verbatim(`${column} ${operator}=`)} ${until.value} and (${isBefore} or ${isIdUpTo})`;
}

/** Decodes a row. */
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
    creditsE10: toCredits(row),
    cachedInputTokens: numberOrNull(row.cached_input_tokens),
    cacheWriteTokens: numberOrNull(row.cache_write_tokens),
    reasoningTokens: numberOrNull(row.reasoning_tokens),
    ...toCost(row),
    errorReason: row.error_reason,
    metadata: row.metadata,
  };
}

function toCredits({ credits_e8, credits_rest_e10 }: PageRow): ExactInteger | null {
  const rest = credits_rest_e10 === null ? null : toExactInteger(credits_rest_e10);
  return credits_e8 === null ? rest : joinCredits(toExactInteger(credits_e8), rest);
}

/** A cost needs a currency; another program may have written one without the other. */
function toCost(
  row: PageRow,
): Pick<StoredCall, 'costE10' | 'currency' | 'costSource' | 'priceTable'> {
  const costE10 = numberOrNull(row.cost_e10);
  if (costE10 === null || row.currency === null) {
    return { costE10: null, currency: null, costSource: 'unknown', priceTable: null };
  }
  const costSource = COST_SOURCES.find((source) => source === row.cost_source) ?? 'host';
  return { costE10, currency: row.currency, costSource, priceTable: row.price_table };
}
