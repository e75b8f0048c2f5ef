import type { CallStatus, CallType } from '../../contract/common.js';
import { bindInstant } from '../../db/call-source.js';
import { queryRows } from '../../db/executor.js';
import { joinSql, listValues, sql, verbatim, type Sql } from '../../db/sql.js';
import type { Transaction } from '../../db/transaction.js';
import type { TimeRange } from '../../values/time.js';

/** Filters of which a call must have one of some values; `null`: any. */
export interface ValueFilters {
  models: readonly string[] | null;
  statuses: readonly CallStatus[] | null;
  types: readonly CallType[] | null;
}

/** Filters of a project's calls. */
export interface CallFilter extends ValueFilters {
  appDid: string;
  range: TimeRange;
  minDurationUs: number | null;
  /** Prefix of a call or trace id, literally. */
  search: string | null;
  /** Only these, where they were found before. */
  ids?: readonly string[];
}

/** Whether a filter allows a value. */
export function isAllowed<Value>(values: readonly Value[] | null, value: Value): boolean {
  return values === null || values.includes(value);
}

/** By which column an index finds calls; the other conditions are checked for each call. */
export type FoundBy = 'time' | 'duration' | 'id';

/** Which calls of a user a query selects. */
export interface CallSelection {
  filter: Omit<CallFilter, 'appDid'>;
  /** The condition of the project, or one of several. */
  project: Sql;
  /** Columns of other indexes are written so that no database uses those instead. */
  foundBy: FoundBy;
}

/** The conditions of a query of a user's calls, to be joined by `and`. */
export function listConditions(
  transaction: Transaction,
  userDid: string,
  { filter, project, foundBy }: CallSelection,
): Sql[] {
  const { calls } = transaction;
  const { page, time, isOwn } = calls;
  const { range, ids, minDurationUs, search } = filter;
  const startedAt = verbatim(isOwn && foundBy !== 'time' ? `(${time.column} + 0)` : time.column);
  const conditions = [
    calls.ofUser(userDid),
    project,
    sql`${startedAt} >= ${bindInstant(calls, range.fromMs)}`,
    sql`${startedAt} < ${bindInstant(calls, range.toMs)}`,
  ];
  if (ids) conditions.push(isAmong(page.id, ids));
  if (filter.models) conditions.push(isAmong(page.model, filter.models));
  if (filter.statuses) conditions.push(isAmong(page.status, filter.statuses));
  if (filter.types) conditions.push(isAmong(page.type, filter.types));
  if (minDurationUs !== null) {
    const duration = verbatim(selectDuration(transaction, foundBy));
    conditions.push(sql`${duration} >= ${minDurationUs}`);
    // One that another program set back to processing may have a duration still.
    conditions.push(sql`${verbatim(page.status)} <> 'processing'`);
  }
  if (search !== null) conditions.push(hasPrefix([page.id, page.trace_id], search));
  return conditions;
}

/** A query of the calls that fulfil all of some conditions. @param end the order and the limit */
export function selectWhere(
  transaction: Transaction,
  columns: string,
  conditions: readonly Sql[],
  end: Sql = sql``,
): Sql {
  const select = verbatim(`select ${columns} from ${transaction.calls.table}`);
  return sql`${select} where ${joinSql(conditions, ' and ')} ${end}`;
}

/** The duration of a row, as an index finds it or, for {@link FoundBy} others, as none does. */
export function selectDuration(transaction: Transaction, foundBy: FoundBy): string {
  const { duration_us: column } = transaction.calls.page;
  return foundBy === 'duration' ? column : `(${column} + 0)`;
}

function isAmong(column: string, values: readonly string[]): Sql {
  if (values.length === 0) return sql`1 = 0`;
  const [only] = values;
  if (values.length === 1 && only !== undefined) return sql`${verbatim(column)} = ${only}`;
  return sql`${verbatim(column)} in (${listValues(values)})`;
}

/** The condition that a text is a prefix of one of some columns. */
function hasPrefix(columns: readonly string[], text: string): Sql {
  const { length } = [...text];
  const conditions = columns.map(
    (column) => sql`substr(${verbatim(column)}, 1, ${length}) = ${text}`,
  );
  return sql`(${joinSql(conditions, ' or ')})`;
}

/** One condition for all calls of a project. Where an index gives the order, each of the conditions needs its own select. */
export function isOfProject(transaction: Transaction, appDid: string): Sql {
  const conditions = transaction.calls.ofProject(appDid);
  const [only] = conditions;
  return only && conditions.length === 1 ? only : sql`(${joinSql(conditions, ' or ')})`;
}

const MAX_CANDIDATES = 1000;
/** Follows every character that an id can begin with. */
const LAST_CHARACTER = '\u{10FFFF}';

/**
 * Finds ids of the user's calls, among them all that match, by the index of the most selective filter: the prefix of an id or
 * trace id, or the duration.
 *
 * @returns `null` if there are too many, or no such index
 */
export async function findCandidates(
  transaction: Transaction,
  userDid: string,
  { appDid, search, minDurationUs }: CallFilter,
): Promise<string[] | null> {
  const { calls } = transaction;
  if (!calls.isOwn) return null;
  const conditions =
    search === null
      ? [sql`${isOfProject(transaction, appDid)} and duration_us >= ${minDurationUs ?? 0}`]
      : ['id', 'trace_id']
          .map(verbatim)
          .map((column) => sql`${column} >= ${search} and ${column} < ${search + LAST_CHARACTER}`);
  const found = new Set<string>();
  for (const condition of conditions) {
    const end = sql`limit ${MAX_CANDIDATES + 1}`;
    const query = selectWhere(transaction, 'id', [calls.ofUser(userDid), condition], end);
    for (const { id } of await queryRows<{ id: string }>(transaction, query)) found.add(id);
  }
  return found.size > MAX_CANDIDATES ? null : [...found];
}
