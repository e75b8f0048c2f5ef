import type { Column, TextRow } from './copy-store.js';

/**
 * Counts the rows of a table, and sums what is in each column: integers exactly, the code units of texts, and how many values
 * are there at all. Two tables with the same tally have the same rows, unless differences cancel out in every column.
 */
export class RowTally {
  /** Rows counted. */
  rows = 0;
  readonly #sums = new Map<string, { known: number; sum: bigint }>();

  constructor(readonly columns: readonly Column[]) {
    for (const { name } of columns) this.#sums.set(name, { known: 0, sum: 0n });
  }

  /** Adds rows, in any order. */
  add(rows: readonly TextRow[]): void {
    this.rows += rows.length;
    for (const { name, isInteger } of this.columns) {
      const total = this.#sums.get(name);
      if (total === undefined) continue;
      for (const row of rows) {
        const value = row[name];
        if (value === null || value === undefined) continue;
        total.known += 1;
        total.sum += isInteger ? BigInt(value) : sumCodeUnits(value);
      }
    }
  }

  /** What another tally has otherwise, as a sentence; `null` when nothing. */
  findDifference(other: RowTally): string | null {
    if (this.rows !== other.rows) return `${this.rows} rows were read and ${other.rows} are there`;
    for (const [name, { known, sum }] of this.#sums) {
      const found = other.#sums.get(name);
      if (found?.known !== known) return `another number of rows has a value in ${name}`;
      if (found.sum !== sum) return `the values of ${name} have another sum`;
    }
    return null;
  }
}

function sumCodeUnits(text: string): bigint {
  let sum = 0;
  // Weighed by place, so that two texts with the same letters differ.
  for (let index = 0; index < text.length; index += 1) {
    sum += text.charCodeAt(index) * ((index % 251) + 1);
  }
  return BigInt(sum);
}
