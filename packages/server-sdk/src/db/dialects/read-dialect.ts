import type { Knex } from 'knex';

/** What differs between the databases; the only place that knows their names. */
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
}

const replaceExcluded: Dialect['replaceOnConflict'] = (key, columns) =>
  `on conflict (${key.join(', ')}) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`;

const selectListed: Dialect['selectEach'] = (column, values, select) =>
  select(`${column} in (${values.join(', ')})`);

const sqlite: Dialect = {
  name: 'sqlite',
  jsonArray: (expressions) => `json_array(${expressions.join(', ')})`,
  jsonGroup: (expression) => `json_group_array(${expression})`,
  integerAsText: (expression) => `cast(${expression} as text)`,
  // "sum" fails beyond 64 bits.
  sum: (expression) => `total(${expression})`,
  exactSum: (column) => `sum(${column} / 1000000000) || ',' || sum(${column} % 1000000000)`,
  concat: (expression) => `group_concat(${expression}, '')`,
  selectEach: selectListed,
  replaceOnConflict: replaceExcluded,
  divide: (expression, divisor) => `${expression} / ${divisor}`,
  nowMs: `cast(unixepoch('subsec') * 1000 as integer)`,
  snapshot: {},
  writeVersion: 'pragma data_version',
  // Each page that a transaction touches is written to the log and then to the file, and calls share pages: the more in one,
  // the fewer a call. While they are written the next are made ready.
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 4000 },
  selectText: 'select',
};

const postgres: Dialect = {
  name: 'postgres',
  jsonArray: (expressions) => `json_build_array(${expressions.join(', ')})`,
  jsonGroup: (expression) => `(json_agg(${expression}))::text`,
  integerAsText: (expression) => `(${expression})::text`,
  sum: (expression) => `sum(${expression})`,
  exactSum: (column) => `sum(${column})::text`,
  concat: (expression) => `string_agg(${expression}, '')`,
  // The offset keeps the select from being joined in another way.
  selectEach: (column, values, select) =>
    `select found_rows.* from unnest(array[${values.join(', ')}]::int[]) as listed (value)
      cross join lateral (${select(`${column} = listed.value`)} offset 0) as found_rows`,
  replaceOnConflict: replaceExcluded,
  divide: (expression, divisor) => `${expression} / ${divisor}`,
  nowMs: `floor(extract(epoch from clock_timestamp()) * 1000)::bigint`,
  snapshot: { isolationLevel: 'repeatable read', readOnly: true },
  writeVersion: null,
  // Written both at once; larger ones are hardly faster, and keep others waiting.
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 1000 },
  selectText: 'select',
};

const mysql: Dialect = {
  name: 'mysql',
  jsonArray: (expressions) => `json_array(${expressions.join(', ')})`,
  // Cast, because the driver would parse JSON by itself.
  jsonGroup: (expression) => `cast(json_arrayagg(${expression}) as char)`,
  integerAsText: (expression) => `cast(${expression} as char)`,
  sum: (expression) => `sum(${expression})`,
  exactSum: (column) => `cast(sum(${column}) as char)`,
  concat: (expression) => `group_concat(${expression} separator '')`,
  selectEach: selectListed,
  replaceOnConflict: (_key, columns) =>
    `on duplicate key update ${columns.map((name) => `${name} = values(${name})`).join(', ')}`,
  divide: (expression, divisor) => `${expression} div ${divisor}`,
  nowMs: `floor(unix_timestamp(now(3)) * 1000)`,
  // Not read-only: Knex writes that in a form that MariaDB does not take.
  snapshot: { isolationLevel: 'repeatable read' },
  writeVersion: null,
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 1000 },
  // Joined texts are cut at 1 kB (MySQL) or 1 MB (MariaDB) without a word otherwise. Each takes the other's half for a comment.
  selectText: `/*M! set statement group_concat_max_len = 1073741824 for */
    select /*+ set_var(group_concat_max_len = 1073741824) */`,
};

/** The dialect of a Knex instance. @throws TypeError for a database that is not supported */
export function getDialect(knex: Knex): Dialect {
  const { config } = knex.client as { config: Knex.Config };
  const client = String(config.client);
  if (/sqlite/.test(client)) return sqlite;
  if (/^(pg|postgres|postgresql|pgnative)$/.test(client)) return postgres;
  if (/^(mysql|mysql2|mariadb)$/.test(client)) return mysql;
  throw new TypeError(
    `database: client "${client}" is not supported; use SQLite, PostgreSQL or MySQL`,
  );
}
