import type { Sql } from '../sql.js';

/** A number that the database gives each row of most tables, and by which it finds rows. */
export interface RowOrder {
  /** The number, as an expression. */
  row: string;
  /** Selects a row `found` if an index of a table begins with a column. */
  findIndex: (name: { table: string; schema: string | undefined; column: string }) => Sql;
}

/** Expressions of the two columns of an amount of credits. */
export interface CreditParts {
  unitsE8: string;
  restE10: string;
}

/** Expressions that read columns of a host's table. */
export interface MappingDialect {
  /** A name of a table or column as a quoted identifier; it may have any characters. */
  quote: (name: string) => string;
  /** Rounds a number down to an integer. */
  floor: (expression: string) => string;
  /** Rounds a number to the nearest integer. */
  round: (expression: string) => string;
  /** The number in a column; `null` for a text that is none, where columns take any value. */
  number: (column: string) => string;
  /**
   * A decimal amount as an integer of its smallest units, exact; rounded half to even, and `null` where it is no amount of a
   * call.
   *
   * @param decimals of the smallest unit: 8 for credits, 10 for money
   */
  amount: (column: string, decimals: number) => string;
  /**
   * Credits of 10 decimals as the two columns of an amount, each as {@link amount}: units of 1e-8, and what these leave in units of
   * 1e-10. As large as an amount of 8 decimals; a binary fraction of 524,288 or more does not hold 10 decimals and has 8.
   */
  creditParts: (column: string) => CreditParts;
  /** A value as text; also that of an enum. */
  text: (column: string) => string;
  /** The number under a key of a JSON object; `null` where there is none, or the text is not JSON. */
  jsonNumber: (column: string, key: string) => string;
  /** Epoch milliseconds of a timestamp, with fractions. */
  timestampMs: (expression: string) => string;
  /** A timestamp that sorts with those of the column. */
  timestampOf: (instantMs: number) => string;
  /** Whether equal timestamps are equal values: texts of one instant may differ. */
  timestampsAreExact: boolean;
  /** The placeholder of an integer, which may exceed the type of the column. */
  numberParameter: string;
  /** How rows are found in the order in which they were inserted, where the table has no index for it; `null`: they are not. */
  rowOrder: RowOrder | null;
  /** An expression that is equal only for texts that are equal to the last byte. */
  bytes: (column: string) => string;
  /** A condition "equal to the last byte". */
  equals: (column: string, value: string) => Sql;
  /** A condition for which only an index of others is used: SQLite without statistics rates a project's index as high as the user's. */
  secondary: (condition: string) => string;
  /** The condition that a column is equal to a known word. */
  is: (column: string, word: string) => string;
}
