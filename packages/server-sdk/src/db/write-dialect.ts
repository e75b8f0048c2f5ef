import type { Dialect } from './dialect.js';

/** A column of rows that are written many at a time. */
export interface BulkColumn {
  name: string;
  kind: 'text' | 'integer' | 'real';
}

/** Values of a row, in the order of its columns. */
export type BulkRow = readonly (string | number | null)[];

/** SQL with its parameters. */
export interface BulkStatement {
  sql: string;
  bindings: readonly unknown[];
}

/** What to do with a row whose key is there already. */
export interface UpsertRule {
  table: string;
  key: readonly string[];
  /** Columns to replace. */
  columns: readonly string[];
  /** Where true, the stored row stays as it is; the new values are `incoming('column')`. */
  unless?: (incoming: (column: string) => string) => string;
  /** A column that may be replaced even then: on MySQL it is, which tells rows that were there from new ones. */
  stamp?: string;
  /** Columns that `unless` looks at: MySQL assigns one after the other, so they come last. */
  looksAt?: readonly string[];
}

/** How each database takes many rows in one statement, fast. */
export interface WriteDialect {
  /**
   * Reads `column` of the row with a key, which then must not change before the end of the transaction; others may hold
   * it likewise. On SQLite it is a write, because a transaction that reads first cannot wait for its turn to write. Where
   * the answer has a `stamp`, it is for {@link insertRows}.
   */
  readShared(table: string, column: string, key: string): string;
  /**
   * `insert into …` of rows, without its rule for conflicts.
   *
   * `stamp` is a column that gets the time, epoch ms, in the form by which the triggers of migration 0004 know the SDK's
   * own writes.
   */
  insertRows(
    table: string,
    columns: readonly BulkColumn[],
    rows: readonly BulkRow[],
    stamp?: { column: string; value: number | string | null },
  ): BulkStatement;
  /** What follows an insert of rows that may be there already. */
  onConflict(rule: UpsertRule): string;
  /** What follows an insert of rows whose column counts how often they were written. */
  onConflictCount(table: string, key: string, column: string): string;
  /** Whether {@link countKnown} knows. */
  tellsKnown: boolean;
  /** How many rows of an insert were there before, by the driver's answer. */
  countKnown(answer: unknown, rows: number): number;
  /** Key columns of those rows that a table has; each of them is one look-up in its primary key. */
  selectExisting(
    table: string,
    columns: readonly [string, string],
    keys: readonly (readonly [string, string])[],
  ): BulkStatement;
}

const names = (columns: readonly BulkColumn[], stamp?: { column: string }): string =>
  [...columns.map(({ name }) => name), ...(stamp === undefined ? [] : [stamp.column])].join(', ');

const excluded = (column: string): string => `excluded.${column}`;

function onConflictDoUpdate({ key, columns, unless }: UpsertRule): string {
  const set = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  const where = unless === undefined ? '' : ` where not (${unless(excluded)})`;
  return `on conflict (${key.join(', ')}) do update set ${set}${where}`;
}

const onConflictCount: WriteDialect['onConflictCount'] = (table, key, column) =>
  `on conflict (${key}) do update set ${column} = ${table}.${column} + 1`;

/** The same throughout a statement and the triggers it fires. */
const SQLITE_STATEMENT_MS = `cast(unixepoch('subsec') * 1000 as integer)`;

/** Rows travel as one JSON parameter: no limit on how many, and nothing to compile for each. */
const sqlite: WriteDialect = {
  readShared: (table, column, key) =>
    `update ${table} set ${key} = ${key} where ${key} = ? returning ${column}`,
  insertRows: (table, columns, rows, stamp) => {
    const values = columns.map((_, index) => `json_extract(value, '$[${index}]')`);
    if (stamp !== undefined) values.push(SQLITE_STATEMENT_MS);
    return {
      sql: `insert into ${table} (${names(columns, stamp)})
        select ${values.join(', ')} from json_each(?) where true`,
      bindings: [JSON.stringify(rows)],
    };
  },
  onConflict: onConflictDoUpdate,
  onConflictCount,
  tellsKnown: false,
  countKnown: () => 0,
  // The cross join keeps the order: keys first, so that no table is scanned for them.
  selectExisting: (table, [first, second], keys) => ({
    sql: `select stored.${first}, stored.${second} from json_each(?) as input cross join ${table} as stored
      where stored.${first} = json_extract(input.value, '$[0]')
        and stored.${second} = json_extract(input.value, '$[1]')`,
    bindings: [JSON.stringify(keys)],
  }),
};

const POSTGRES_TYPES = { text: 'text', integer: 'bigint', real: 'double precision' };
/** The same throughout a transaction. */
const POSTGRES_STATEMENT_MS = `floor(extract(epoch from now()) * 1000)::bigint`;

const postgres: WriteDialect = {
  readShared: (table, column, key) => `select ${column} from ${table} where ${key} = ? for share`,
  insertRows: (table, columns, rows, stamp) => {
    const types = columns.map(({ name, kind }) => `${name} ${POSTGRES_TYPES[kind]}`);
    const values = columns.map(({ name }) => name);
    if (stamp !== undefined) values.push(POSTGRES_STATEMENT_MS);
    const records = rows.map((row) =>
      Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])),
    );
    return {
      sql: `insert into ${table} (${names(columns, stamp)})
        select ${values.join(', ')} from json_to_recordset(?::json) as input (${types.join(', ')})`,
      bindings: [JSON.stringify(records)],
    };
  },
  onConflict: onConflictDoUpdate,
  onConflictCount,
  tellsKnown: false,
  countKnown: () => 0,
  // "offset 0" keeps the planner from joining in its own order, which could read the whole table.
  selectExisting: (table, [first, second], keys) => ({
    sql: `select found.* from json_to_recordset(?::json) as input (${first} text, ${second} text)
      cross join lateral (
        select stored.${first}, stored.${second} from ${table} as stored
        where stored.${first} = input.${first} and stored.${second} = input.${second} offset 0
      ) as found`,
    bindings: [JSON.stringify(keys.map(([a, b]) => ({ [first]: a, [second]: b })))],
  }),
};

const mysql: WriteDialect = {
  // A variable of the connection tells the triggers the stamp: an expression would be compiled again for every row.
  readShared: (table, column, key) =>
    `select ${column}, @usage_kit_stamp := floor(@@timestamp * 1000) as stamp
     from ${table} where ${key} = ? lock in share mode`,
  insertRows: (table, columns, rows, stamp) => ({
    sql: `insert into ${table} (${names(columns, stamp)}) values ?`,
    // The driver writes nested arrays as lists of values.
    bindings: [stamp === undefined ? rows : rows.map((row) => [...row, Number(stamp.value)])],
  }),
  onConflict: ({ table, columns, unless, stamp, looksAt = [] }) => {
    const incoming = (column: string): string => `values(${column})`;
    const ordered = [...columns.filter((column) => !looksAt.includes(column)), ...looksAt];
    const set = ordered.map((column) =>
      unless === undefined || column === stamp
        ? `${column} = ${incoming(column)}`
        : `${column} = if(${unless(incoming)}, ${table}.${column}, ${incoming(column)})`,
    );
    return `on duplicate key update ${set.join(', ')}`;
  },
  tellsKnown: true,
  // 1 for a new row, 2 for one that was changed; the stamp changes always.
  countKnown: (answer, rows) => {
    const [header] = answer as [{ affectedRows: number }];
    return header.affectedRows - rows;
  },
  onConflictCount: (_table, _key, column) => `on duplicate key update ${column} = ${column} + 1`,
  selectExisting: (table, [first, second], keys) => {
    const seconds = new Map<string, string[]>();
    for (const [a, b] of keys) {
      const known = seconds.get(a);
      if (known) known.push(b);
      else seconds.set(a, [b]);
    }
    const groups = [...seconds].map(() => `(${first} = ? and ${second} in (?))`);
    return {
      sql: `select ${first}, ${second} from ${table} force index (primary) where ${groups.join(' or ')}`,
      bindings: [...seconds].flat(),
    };
  },
};

const WRITE_DIALECTS: Record<Dialect['name'], WriteDialect> = { sqlite, postgres, mysql };

/** What writes need to know of a database. */
export function writeDialectOf({ name }: Dialect): WriteDialect {
  return WRITE_DIALECTS[name];
}
