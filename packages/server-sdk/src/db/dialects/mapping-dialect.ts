import type { Dialect } from './read-dialect.js';

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
  /** A condition "equal to the last byte" with how many placeholders of the value it has. */
  equals: (column: string) => { sql: string; placeholders: number };
  /** A condition that no index is to be chosen for alone: SQLite without statistics takes that of the project for as good as the user's. */
  secondary: (condition: string) => string;
  /** "Equal" to a word that is known beforehand. */
  is: (column: string, word: string) => string;
}

const EARLIEST_MS = Date.UTC(1000, 0);
const LATEST_MS = Date.UTC(9999, 11);

/** `YYYY-MM-DD HH:MM:SS.mmm` in UTC, and microseconds where the instant has them. */
function wallClock(instantMs: number): string {
  const ms = Math.min(Math.max(instantMs, EARLIEST_MS), LATEST_MS);
  const wholeMs = Math.floor(ms);
  const micros = String(Math.round((ms - wholeMs) * 1000)).padStart(3, '0');
  return new Date(wholeMs).toISOString().replace('T', ' ').replace('Z', micros);
}

const doubleQuote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const path = (key: string): string => literal(`$."${key}"`);
const plainEquals = (column: string): { sql: string; placeholders: number } => ({
  sql: `${column} = ?`,
  placeholders: 1,
});

/** Largest cost of a call, as when it is recorded. */
const MAX_CREDITS = '90071992.54740991';

/** Also leaves NaN out, which PostgreSQL takes for larger than any number. */
const soundCredits = (column: string, units: string): string =>
  `case when ${column} >= 0 and ${column} <= ${MAX_CREDITS} then ${units} end`;

/** Both databases round a half away from zero; half of an amount with one half is never a half. */
const halfEven = (amount: string): string =>
  `case when mod(${amount}, 1) = 0.5 then 2 * round((${amount}) / 2) else round(${amount}) end`;

const sqliteNumber = (column: string): string =>
  `case when typeof(${column}) in ('integer', 'real') then ${column}
    when ${column} glob '[0-9]*' and ${column} not glob '*[^0-9.]*' then cast(${column} as numeric) end`;

const sqlite: MappingDialect = {
  quote: doubleQuote,
  floor: (expression) => `cast(${expression} as integer)`,
  round: (expression) => `cast(round(${expression}) as integer)`,
  // A column of any type takes any value: a text that is a number is one, another is not known.
  number: sqliteNumber,
  // What is a whole number is multiplied as one; a REAL is the nearest to a decimal, and so is found again by
  // rounding; a half is one but for what the multiplication adds.
  creditsE8: (column) => {
    const number = sqliteNumber(column);
    const real = `(${number}) * 100000000.0`;
    return `case when not (${number} >= 0 and ${number} <= ${MAX_CREDITS}) then null
      when typeof(${number}) = 'integer' then (${number}) * 100000000
      when abs(${real} - cast(${real} as integer) - 0.5) < 0.000001 then 2 * ((cast(${real} as integer) + 1) / 2)
      else cast(round(${real}) as integer) end`;
  },
  text: (column) => `cast(${column} as text)`,
  jsonNumber: (column, key) =>
    `case when json_valid(${column}) and json_type(${column}, ${path(key)}) in ('integer', 'real')
      then json_extract(${column}, ${path(key)}) end`,
  timestampMs: (expression) => `round(unixepoch(${expression}, 'subsec') * 1000)`,
  // Texts are compared: without zeros at its end, a fraction is not above an equal one that has none.
  timestampOf: (instantMs) => wallClock(instantMs).replace(/\.?0+$/, ''),
  timestampsAreExact: false,
  numberParameter: '?',
  bytes: (column) => column,
  equals: plainEquals,
  secondary: (condition) => `likely(${condition})`,
  is: (column, word) => `${column} = ${literal(word)}`,
};

const postgres: MappingDialect = {
  quote: doubleQuote,
  floor: (expression) => `floor(${expression})::bigint`,
  round: (expression) => `round(${expression})::bigint`,
  number: (column) => column,
  creditsE8: (column) =>
    soundCredits(column, `(${halfEven(`(${column})::numeric * 100000000`)})::bigint`),
  text: (column) => `(${column})::text`,
  jsonNumber: (column, key) =>
    `case when jsonb_typeof((${column})::jsonb -> ${literal(key)}) = 'number'
      then ((${column})::jsonb ->> ${literal(key)})::numeric end`,
  timestampMs: (expression) => `extract(epoch from ${expression}) * 1000`,
  timestampOf: (instantMs) => `${wallClock(instantMs)}+00`,
  timestampsAreExact: true,
  numberParameter: 'cast(? as bigint)',
  bytes: (column) => column,
  equals: plainEquals,
  secondary: (condition) => condition,
  is: (column, word) => `${column} = ${literal(word)}`,
};

const mysqlBytes = (text: string): string => `cast(convert(${text} using utf8mb4) as binary)`;

const mysql: MappingDialect = {
  quote: (name) => `\`${name.replaceAll('`', '``')}\``,
  floor: (expression) => `cast(floor(${expression}) as signed)`,
  round: (expression) => `cast(round(${expression}) as signed)`,
  number: (column) => column,
  creditsE8: (column) =>
    soundCredits(column, `cast(${halfEven(`${column} * 100000000`)} as decimal(30, 0))`),
  text: (column) => `cast(${column} as char)`,
  jsonNumber: (column, key) =>
    `case when json_valid(${column}) then cast(json_value(${column}, ${path(key)}) as decimal(30, 6)) end`,
  timestampMs: (expression) => `timestampdiff(microsecond, '1970-01-01', ${expression}) / 1000`,
  timestampOf: wallClock,
  timestampsAreExact: true,
  numberParameter: '?',
  bytes: mysqlBytes,
  // The host's collation may hold `alice`, `ALICE` and `alice ` equal: one user would read another's calls.
  equals: (column) => ({
    sql: `${column} = ? and ${mysqlBytes(column)} = ${mysqlBytes('?')}`,
    placeholders: 2,
  }),
  secondary: (condition) => condition,
  is: (column, word) => `${mysqlBytes(column)} = ${literal(word)}`,
};

const DIALECTS: Record<Dialect['name'], MappingDialect> = { sqlite, postgres, mysql };

/** What reads of a host's table need to know of a database. */
export function getMappingDialect({ name }: Dialect): MappingDialect {
  return DIALECTS[name];
}
