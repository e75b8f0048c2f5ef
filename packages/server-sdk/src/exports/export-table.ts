import type { ExportFooter, ExportHeader } from '../contract/exports.js';

/** What the values of a column are, which decides how each format writes them. */
export type ColumnType =
  /** Text that came from outside: guarded against formulas. */
  | 'text'
  /** A whole number. */
  | 'integer'
  /** A measured number: a ratio, or milliseconds with decimals. */
  | 'number'
  /** An exact decimal, as text: credits or money. */
  | 'decimal'
  /** Epoch ms. */
  | 'instant'
  /** An object; only formats that have objects write it. */
  | 'json';

/** A column of a table. */
export interface ExportColumn {
  name: string;
  type: ColumnType;
  /** The unit of its values; left out where they have none. */
  unit?: string;
}

/** A value of a row; `null` where it is not known. */
export type ExportValue = string | number | Readonly<Record<string, unknown>> | null;

/** A row, in the order of the columns. */
export type ExportRow = readonly ExportValue[];

/** A table that is read once, batch by batch. */
export interface ExportTable {
  header: ExportHeader;
  columns: readonly ExportColumn[];
  /** The most rows that there can be. */
  maxRows: number;
  /** Rows in batches of some hundreds, read as they are asked for. */
  readBatches(): AsyncIterable<readonly ExportRow[]>;
  /**
   * Checks what was read against what it must add up to. To be called after the last batch.
   *
   * @throws ExportMismatchError
   */
  finish(): ExportFooter;
}

/** Thrown when the rows of an export do not add up to the totals of the same snapshot: the file is then never complete. */
export class ExportMismatchError extends Error {
  override readonly name = 'ExportMismatchError';
}

/** The units of columns, by name. */
export function listUnits(columns: readonly ExportColumn[]): Record<string, string> {
  return Object.fromEntries(
    columns.flatMap(({ name, unit }) => (unit === undefined ? [] : [[name, unit]])),
  );
}
