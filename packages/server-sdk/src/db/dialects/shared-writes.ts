import { joinSql, sql, verbatim } from '../sql.js';
import type { BulkInsert, UpsertRule, WriteDialect } from './write-dialect.js';

/** Columns of an insert. */
export const listColumns = ({ columns, stamp }: BulkInsert): string =>
  [...columns.map(({ name }) => name), ...(stamp === undefined ? [] : [stamp])].join(', ');

const excluded = (column: string): string => `excluded.${column}`;

/** What follows an insert of rows that may be there already, in SQLite and PostgreSQL. */
export function onConflictDoUpdate({ key, columns, unless }: UpsertRule): string {
  const set = columns.map((column) => `${column} = excluded.${column}`);
  if (set.length === 0) return `on conflict (${key.join(', ')}) do nothing`;
  const where = unless === undefined ? '' : ` where not (${unless(excluded)})`;
  return `on conflict (${key.join(', ')}) do update set ${set.join(', ')}${where}`;
}

/** What follows an insert of rows whose column counts how often they were written, in SQLite and PostgreSQL. */
export const onConflictCount: WriteDialect['onConflictCount'] = (table, key, column) =>
  `on conflict (${key.join(', ')}) do update set ${column} = ${table}.${column} + 1`;

/** An insert of rows of literals, in SQLite and MySQL. */
export const insertLiterals: WriteDialect['insertLiterals'] = (insert, first, rows) => {
  const values = rows.map((row) => sql`(${first},${verbatim(row.join())})`);
  const into = verbatim(`${insert.table} (${listColumns(insert)})`);
  return sql`insert into ${into} values ${joinSql(values, ',')} ${verbatim(insert.onConflict)}`;
};

/** How many slots users are spread over. */
export const SLOT_COUNT = 64;

/**
 * Table and columns of a new user. The version starts at the time, so that it never repeats after an erasure; so does the
 * rollup revision. The slot is random.
 */
export const NEW_USER = verbatim('model_call_users (user_did, version, rollup_revision, slot)');
/** Columns that are returned of a user whose version was raised. */
export const PROGRESS = verbatim('user_did, claimed_through_ms, due_at_ms');
