import type { Knex } from 'knex';
import type { CallSort, CallStatus, CallType, SortOrder } from '../contract/index.js';
import { PAGE_COLUMNS, type Sql } from '../db/call-source.js';
import type { StoredCall } from '../domain/stored-call.js';
import type { TimeRange } from '../domain/time.js';
import { callsOf, numberOrNull, rowsOf, type Transaction } from './transaction.js';

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
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
): Promise<number> {
  const anyProject = eitherOf(callsOf(transaction).ofProject(filter.appDid));
  const [row] = await matching(transaction, userDid, filter, anyProject).count<
    { count: number | string }[]
  >({ count: '*' });
  return Number(row?.count ?? 0);
}

type Calls = Knex.QueryBuilder<CallRow, CallRow[]>;

/** One condition for all of a project's; where the order of rows comes from an index, each has to be asked by itself. */
function eitherOf(conditions: readonly Sql[]): Sql {
  const [only] = conditions;
  if (only && conditions.length === 1) return only;
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(' or ')})`,
    bindings: conditions.flatMap(({ bindings }) => bindings),
  };
}

function matching(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  project: Sql,
): Calls {
  const { trx } = transaction;
  const { table, page, time, ofUser } = callsOf(transaction);
  const user = ofUser(userDid);
  const query = trx<CallRow, CallRow[]>(trx.raw(table) as unknown as string)
    .whereRaw(user.sql, user.bindings)
    .whereRaw(project.sql, project.bindings)
    .whereRaw(`${time.column} >= ${time.parameter}`, [time.bound(filter.range.fromMs)])
    .whereRaw(`${time.column} < ${time.parameter}`, [time.bound(filter.range.toMs)]);
  if (filter.model !== null) void query.whereRaw(`${page.model} = ?`, [filter.model]);
  if (filter.status !== null) void query.whereRaw(`${page.status} = ?`, [filter.status]);
  if (filter.type !== null) void query.whereRaw(`${page.type} = ?`, [filter.type]);
  if (filter.minDurationUs !== null) {
    void query.whereRaw(`${page.duration_us} >= ?`, [filter.minDurationUs]);
  }
  const search = filter.search;
  if (search !== null) {
    const length = [...search].length;
    void query.where((either) => {
      for (const column of [page.id, page.trace_id]) {
        void either.orWhereRaw(`substr(${column}, 1, ?) = ?`, [length, search]);
      }
    });
  }
  return query;
}

/** The columns of the page, under the names that rows have here. */
function selectPage(transaction: Transaction, query: Calls): Calls {
  const { page } = callsOf(transaction);
  return query.select(
    PAGE_COLUMNS.map((column) => transaction.trx.raw(`${page[column]} as ${column}`)),
  );
}

async function pageByTime(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  query: CallPageQuery,
): Promise<CallRow[]> {
  const parts = callsOf(transaction)
    .ofProject(filter.appDid)
    .map((project) => partByTime(transaction, userDid, filter, query, project));
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const order = `order by started_at_ms ${query.sortOrder}, id ${query.sortOrder}`;
  const merged: unknown = await transaction.trx.raw(
    `select * from (${parts.map((_, index) => `select * from (?) as part_${index}`).join(' union all ')})
     as parts ${order} limit ?`,
    [...parts, query.limit],
  );
  return rowsOf<CallRow>(merged);
}

function partByTime(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  { sortOrder, after, limit }: CallPageQuery,
  project: Sql,
): Calls {
  const { page, time } = callsOf(transaction);
  const query = matching(transaction, userDid, filter, project);
  if (after !== null) {
    const value = after.value === null ? null : time.valueOf(after.value);
    const column = { sql: time.exact, parameter: time.parameter };
    if (time.exact !== time.column && after.value !== null) {
      // So that the index is read from there on.
      const [operator, ms] = sortOrder === 'asc' ? ['>=', after.value] : ['<', after.value + 1];
      void query.whereRaw(`${time.column} ${operator} ${time.parameter}`, [time.bound(ms)]);
    }
    afterPosition(query, column, page.id, sortOrder, { ...after, value });
  }
  void query.orderByRaw(`${time.column} ${sortOrder}, ${page.id} ${sortOrder}`).limit(limit);
  return selectPage(transaction, query);
}

/** Calls without a duration come last in both directions, on every database. */
async function pageByDuration(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  { sortOrder, after, limit }: CallPageQuery,
): Promise<CallRow[]> {
  const { page, ofProject } = callsOf(transaction);
  const project = eitherOf(ofProject(filter.appDid));
  const duration = { sql: page.duration_us, parameter: '?' };
  const timed: CallRow[] = [];
  if (after === null || after.value !== null) {
    const query = matching(transaction, userDid, filter, project);
    void query.whereRaw(`${duration.sql} is not null`);
    if (after !== null) afterPosition(query, duration, page.id, sortOrder, after);
    void query.orderByRaw(`${duration.sql} ${sortOrder}, ${page.id} ${sortOrder}`).limit(limit);
    timed.push(...(await selectPage(transaction, query)));
  }
  if (timed.length === limit) return timed;
  const untimed = matching(transaction, userDid, filter, project);
  void untimed.whereRaw(`${duration.sql} is null`);
  if (after !== null && after.value === null) {
    void untimed.whereRaw(`${page.id} ${sortOrder === 'asc' ? '>' : '<'} ?`, [after.id]);
  }
  void untimed.orderByRaw(`${page.id} ${sortOrder}`).limit(limit - timed.length);
  return [...timed, ...(await selectPage(transaction, untimed))];
}

/** `value <= v and (value < v or id < i)`: the form that every engine answers from the index. */
function afterPosition(
  query: Calls,
  column: { sql: string; parameter: string },
  id: string,
  sortOrder: SortOrder,
  after: { value: number | string | null; id: string },
): void {
  const beyond = sortOrder === 'asc' ? '>' : '<';
  const compared = (operator: string): string => `${column.sql} ${operator} ${column.parameter}`;
  void query
    .whereRaw(compared(`${beyond}=`), [after.value])
    .whereRaw(`(${compared(beyond)} or ${id} ${beyond} ?)`, [after.value, after.id]);
}

function toCall(userDid: string, row: CallRow): StoredCall {
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
