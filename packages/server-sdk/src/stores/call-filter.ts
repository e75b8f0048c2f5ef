import type { Knex } from 'knex';
import type { CallStatus, CallType } from '../contract/index.js';
import type { Sql } from '../db/call-source.js';
import type { TimeRange } from '../domain/time.js';
import { callsOf, type Transaction } from './transaction.js';

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

/** What calls are found by; the rest is asked of each. */
export type FoundBy = 'time' | 'duration' | 'id';

/** A query over calls that gives rows of `Row`. */
export type CallQuery<Row extends object> = Knex.QueryBuilder<Row, Row[]>;

/**
 * A query over the user's calls that match.
 *
 * @param project one of the conditions of the project
 * @param foundBy columns of other indexes are written so that no database takes those instead
 */
export function matchingCalls<Row extends object>(
  transaction: Transaction,
  userDid: string,
  filter: CallFilter,
  project: Sql,
  foundBy: FoundBy,
): CallQuery<Row> {
  const { trx } = transaction;
  const { table, page, time, ofUser, isOwn } = callsOf(transaction);
  const user = ofUser(userDid);
  const startedAt = isOwn && foundBy !== 'time' ? `(${time.column} + 0)` : time.column;
  const query = trx<Row, Row[]>(trx.raw(table) as unknown as string)
    .whereRaw(user.sql, user.bindings)
    .whereRaw(project.sql, project.bindings)
    .whereRaw(`${startedAt} >= ${time.parameter}`, [time.bound(filter.range.fromMs)])
    .whereRaw(`${startedAt} < ${time.parameter}`, [time.bound(filter.range.toMs)]);
  if (filter.ids) void query.whereIn(trx.raw(page.id) as unknown as string, [...filter.ids]);
  if (filter.model !== null) void query.whereRaw(`${page.model} = ?`, [filter.model]);
  if (filter.status !== null) void query.whereRaw(`${page.status} = ?`, [filter.status]);
  if (filter.type !== null) void query.whereRaw(`${page.type} = ?`, [filter.type]);
  if (filter.minDurationUs !== null) {
    void query.whereRaw(`${durationOf(transaction, foundBy)} >= ?`, [filter.minDurationUs]);
  }
  if (filter.search !== null) whereBegins(query, [page.id, page.trace_id], filter.search);
  return query;
}

/** The duration of a row, written for how rows are found. */
export function durationOf(transaction: Transaction, foundBy: FoundBy): string {
  const { duration_us: column } = callsOf(transaction).page;
  return foundBy === 'duration' ? column : `(${column} + 0)`;
}

/** Any of some columns begins with a text. */
function whereBegins(query: Knex.QueryBuilder, columns: readonly string[], text: string): void {
  const length = [...text].length;
  void query.where((either) => {
    for (const column of columns)
      void either.orWhereRaw(`substr(${column}, 1, ?) = ?`, [length, text]);
  });
}

/** One condition for all of a project's; where the order of rows comes from an index, each has to be asked by itself. */
export function anyProject(transaction: Transaction, appDid: string): Sql {
  const conditions = callsOf(transaction).ofProject(appDid);
  const [only] = conditions;
  if (only && conditions.length === 1) return only;
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(' or ')})`,
    bindings: conditions.flatMap(({ bindings }) => bindings),
  };
}

interface Candidate {
  id: string;
  [column: string]: unknown;
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
  const calls = callsOf(transaction);
  if (!calls.isOwn) return null;
  const { trx } = transaction;
  const ofUser = (): CallQuery<Candidate> =>
    trx<Candidate, Candidate[]>(calls.table)
      .where('user_did', userDid)
      .select<Candidate[]>('id')
      .limit(MAX_CANDIDATES + 1);
  const found = new Set<string>();
  if (search !== null) {
    for (const column of ['id', 'trace_id']) {
      const rows = await ofUser()
        .where(column, '>=', search)
        .where(column, '<', search + LAST_CHARACTER);
      for (const { id } of rows) found.add(id);
    }
  } else {
    const project = anyProject(transaction, appDid);
    const rows = await ofUser()
      .whereRaw(project.sql, project.bindings)
      .where('duration_us', '>=', minDurationUs ?? 0);
    for (const { id } of rows) found.add(id);
  }
  return found.size > MAX_CANDIDATES ? null : [...found];
}
