import type { Sql } from '../sql.js';

/** How each database reads columns of a table that the SDK did not make. */
export interface MappingDialect {
  /** A name of a table or column, whatever is in it. */
  quote: (name: string) => string;
  /** Rounds a number down to a whole one. */
  floor: (expression: string) => string;
  /** Rounds a number to the nearest whole one. */
  round: (expression: string) => string;
  /** The number in a column; `null` for a text that is none, where columns take any value. */
  number: (column: string) => string;
  /**
   * A decimal number of credits as a whole number of 1e-8, exact; rounded half to even, and `null` where a call can't have
   * cost that.
   */
  creditsE8: (column: string) => string;
  /** A value as text; also that of an enum. */
  text: (column: string) => string;
  /** The number under a key of a JSON object; `null` where there is none, or the text is not JSON. */
  jsonNumber: (column: string, key: string) => string;
  /** Epoch milliseconds of a timestamp, with what it has below one. */
  timestampMs: (expression: string) => string;
  /** A timestamp that sorts with those of the column. */
  timestampOf: (instantMs: number) => string;
  /** Whether equal timestamps are equal values: texts of one instant may differ. */
  timestampsAreExact: boolean;
  /** The placeholder of a whole number, which may be larger than the column holds. */
  numberParameter: string;
  /** What is equal for texts that are equal to the last byte alone. */
  bytes: (column: string) => string;
  /** A condition "equal to the last byte". */
  equals: (column: string, value: string) => Sql;
  /** A condition that no index is to be chosen for alone: SQLite without statistics takes that of the project for as good as the user's. */
  secondary: (condition: string) => string;
  /** "Equal" to a word that is known beforehand. */
  is: (column: string, word: string) => string;
}
