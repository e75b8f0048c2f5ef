import type { Knex } from 'knex';
import type { MappingDialect } from './mapping-dialect.js';
import type { WriteDialect } from './write-dialect.js';

/** How each database reads, and what else differs between them; the only place that knows their names. @see docs/adr/0038-plain-rows.md */
export interface Dialect {
  name: 'sqlite' | 'postgres' | 'mysql';
  /** A JSON array of values. */
  jsonArray(expressions: readonly string[]): string;
  /** A JSON array, as text, of a group's JSON values; `null` or `[]` for none. */
  jsonGroup(expression: string): string;
  /** An integer as text, so that none above 2^53 loses digits in the driver. */
  integerAsText(expression: string): string;
  /** Sum of a column that stays below 2^53. */
  sum(expression: string): string;
  /** Sum of a column of large integers, exact, as text; a comma parts billions from the rest of it. */
  exactSum(column: string): string;
  /** Texts of a group one after the other, in no order. */
  concat(expression: string): string;
  /** What follows an insert of rows that may be there already and are replaced then. */
  replaceOnConflict(key: readonly string[], columns: readonly string[]): string;
  /**
   * A select of rows with any of some integers in a column, each found by itself. PostgreSQL without statistics of the
   * table would rather read all rows that the other conditions leave.
   *
   * @param select gives the select with a condition on the column
   */
  selectEach(
    column: string,
    values: readonly number[],
    select: (condition: string) => string,
  ): string;
  /** Whole division of integers. */
  divide(expression: string, divisor: number): string;
  /** The database's clock, epoch milliseconds. */
  nowMs: string;
  /** How a transaction begins whose reads all see one state; `{}` where every transaction is such. */
  snapshot: Knex.TransactionConfig;
  /**
   * Where a transaction blocks all other writers from its first write to its end (it must not read before that then): a
   * statement whose value changes when another process has written. `null`: writers block each other by rows.
   */
  writeVersion: string | null;
  /** Into what calls of many callers are gathered to be written, at most. */
  gathers: { maxTransactions: number; maxCallsPerTransaction: number };
  /** How a select begins that joins texts of any length. */
  selectText: string;
  write: WriteDialect;
  mapping: MappingDialect;
}
