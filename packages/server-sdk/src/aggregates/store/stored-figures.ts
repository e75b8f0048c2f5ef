import type { Dialect } from '../../db/dialects/dialect.js';
import type { BulkColumn, Literal } from '../../db/dialects/write-dialect.js';
import type { JsonRow, JsonValue } from '../../db/executor.js';
import { splitCredits } from '../../values/amounts.js';
import type { Aggregate, Scope } from '../model/aggregate.js';
import type { CallFigures } from '../model/call-figures.js';
import {
  COLUMNS,
  SCOPES,
  mapColumns,
  toFigures,
  type StoredPlace,
  type StoredValue,
} from './aggregate-columns.js';

/** Columns of `model_call_stats` that hold figures, and the kind of their values, in the order in which they are written. */
export const BULK_FIGURE_COLUMNS: readonly BulkColumn[] = COLUMNS.map(
  ({ name, kind = 'integer' }) => ({ name, kind }),
);

/**
 * The stored values of figures as SQL literals, in the order of {@link BULK_FIGURE_COLUMNS}: integers, sketches and null, no text
 * that came from outside. Two figures are equal when their literals are.
 *
 * @throws TypeError when a sketch's text is damaged
 */
export function toLiterals(figures: CallFigures, place: StoredPlace): Literal[] {
  return COLUMNS.map(({ toStored }) => toLiteral(toStored(figures, place)));
}

function toLiteral(value: StoredValue): Literal {
  if (value === null) return 'null';
  if (typeof value !== 'string') return value;
  if (!SKETCH.test(value)) throw new TypeError('The text is not a sketch');
  return `'${value}'`;
}

/** The form of a sketch's text; no other text is written as a literal. */
const SKETCH = /^[A-Za-z0-9]*$/;

/** A value that {@link toLiterals} wrote and a database returned, as that literal. */
export function toStoredLiteral(value: JsonValue): string {
  return typeof value === 'string' && !INTEGER.test(value) ? `'${value}'` : String(value);
}

const INTEGER = /^-?\d+$/;

/** Expressions of the values of one row as they are stored, by column. */
export function selectStored(dialect: Dialect): Record<string, string> {
  return mapColumns(({ name, isExact }) => (isExact ? dialect.integerAsText(name) : name));
}

const SCOPE_NAMES = Object.keys(SCOPES) as Scope[];

/** The aggregate of a row that also has `scope`, `app_id` and `model_id`. */
export function toAggregate(row: JsonRow): Aggregate {
  return {
    scope: SCOPE_NAMES[Number(row.get('scope'))] ?? 'user',
    appId: Number(row.get('app_id')),
    modelId: Number(row.get('model_id')),
    figures: toFigures(row),
  };
}

const MAX_BIGINT = 2n ** 63n - 1n;

/** Whether the columns hold figures exactly: sums of other programs' calls may be beyond 64 bits. */
export function isStorable(figures: CallFigures): boolean {
  const amounts = [splitCredits(figures.credits).creditsE8, BigInt(figures.cost)];
  const { inputTokens, outputTokens, totalTokens, durationUs } = figures;
  return (
    amounts.every((amount) => amount <= MAX_BIGINT && amount >= -MAX_BIGINT) &&
    [inputTokens, outputTokens, totalTokens, durationUs].every(Number.isSafeInteger)
  );
}
