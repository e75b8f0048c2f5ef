/**
 * A text or column as epoch milliseconds. SQLite counts days in milliseconds, so that rounding gives them back;
 * `unixepoch(…, 'subsec')` says the same from 3.42 on.
 */
export function toEpochMs(expression: string): string {
  return `cast(round((julianday(${expression}) - 2440587.5) * 86400000) as integer)`;
}

/** The time, epoch milliseconds: the same throughout a statement and the triggers it fires. */
export const SQLITE_NOW_MS = toEpochMs(`'now'`);
