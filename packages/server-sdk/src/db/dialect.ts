import type { Knex } from 'knex';

/** How rows that are read now are told from those that are added later. */
export interface RowNumber {
  /** The number of a row. */
  of: string;
  /**
   * No row that a statement does not see will ever have a number up to this one. `null`: up to the highest that there is,
   * because writers come one after the other.
   */
  through: string | null;
  /**
   * Whether a row is one of those that were under way, where it is to be found by something else than its number. Such rows
   * may change in place without a mark, see migration 0012.
   *
   * @param numbers of those that were
   */
  isOpen(numbers: readonly number[]): { sql: string; bindings: readonly string[] };
}

/** What differs between the databases; the only place that knows their names. */
export interface Dialect {
  name: 'sqlite' | 'postgres' | 'mysql';
  /** A JSON array of values. */
  jsonArray(expressions: readonly string[]): string;
  /** A JSON array, as text, of a group's JSON values; `null` or `[]` for none. */
  jsonGroup(expression: string): string;
  /** A JSON text as a JSON value, to be put into another. */
  jsonOf(text: string): string;
  /** A JSON value as text. */
  asText(json: string): string;
  /** Where a text begins in another, from 1; 0 where it does not. */
  positionOf(part: string, text: string): string;
  /** A text up to a character, or whole. */
  textBefore(text: string, character: string): string;
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
  /** Whole division of integers. */
  divide(expression: string, divisor: number): string;
  /** The database's clock, epoch milliseconds. */
  nowMs: string;
  /**
   * A text that stays the same (for the user of its placeholder, where calls are the SDK's) while calls of the user are at
   * most added; where rows have no number, while nothing is added either.
   */
  callsMark: string;
  /** Numbers that tell which rows of calls were added since others were read; `null` where there are none. */
  rowNumber: RowNumber | null;
  /** How a transaction begins whose reads all see one state; `{}` where every transaction is such. */
  snapshot: Knex.TransactionConfig;
  /** Whether a transaction keeps all other writers out from its first write to its end; it must not read before that then. */
  keepsOthersOut: boolean;
  /** Into what calls of many callers are gathered to be written, at most. */
  gathers: { maxTransactions: number; maxCallsPerTransaction: number };
  /** How a select begins that joins texts of any length. */
  selectText: string;
  /**
   * Whether rows of several buckets and users are read a bucket at a time. PostgreSQL, as long as it has no statistics of a
   * table that is being filled, reads the whole of it for a list of buckets.
   */
  readsBucketByBucket: boolean;
}

const replaceExcluded: Dialect['replaceOnConflict'] = (key, columns) =>
  `on conflict (${key.join(', ')}) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`;

const sqlite: Dialect = {
  name: 'sqlite',
  jsonArray: (expressions) => `json_array(${expressions.join(', ')})`,
  jsonGroup: (expression) => `json_group_array(${expression})`,
  jsonOf: (text) => `json(${text})`,
  asText: (json) => json,
  positionOf: (part, text) => `instr(${text}, ${part})`,
  textBefore: (text, character) =>
    `substr(${text}, 1, instr(${text} || '${character}', '${character}') - 1)`,
  integerAsText: (expression) => `cast(${expression} as text)`,
  // "sum" fails beyond 64 bits.
  sum: (expression) => `total(${expression})`,
  exactSum: (column) => `sum(${column} / 1000000000) || ',' || sum(${column} % 1000000000)`,
  concat: (expression) => `group_concat(${expression}, '')`,
  replaceOnConflict: replaceExcluded,
  divide: (expression, divisor) => `${expression} / ${divisor}`,
  nowMs: `cast(unixepoch('subsec') * 1000 as integer)`,
  // "vacuum" numbers rows anew, and the schema's version with them.
  callsMark: `(select coalesce((select edits from model_call_users where user_did = ?), 0) || '.' || schema_version
    from pragma_schema_version)`,
  rowNumber: {
    of: 'rowid',
    through: null,
    // With a sign: they are looked for among the rows of some hours.
    isOpen: (numbers) => ({
      sql: '+rowid in (select value from json_each(?))',
      bindings: [JSON.stringify(numbers)],
    }),
  },
  snapshot: {},
  keepsOthersOut: true,
  // Each page that a transaction touches is written to the log and then to the file, and calls share pages: the more in one,
  // the fewer a call. While they are written the next are made ready.
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 4000 },
  selectText: 'select',
  readsBucketByBucket: false,
};

/** All before it have ended, and what they wrote is seen. Read once a statement. */
const OLDEST_TRANSACTION = '(select pg_snapshot_xmin(pg_current_snapshot())::text::bigint)';

const postgres: Dialect = {
  name: 'postgres',
  jsonArray: (expressions) => `json_build_array(${expressions.join(', ')})`,
  jsonGroup: (expression) => `(json_agg(${expression}))::text`,
  jsonOf: (text) => `(${text})::json`,
  asText: (json) => `(${json})::text`,
  positionOf: (part, text) => `strpos(${text}, ${part})`,
  textBefore: (text, character) => `split_part(${text}, '${character}', 1)`,
  integerAsText: (expression) => `(${expression})::text`,
  sum: (expression) => `sum(${expression})`,
  exactSum: (column) => `sum(${column})::text`,
  concat: (expression) => `string_agg(${expression}, '')`,
  replaceOnConflict: replaceExcluded,
  divide: (expression, divisor) => `${expression} / ${divisor}`,
  nowMs: `floor(extract(epoch from clock_timestamp()) * 1000)::bigint`,
  callsMark: `(select coalesce((select edits from model_call_users where user_did = ?), 0)::text)`,
  rowNumber: {
    // `xmin` is the transaction that wrote the row (also one within another) in 32 bits; it is taken to be near the oldest
    // that is under way, and so gets the other bits.
    of: `(${OLDEST_TRANSACTION} - ${2 ** 31}
      + mod(mod(xmin::text::bigint - ${OLDEST_TRANSACTION} + ${2 ** 31}, ${2 ** 32}) + ${2 ** 32}, ${2 ** 32}))`,
    through: `(${OLDEST_TRANSACTION} - 1)`,
    // Changed in place, they have a number of their own.
    isOpen: () => ({ sql: `status = 'processing'`, bindings: [] }),
  },
  snapshot: { isolationLevel: 'repeatable read', readOnly: true },
  keepsOthersOut: false,
  // Written both at once; larger ones are hardly faster, and keep others waiting.
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 1000 },
  selectText: 'select',
  readsBucketByBucket: true,
};

const mysql: Dialect = {
  name: 'mysql',
  jsonArray: (expressions) => `json_array(${expressions.join(', ')})`,
  // Cast, because the driver would parse JSON by itself.
  jsonGroup: (expression) => `cast(json_arrayagg(${expression}) as char)`,
  jsonOf: (text) => `json_compact(${text})`,
  asText: (json) => `cast(${json} as char)`,
  positionOf: (part, text) => `locate(${part}, ${text})`,
  textBefore: (text, character) => `substring_index(${text}, '${character}', 1)`,
  integerAsText: (expression) => `cast(${expression} as char)`,
  sum: (expression) => `sum(${expression})`,
  exactSum: (column) => `cast(sum(${column}) as char)`,
  concat: (expression) => `group_concat(${expression} separator '')`,
  replaceOnConflict: (_key, columns) =>
    `on duplicate key update ${columns.map((name) => `${name} = values(${name})`).join(', ')}`,
  divide: (expression, divisor) => `${expression} div ${divisor}`,
  nowMs: `floor(unix_timestamp(now(3)) * 1000)`,
  callsMark: `(select cast(version as char) from model_call_users where user_did = ?)`,
  rowNumber: null,
  // Not read-only: Knex writes that in a form that MariaDB does not take.
  snapshot: { isolationLevel: 'repeatable read' },
  keepsOthersOut: false,
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 1000 },
  // Joined texts are cut at 1 kB (MySQL) or 1 MB (MariaDB) without a word otherwise. Each takes the other's half for a comment.
  selectText: `/*M! set statement group_concat_max_len = 1073741824 for */
    select /*+ set_var(group_concat_max_len = 1073741824) */`,
  readsBucketByBucket: false,
};

/** The dialect of a Knex instance. @throws TypeError for a database that is not supported */
export function dialectOf(knex: Knex): Dialect {
  const { config } = knex.client as { config: Knex.Config };
  const client = String(config.client);
  if (/sqlite/.test(client)) return sqlite;
  if (/^(pg|postgres|postgresql|pgnative)$/.test(client)) return postgres;
  if (/^(mysql|mysql2|mariadb)$/.test(client)) return mysql;
  throw new TypeError(
    `database: client "${client}" is not supported; use SQLite, PostgreSQL or MySQL`,
  );
}
