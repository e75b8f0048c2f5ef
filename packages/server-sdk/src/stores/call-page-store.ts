import type { Knex } from 'knex';
import type { CallSort, CallStatus, CallType, SortOrder } from '../contract/index.js';
import { TABLES } from '../db/tables.js';
import type { StoredCall } from '../domain/stored-call.js';
import type { TimeRange } from '../domain/time.js';
import { numberOrNull, type Transaction } from './transaction.js';

/** Which calls of a project. */
export interface CallFilter {
  appDid: string;
  range: TimeRange;
  model: string | null;
  status: CallStatus | null;
  type: CallType | null;
  minDurationUs: number | null;
  /** Beginning of a call or trace id, literally. */
  search: string | null;
}

/** Where a page ended: the sort values of its last row. */
export interface CallPosition {
  /** Start (`time`) or duration (`duration`; `null` among the calls without one, which come last). */
  value: number | null;
  id: string;
}

/** A page of calls in one order, after a position. */
export interface CallPageQuery {
  sortBy: CallSort;
  sortOrder: SortOrder;
  after: CallPosition | null;
  limit: number;
}

interface CallRow {
  id: string;
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
  units: number | null;
  credits_e8: number | string | null;
  error_reason: string | null;
  metadata: string | null;
}

/** A page of the user's calls, by key rather than by offset: page 500 costs what page 1 costs. */
export async function readCallPage(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): Promise<StoredCall[]> {
  const rows = await (query.sortBy === 'time'
    ? pageByTime(transaction, userDid, filter, query)
    : pageByDuration(transaction, userDid, filter, query));
  return rows.map((row) => toCall(userDid, row));
}

/** How many of the user's calls match; reads them all, so for filters that the pre-aggregates cannot answer. */
export async function countCalls(
  { trx }: Transaction,
  userDid: string,
  filter: CallFilter,
): Promise<number> {
  const [row] = await matching(trx, userDid, filter).count<{ count: number | string }[]>({
    count: '*',
  });
  return Number(row?.count ?? 0);
}

/** Start of the user's first call, in one project or in all; `null` if there is none. */
export async function readFirstCallAt(
  { trx }: Transaction,
  userDid: string,
  appDid: string | null,
): Promise<number | null> {
  const calls = trx(TABLES.calls).where('user_did', userDid);
  if (appDid !== null) void calls.where('app_did', appDid);
  const [row] = await calls.min<{ first: number | string | null }[]>({ first: 'started_at_ms' });
  return numberOrNull(row?.first ?? null);
}

type Calls = Knex.QueryBuilder<CallRow, CallRow[]>;

function matching(trx: Knex.Transaction, userDid: string, filter: CallFilter): Calls {
  const query = trx<CallRow, CallRow[]>(TABLES.calls)
    .where('user_did', userDid)
    .where('app_did', filter.appDid)
    .where('started_at_ms', '>=', filter.range.fromMs)
    .where('started_at_ms', '<', filter.range.toMs);
  if (filter.model !== null) void query.where('model', filter.model);
  if (filter.status !== null) void query.where('status', filter.status);
  if (filter.type !== null) void query.where('type', filter.type);
  if (filter.minDurationUs !== null) void query.where('duration_us', '>=', filter.minDurationUs);
  const search = filter.search;
  if (search !== null) {
    const length = [...search].length;
    void query.where((either) => {
      for (const column of ['id', 'trace_id']) {
        void either.orWhereRaw('substr(??, 1, ?) = ?', [column, length, search]);
      }
    });
  }
  return query;
}

async function pageByTime(
  { trx }: Transaction,
  userDid: string,
  filter: CallFilter,
  { sortOrder, after, limit }: CallPageQuery,
): Promise<CallRow[]> {
  const query = matching(trx, userDid, filter);
  if (after !== null) afterPosition(query, 'started_at_ms', sortOrder, after);
  return query.orderBy('started_at_ms', sortOrder).orderBy('id', sortOrder).limit(limit);
}

/** Calls without a duration come last in both directions, on every database. */
async function pageByDuration(
  { trx }: Transaction,
  userDid: string,
  filter: CallFilter,
  { sortOrder, after, limit }: CallPageQuery,
): Promise<CallRow[]> {
  const timed: CallRow[] = [];
  if (after === null || after.value !== null) {
    const query = matching(trx, userDid, filter).whereNotNull('duration_us');
    if (after !== null) afterPosition(query, 'duration_us', sortOrder, after);
    timed.push(
      ...(await query.orderBy('duration_us', sortOrder).orderBy('id', sortOrder).limit(limit)),
    );
  }
  if (timed.length === limit) return timed;
  const untimed = matching(trx, userDid, filter).whereNull('duration_us');
  if (after !== null && after.value === null) {
    void untimed.where('id', sortOrder === 'asc' ? '>' : '<', after.id);
  }
  const rest = await untimed.orderBy('id', sortOrder).limit(limit - timed.length);
  return [...timed, ...rest];
}

/** `value <= v and (value < v or id < i)`: the form that every engine answers from the index. */
function afterPosition(
  query: Calls,
  column: string,
  sortOrder: SortOrder,
  after: CallPosition,
): void {
  const beyond = sortOrder === 'asc' ? '>' : '<';
  void query.where(column, `${beyond}=`, after.value).where((either) => {
    void either.where(column, beyond, after.value).orWhere('id', beyond, after.id);
  });
}

function toCall(userDid: string, row: CallRow): StoredCall {
  return {
    userDid,
    id: row.id,
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
    units: row.units,
    creditsE8: numberOrNull(row.credits_e8),
    errorReason: row.error_reason,
    metadata: row.metadata,
  };
}
