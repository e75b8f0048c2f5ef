import type { CallStatus, CallType } from '../../contract/index.js';
import type { Sql } from '../../db/sql.js';
import type { TimeRange } from '../../values/time.js';
import { getCallSource, type Transaction } from '../../db/transaction.js';
import { toRows } from '../../db/executor.js';

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
  /** None but these, where they were found before. */
  ids?: readonly string[];
}

/** What calls are found by; the others are asked of each. */
export type FoundBy = 'time' | 'duration' | 'id';

/**
 * What the user's calls that match fulfil, all of it.
 *
 * @param project one of the conditions of the project
 * @param foundBy columns of other indexes are written so that no database takes those instead
 */
export function matching(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  project: Sql,
  foundBy: FoundBy,
): Sql[] {
  const { page, time, ofUser, isOwn } = getCallSource(transaction);
  const { range, ids, minDurationUs, search } = filter;
  const startedAt = isOwn && foundBy !== 'time' ? `(${time.column} + 0)` : time.column;
  const conditions = [
    ofUser(userDid),
    project,
    { sql: `${startedAt} >= ${time.parameter}`, bindings: [time.bound(range.fromMs)] },
    { sql: `${startedAt} < ${time.parameter}`, bindings: [time.bound(range.toMs)] },
  ];
  if (ids) conditions.push(isAmong(page.id, ids));
  for (const column of ['model', 'status', 'type'] as const) {
    const value = filter[column];
    if (value !== null) conditions.push({ sql: `${page[column]} = ?`, bindings: [value] });
  }
  if (minDurationUs !== null) {
    const duration = selectDuration(transaction, foundBy);
    conditions.push({ sql: `${duration} >= ?`, bindings: [minDurationUs] });
  }
  if (search !== null) conditions.push(begins([page.id, page.trace_id], search));
  return conditions;
}

/** A query of calls that fulfil some conditions. @param end how they are ordered, and how many there are */
export function selectWhere(
  transaction: Transaction,
  columns: string,
  conditions: readonly Sql[],
  end: Sql = { sql: '', bindings: [] },
): Sql {
  const where = conditions.map(({ sql }) => sql).join(' and ');
  return {
    sql: `select ${columns} from ${getCallSource(transaction).table} where ${where} ${end.sql}`,
    bindings: [...conditions.flatMap(({ bindings }) => bindings), ...end.bindings],
  };
}

/** The duration of a row, written for how rows are found. */
export function selectDuration(transaction: Transaction, foundBy: FoundBy): string {
  const { duration_us: column } = getCallSource(transaction).page;
  return foundBy === 'duration' ? column : `(${column} + 0)`;
}

function isAmong(column: string, values: readonly string[]): Sql {
  if (values.length === 0) return { sql: '1 = 0', bindings: [] };
  return { sql: `${column} in (${values.map(() => '?').join(', ')})`, bindings: [...values] };
}

/** Any of some columns begins with a text. */
function begins(columns: readonly string[], text: string): Sql {
  const length = [...text].length;
  return {
    sql: `(${columns.map((column) => `substr(${column}, 1, ?) = ?`).join(' or ')})`,
    bindings: columns.flatMap(() => [length, text]),
  };
}

/** One condition for all of a project's; where the order of rows comes from an index, each has to be asked by itself. */
export function anyProject(transaction: Transaction, appDid: string): Sql {
  const conditions = getCallSource(transaction).ofProject(appDid);
  const [only] = conditions;
  if (only && conditions.length === 1) return only;
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(' or ')})`,
    bindings: conditions.flatMap(({ bindings }) => bindings),
  };
}

const MAX_CANDIDATES = 1000;
/** Follows every character that an id can begin with. */
const LAST_CHARACTER = '\u{10FFFF}';

/**
 * Ids of the user's calls among which all that match are, by the index that serves what is rarest: the beginning of an id or
 * trace id, or the duration.
 *
 * @returns `null` if there are too many, or no such index
 */
export async function findCandidates(
  transaction: Transaction,
  userDid: string,
  { appDid, search, minDurationUs }: CallFilter,
): Promise<string[] | null> {
  const calls = getCallSource(transaction);
  if (!calls.isOwn) return null;
  const found = new Set<string>();
  const find = async (...conditions: Sql[]): Promise<void> => {
    const end = { sql: 'limit ?', bindings: [MAX_CANDIDATES + 1] };
    const query = selectWhere(transaction, 'id', [calls.ofUser(userDid), ...conditions], end);
    for (const { id } of toRows<{ id: string }>(
      await transaction.trx.raw(query.sql, query.bindings),
    )) {
      found.add(id);
    }
  };
  if (search === null) {
    const isLong = { sql: 'duration_us >= ?', bindings: [minDurationUs ?? 0] };
    await find(anyProject(transaction, appDid), isLong);
  } else {
    for (const column of ['id', 'trace_id']) {
      const bindings = [search, search + LAST_CHARACTER];
      await find({ sql: `${column} >= ? and ${column} < ?`, bindings });
    }
  }
  return found.size > MAX_CANDIDATES ? null : [...found];
}
