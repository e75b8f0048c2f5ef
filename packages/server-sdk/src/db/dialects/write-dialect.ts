import type { Sql } from '../sql.js';

/** A column of rows that are written many at a time. */
export interface BulkColumn {
  name: string;
  kind: 'text' | 'integer' | 'real';
}

/** Values of a row, in the order of its columns. */
export type BulkRow = readonly (string | number | null)[];

/** A value as it is written in SQL: an integer, a text in quotes, or `null` as text. */
export type Literal = string | number | bigint;

/** Rows in the form in which they travel: JSON, or literals. */
export type EncodedRows = readonly string[];

/** What to do with a row whose key is there already. */
export interface UpsertRule {
  table: string;
  key: readonly string[];
  /** Columns to replace. */
  columns: readonly string[];
  /** Where true, the stored row stays as it is; the new values are `incoming('column')`. */
  unless?: (incoming: (column: string) => string) => string;
  /** A column that may be replaced even then, and is on MySQL. */
  stamp?: string;
  /** Columns that `unless` reads: MySQL assigns one after the other, so they come last. */
  unlessColumns?: readonly string[];
}

/** What to insert. */
export interface BulkInsert {
  table: string;
  columns: readonly BulkColumn[];
  /** A column that gets the time, epoch ms, in the form by which the triggers of `model_calls` know the SDK's own writes. */
  stamp?: string;
  /** What to do with rows that are there already: {@link WriteDialect.onConflict}, {@link WriteDialect.onConflictCount}. */
  onConflict: string;
}

/** What to select of the rows of an insert that are there already. */
export interface KnownRows {
  /** Columns of the key, both of text. */
  key: readonly [string, string];
  /** A column to select with the key. */
  column: string;
  /** Keys of the rows that are inserted. */
  keys: readonly (readonly [string, string])[];
}

/** How each database takes many rows in one statement, fast. */
export interface WriteDialect {
  /**
   * What `recorded_at_ms` is set to, by which the triggers of `model_calls` know the SDK's own writes. Needs
   * {@link touchUsers} before.
   */
  stamp: string;
  /**
   * Statements that raise the version of users by one, or make their rows, and lock them until the transaction ends; to be
   * run one after the other. The last selects `user_did`, `claimed_through_ms` and `due_at_ms` of each, as they are now.
   * Needed before {@link insertRows} with a stamp.
   *
   * @param userDids each once, in order
   */
  touchUsers(userDids: readonly string[]): Sql[];
  /** An insert of rows that {@link encodeRows} made ready, with its rule for those that are there already. */
  insertRows(insert: BulkInsert, rows: EncodedRows): Sql;
  /**
   * The same as statements to be run one after the other, of which the first selects the rows that are there already: their
   * key and one column. Nothing else may change these rows between them.
   */
  insertReturningKnown(insert: BulkInsert, rows: EncodedRows, known: KnownRows): Sql[];
  /**
   * Whether {@link insertRows} without a rule for rows that are there is to be tried first: it is faster than
   * {@link insertReturningKnown} where all are new, and stores none where one is not.
   */
  triesInsert: boolean;
  /** Rows ready for {@link insertRows}: work that can be done before there is a connection. */
  encodeRows(columns: readonly BulkColumn[], rows: readonly BulkRow[]): EncodedRows;
  /**
   * An insert of rows of literals, with its rule for those that are there already: integers, null, and quoted texts of letters
   * and digits, which as parameters would take longer.
   *
   * @param first the value of the first column, of all rows
   * @param rows literals of the other columns
   */
  insertLiterals(insert: BulkInsert, first: string, rows: readonly (readonly Literal[])[]): Sql;
  /** What follows an insert of rows that may be there already. */
  onConflict(rule: UpsertRule): string;
  /** What follows an insert of rows whose column counts how often they were written. */
  onConflictCount(table: string, key: readonly string[], column: string): string;
}
