import type { Dialect } from './dialect.js';

/** A column of rows that are written many at a time. */
export interface BulkColumn {
  name: string;
  kind: 'text' | 'integer' | 'real';
}

/** Columns of one kind. */
export function ofKind(kind: BulkColumn['kind'], names: readonly string[]): BulkColumn[] {
  return names.map((name) => ({ name, kind }));
}

/** Values of a row, in the order of its columns. */
export type BulkRow = readonly (string | number | null)[];

/** Rows in the form in which they travel. */
export type EncodedRows = string | readonly BulkRow[];

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
  /** A column that may be replaced even then, and is on MySQL. */
  stamp?: string;
  /** A column of integers that is raised by one, on MySQL even then: by it rows that were there are told from new ones. */
  counter?: string;
  /** Columns that `unless` looks at: MySQL assigns one after the other, so they come last. */
  looksAt?: readonly string[];
}

/** What to insert. */
export interface BulkInsert {
  table: string;
  columns: readonly BulkColumn[];
  /** A column that gets the time, epoch ms, in the form by which the triggers of migration 0004 know the SDK's own writes. */
  stamp?: { column: string; value: number | string | null };
  /** What to do with rows that are there already: {@link WriteDialect.onConflict}, {@link WriteDialect.onConflictCount}. */
  onConflict: string;
  /** Answers with the `key` of the rows that were there before, known by the `counter` of the rule; PostgreSQL alone can. */
  tell?: { key: readonly string[]; counter: string };
}

/** How each database takes many rows in one statement, fast. */
export interface WriteDialect {
  /**
   * Reads `column` of the row with a key, which then must not change before the end of the transaction; others may hold
   * it likewise. On SQLite it is a write, because a transaction that reads first cannot wait for its turn to write. Where
   * the answer has a `stamp`, it is for {@link insertRows}.
   */
  readShared(table: string, column: string, key: string): string;
  /** An insert of rows that {@link encodeRows} made ready, with its rule for those that are there already. */
  insertRows(insert: BulkInsert, rows: EncodedRows): BulkStatement;
  /** Rows ready for {@link insertRows}: work that can be done before there is a connection. */
  encodeRows(columns: readonly BulkColumn[], rows: readonly BulkRow[]): EncodedRows;
  /** What follows an insert of rows that may be there already. */
  onConflict(rule: UpsertRule): string;
  /** What follows an insert of rows whose column counts how often they were written. */
  onConflictCount(table: string, key: string, column: string): string;
  /** How to learn which rows of an insert were there before. */
  known: KnownRows;
}

/** Selects the keys of those rows that were there before; each of them is one look-up in the table's primary key. */
export type SelectKnown = (
  from: { table: string; key: readonly [string, string]; counter: string },
  keys: readonly (readonly [string, string])[],
) => BulkStatement;

/** How to learn which rows of an insert were there before. */
export type KnownRows =
  /** The insert answers with their keys, see {@link BulkInsert.tell}. */
  | { from: 'insert' }
  /** The insert's answer has their number; if that is not enough, ask afterwards for those whose counter it raised. */
  | {
      from: 'count';
      count: (answer: unknown, rows: number) => number;
      select: SelectKnown;
    }
  /** Ask before the insert: nobody else writes until it is committed. */
  | { from: 'look'; select: SelectKnown };

const names = ({ columns, stamp }: BulkInsert): string =>
  [...columns.map(({ name }) => name), ...(stamp === undefined ? [] : [stamp.column])].join(', ');

const excluded = (column: string): string => `excluded.${column}`;

function onConflictDoUpdate({ table, key, columns, unless, counter }: UpsertRule): string {
  const set = columns.map((column) => `${column} = excluded.${column}`);
  if (counter !== undefined) set.push(`${counter} = ${table}.${counter} + 1`);
  if (set.length === 0) return `on conflict (${key.join(', ')}) do nothing`;
  const where = unless === undefined ? '' : ` where not (${unless(excluded)})`;
  return `on conflict (${key.join(', ')}) do update set ${set.join(', ')}${where}`;
}

const onConflictCount: WriteDialect['onConflictCount'] = (table, key, column) =>
  `on conflict (${key}) do update set ${column} = ${table}.${column} + 1`;

/** The same throughout a statement and the triggers it fires. */
const SQLITE_STATEMENT_MS = `cast(unixepoch('subsec') * 1000 as integer)`;

/** Rows travel as one JSON parameter: no limit on how many, and nothing to compile for each. */
const sqlite: WriteDialect = {
  readShared: (table, column, key) =>
    `update ${table} set ${key} = ${key} where ${key} = ? returning ${column}`,
  encodeRows: (_columns, rows) => JSON.stringify(rows),
  insertRows: (insert, rows) => {
    const values = insert.columns.map((_, index) => `json_extract(value, '$[${index}]')`);
    if (insert.stamp !== undefined) values.push(SQLITE_STATEMENT_MS);
    return {
      // In the binary form a row is parsed once, not once a column.
      sql: `with input as materialized (select jsonb(value) as value from json_each(?))
        insert into ${insert.table} (${names(insert)})
        select ${values.join(', ')} from input where true ${insert.onConflict}`,
      bindings: [rows],
    };
  },
  onConflict: onConflictDoUpdate,
  onConflictCount,
  known: {
    from: 'look',
    // The cross join keeps the order: keys first, so that no table is scanned for them.
    select: ({ table, key: [first, second] }, keys) => ({
      sql: `select stored.${first}, stored.${second} from json_each(?) as input cross join ${table} as stored
        where stored.${first} = json_extract(input.value, '$[0]')
          and stored.${second} = json_extract(input.value, '$[1]')`,
      bindings: [JSON.stringify(keys)],
    }),
  },
};

const POSTGRES_TYPES = { text: 'text', integer: 'bigint', real: 'double precision' };
/** The same throughout a transaction. */
const POSTGRES_STATEMENT_MS = `floor(extract(epoch from now()) * 1000)::bigint`;

/** A row that its rule lets be is not returned at all. (`xmax` would tell too, but not of a partitioned table.) */
function tellKnown(stored: string, { key, counter }: NonNullable<BulkInsert['tell']>): string {
  const columns = key.join(', ');
  return `stored as (${stored} returning ${columns}, ${counter} = 0 as is_new)
    select ${columns} from input left join stored using (${columns}) where stored.is_new is not true`;
}

const postgres: WriteDialect = {
  readShared: (table, column, key) => `select ${column} from ${table} where ${key} = ? for share`,
  encodeRows: (columns, rows) =>
    JSON.stringify(
      rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]]))),
    ),
  insertRows: (insert, rows) => {
    const types = insert.columns.map(({ name, kind }) => `${name} ${POSTGRES_TYPES[kind]}`);
    const values = insert.columns.map(({ name }) => name);
    if (insert.stamp !== undefined) values.push(POSTGRES_STATEMENT_MS);
    const input = `with input as (select * from json_to_recordset(?::json) as input (${types.join(', ')}))`;
    const stored = `insert into ${insert.table} (${names(insert)})
      select ${values.join(', ')} from input ${insert.onConflict}`;
    return {
      sql: insert.tell ? `${input}, ${tellKnown(stored, insert.tell)}` : `${input} ${stored}`,
      bindings: [rows],
    };
  },
  onConflict: onConflictDoUpdate,
  onConflictCount,
  known: { from: 'insert' },
};

const mysql: WriteDialect = {
  // A variable of the connection tells the triggers the stamp: an expression would be compiled again for every row.
  readShared: (table, column, key) =>
    `select ${column}, @usage_kit_stamp := floor(@@timestamp * 1000) as stamp
     from ${table} where ${key} = ? lock in share mode`,
  encodeRows: (_columns, rows) => rows,
  insertRows: (insert, rows) => ({
    sql: `insert into ${insert.table} (${names(insert)}) values ? ${insert.onConflict}`,
    // The driver writes nested arrays as lists of values.
    bindings: [
      insert.stamp
        ? (rows as readonly BulkRow[]).map((row) => [...row, Number(insert.stamp?.value)])
        : rows,
    ],
  }),
  onConflict: ({ table, key, columns, unless, stamp, counter, looksAt = [] }) => {
    const incoming = (column: string): string => `values(${column})`;
    const ordered = [...columns.filter((column) => !looksAt.includes(column)), ...looksAt];
    const set = ordered.map((column) =>
      unless === undefined || column === stamp
        ? `${column} = ${incoming(column)}`
        : `${column} = if(${unless(incoming)}, ${table}.${column}, ${incoming(column)})`,
    );
    if (counter !== undefined) set.push(`${counter} = ${counter} + 1`);
    // "Ignore" would let wrong values pass, too.
    if (set.length === 0) set.push(...key.map((column) => `${column} = ${table}.${column}`));
    return `on duplicate key update ${set.join(', ')}`;
  },
  onConflictCount: (_table, _key, column) => `on duplicate key update ${column} = ${column} + 1`,
  known: {
    from: 'count',
    // 1 for a new row, 2 for one that was changed; the counter changes always.
    count: (answer, rows) => {
      const [header] = answer as [{ affectedRows: number }];
      return header.affectedRows - rows;
    },
    select: ({ table, key: [first, second], counter }, keys) => {
      const seconds = new Map<string, string[]>();
      for (const [a, b] of keys) {
        const known = seconds.get(a);
        if (known) known.push(b);
        else seconds.set(a, [b]);
      }
      const groups = [...seconds].map(() => `(${first} = ? and ${second} in (?))`);
      return {
        sql: `select ${first}, ${second} from ${table} force index (primary)
          where ${counter} > 0 and (${groups.join(' or ')})`,
        bindings: [...seconds].flat(),
      };
    },
  },
};

const WRITE_DIALECTS: Record<Dialect['name'], WriteDialect> = { sqlite, postgres, mysql };

/** What writes need to know of a database. */
export function writeDialectOf({ name }: Dialect): WriteDialect {
  return WRITE_DIALECTS[name];
}
