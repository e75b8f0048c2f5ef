import { TABLES } from '../tables.js';
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

/**
 * Columns of a new user. The version starts at the time in microseconds, faster than which none is raised, so that it never repeats after an erasure; so does
 * the revision of the rollup. The slot is any.
 */
export const NEW_USER = `${TABLES.users} (user_did, version, rollup_revision, slot)`;
/** What is returned of a user whose version was raised. */
export const PROGRESS = 'user_did, claimed_through_ms, due_at_ms';
