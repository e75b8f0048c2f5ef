import type { Knex } from 'knex';
import type { Sql } from '../sql.js';
import type { MappingDialect } from './mapping-dialect.js';
import type { SessionDialect } from './session-dialect.js';
import type { WriteDialect } from './write-dialect.js';

/**
 * The SQL of a database, and the other ways in which databases differ. Expressions are text; only this folder distinguishes
 * databases by name.
 *
 * @see docs/adr/0038-plain-rows.md
 */
export interface Dialect {
  /** For messages and reports. */
  name: 'sqlite' | 'postgres' | 'mysql';
  /** Whether the database is a file, or in memory, and one connection writes at a time. */
  isFile: boolean;
  /** Whether its tables can be distributed or partitioned by user. */
  canDistribute: boolean;
  /** Whether each change of a table is committed by itself, so that a migration that was killed is partly done. */
  commitsSchemaChanges: boolean;
  /** A statement that waits until no other transaction holds a lock of a name, and takes it; `null`: there is none. */
  lockTransaction(name: string): string | null;
  /** A JSON array of values. */
  jsonArray(expressions: readonly string[]): string;
  /** A JSON array, as text, of a group's JSON values; `null` or `[]` for an empty group. */
  jsonGroup(expression: string): string;
  /** An integer as text, so that none above 2^53 loses digits in the driver. */
  integerAsText(expression: string): string;
  /** Sum of a column that stays below 2^53. */
  sum(expression: string): string;
  /** Exact sum of a column of large integers, as text; a comma may separate billions from the remainder. */
  exactSum(column: string): string;
  /** The concatenated texts of a group, in no order. */
  concat(expression: string): string;
  /**
   * A select of rows with any of some integers in a column, each looked up separately. PostgreSQL without statistics of the
   * table would otherwise read all rows that the other conditions leave.
   *
   * @param select makes the select with a condition on the column
   */
  selectEach(column: string, values: readonly number[], select: (condition: Sql) => Sql): Sql;
  /** Integer division. */
  divide(expression: string, divisor: number): string;
  /** The database's clock, epoch milliseconds. */
  nowMs: string;
  /** A select of a table's columns by their names, as `name`, and whether each has integers, `is_integer` 1 or 0. */
  selectColumns(table: string): string;
  /** A select of the columns of a table's primary key, in their order, as `name`. */
  selectKey(table: string): string;
  /**
   * On a replica: when the last transaction that it has was committed, epoch milliseconds; null on another server, and where
   * it has none since it was started. `null`: this database has no replicas that answers may be read from.
   */
  replayedMs: string | null;
  /** The end of a select that locks its rows; empty where a transaction blocks all other writers. */
  forUpdate: string;
  /** How a transaction begins whose reads all see one state; `{}` where every transaction is such. */
  snapshot: Knex.TransactionConfig;
  /**
   * Where a transaction blocks all other writers from its first write to its end (it must not read before that then): a
   * statement whose value changes when another process has written. `null`: writers block each other by rows.
   */
  writeVersion: string | null;
  /** Limits of the transactions that write the calls of many callers together. */
  gathers: { maxTransactions: number; maxCallsPerTransaction: number };
  /** The beginning of a select that concatenates texts of any length. */
  selectText: string;
  /** Of a database's server; `null` for a file. */
  session: SessionDialect | null;
  write: WriteDialect;
  mapping: MappingDialect;
}
