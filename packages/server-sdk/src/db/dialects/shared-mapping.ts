import { formatDecimal } from '../../values/decimal.js';
import { sql, verbatim, type Sql } from '../sql.js';

const EARLIEST_MS = Date.UTC(1000, 0);
const LATEST_MS = Date.UTC(9999, 11);

/** An instant as `YYYY-MM-DD HH:MM:SS.mmm` in UTC, and microseconds where the instant has them. */
export function formatWallClock(instantMs: number): string {
  const ms = Math.min(Math.max(instantMs, EARLIEST_MS), LATEST_MS);
  const wholeMs = Math.floor(ms);
  const micros = String(Math.round((ms - wholeMs) * 1000)).padStart(3, '0');
  return new Date(wholeMs).toISOString().replace('T', ' ').replace('Z', micros);
}

/** A name in double quotes. */
export const quoteDouble = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** A text as a literal. */
export const toTextLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** Path of a key in a JSON object, as a literal. */
export const toJsonPath = (key: string): string => toTextLiteral(`$."${key}"`);
/** "Equal", where a collation compares bytes. */
export const compareBytes = (column: string, value: string): Sql =>
  sql`${verbatim(column)} = ${value}`;

/** Largest amount of a call, as when it is recorded. */
export const getMaxAmount = (decimals: number): string =>
  formatDecimal(BigInt(Number.MAX_SAFE_INTEGER), decimals);

/** An amount that a call can have; also leaves NaN out, which PostgreSQL takes for larger than any number. */
export const selectSoundAmount = (column: string, decimals: number, units: string): string =>
  `case when ${column} >= 0 and ${column} <= ${getMaxAmount(decimals)} then ${units} end`;

/** Rounds half to even. PostgreSQL and MySQL round a half away from zero; half of an amount with one half is never a half. */
export const roundHalfEven = (amount: string): string =>
  `case when mod(${amount}, 1) = 0.5 then 2 * round((${amount}) / 2) else round(${amount}) end`;
