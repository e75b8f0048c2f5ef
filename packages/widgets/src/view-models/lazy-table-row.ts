import type { ChartTableRow } from '../charts/chart-table.js';
import type { Figure } from './figure.js';

/** A row of a table that is formatted when it is rendered, once: a table of many rows is rendered a few per task. */
export class LazyTableRow implements ChartTableRow {
  readonly #row: Omit<ChartTableRow, 'figures'>;
  readonly #toFigures: () => readonly Figure[];
  #figures: readonly Figure[] | undefined;

  /** @param row names the row, formatted when it is read */
  constructor(row: Omit<ChartTableRow, 'figures'>, toFigures: () => readonly Figure[]) {
    this.#row = row;
    this.#toFigures = toFigures;
  }

  get label(): string {
    return this.#row.label;
  }

  get note(): string {
    return this.#row.note;
  }

  get figures(): readonly Figure[] {
    return (this.#figures ??= this.#toFigures());
  }
}
