import type { Dialect } from './read-dialect.js';
import { toMysqlLiteral } from './mysql-values.js';
import { SLOT_COUNT, TABLES } from '../tables.js';

/** A column of rows that are written many at a time. */
export interface BulkColumn {
  name: string;
  kind: 'text' | 'integer' | 'real';
}

/** Values of a row, in the order of its columns. */
export type BulkRow = readonly (string | number | null)[];

/** Rows in the form in which they travel: JSON, or literals. */
export type EncodedRows = readonly string[];

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
  /** Columns that `unless` looks at: MySQL assigns one after the other, so they come last. */
  looksAt?: readonly string[];
}

/** What to insert. */
export interface BulkInsert {
  table: string;
  columns: readonly BulkColumn[];
  /** A column that gets the time, epoch ms, in the form by which the triggers of migration 0015 know the SDK's own writes. */
  stamp?: string;
  /** What to do with rows that are there already: {@link WriteDialect.onConflict}, {@link WriteDialect.onConflictCount}. */
  onConflict: string;
}

/** Which rows of an insert were there before, and what they held. */
export interface KnownRows {
  /** Columns of the key, both of text. */
  key: readonly [string, string];
  /** A column to answer with. */
  column: string;
  /** Keys of the rows that are inserted. */
  keys: readonly (readonly [string, string])[];
}

/** How each database takes many rows in one statement, fast. */
export interface WriteDialect {
  /**
   * What `recorded_at_ms` is set to, by which the triggers of migration 0015 know the SDK's own writes. Needs
   * {@link touchUsers} before.
   */
  stamp: string;
  /**
   * Statements that raise the version of users by one, or make their rows, and lock them until the transaction ends; to be
   * run one after the other. The last answers with `user_did`, `claimed_through_ms` and `due_at_ms` of each, as they are
   * now. Needed before {@link insertRows} with a stamp.
   *
   * @param userDids each once, in order
   */
  touchUsers(userDids: readonly string[]): BulkStatement[];
  /** An insert of rows that {@link encodeRows} made ready, with its rule for those that are there already. */
  insertRows(insert: BulkInsert, rows: EncodedRows): BulkStatement;
  /**
   * The same as statements to be run one after the other, of which the first answers with the rows that were there before:
   * their key and the column asked for. Nothing else may change these rows between them.
   */
  insertKnowing(insert: BulkInsert, rows: EncodedRows, known: KnownRows): BulkStatement[];
  /**
   * Whether {@link insertRows} without a rule for rows that are there is to be tried first: it is faster than
   * {@link insertKnowing} where all are new, and stores none where one is not.
   */
  triesInsert: boolean;
  /** Rows ready for {@link insertRows}: work that can be done before there is a connection. */
  encodeRows(columns: readonly BulkColumn[], rows: readonly BulkRow[]): EncodedRows;
  /** What follows an insert of rows that may be there already. */
  onConflict(rule: UpsertRule): string;
  /** What follows an insert of rows whose column counts how often they were written. */
  onConflictCount(table: string, key: readonly string[], column: string): string;
}

const names = ({ columns, stamp }: BulkInsert): string =>
  [...columns.map(({ name }) => name), ...(stamp === undefined ? [] : [stamp])].join(', ');

const excluded = (column: string): string => `excluded.${column}`;

function onConflictDoUpdate({ key, columns, unless }: UpsertRule): string {
  const set = columns.map((column) => `${column} = excluded.${column}`);
  if (set.length === 0) return `on conflict (${key.join(', ')}) do nothing`;
  const where = unless === undefined ? '' : ` where not (${unless(excluded)})`;
  return `on conflict (${key.join(', ')}) do update set ${set.join(', ')}${where}`;
}

const onConflictCount: WriteDialect['onConflictCount'] = (table, key, column) =>
  `on conflict (${key.join(', ')}) do update set ${column} = ${table}.${column} + 1`;

/**
 * Columns of a new user. The version starts at the time, so that it never repeats after an erasure; so does
 * the revision of the rollup. The slot is any.
 */
const NEW_USER = `${TABLES.users} (user_did, version, rollup_revision, slot)`;
const PROGRESS = 'user_did, claimed_through_ms, due_at_ms';

/** The same throughout a statement and the triggers it fires. */
const SQLITE_STATEMENT_MS = `cast(unixepoch('subsec') * 1000 as integer)`;

/** Rows travel as one JSON parameter: no limit on how many, and nothing to compile for each. */
const sqlite: WriteDialect = {
  stamp: SQLITE_STATEMENT_MS,
  touchUsers: (userDids) => [
    {
      sql: `insert into ${NEW_USER}
        select value, ${SQLITE_STATEMENT_MS}, ${SQLITE_STATEMENT_MS}, abs(random() % ${SLOT_COUNT})
        from json_each(?) where true ${onConflictCount(TABLES.users, ['user_did'], 'version')}
        returning ${PROGRESS}`,
      bindings: [JSON.stringify(userDids)],
    },
  ],
  encodeRows: (_columns, rows) => [JSON.stringify(rows)],
  insertRows: (insert, rows) => {
    const values = insert.columns.map((_, index) => `json_extract(value, '$[${index}]')`);
    if (insert.stamp !== undefined) values.push(SQLITE_STATEMENT_MS);
    return {
      // In the binary form a row is parsed once, not once a column.
      sql: `with input as materialized (select jsonb(value) as value from json_each(?))
        insert into ${insert.table} (${names(insert)})
        select ${values.join(', ')} from input where true ${insert.onConflict}`,
      bindings: rows,
    };
  },
  onConflict: onConflictDoUpdate,
  onConflictCount,
  triesInsert: false,
  insertKnowing: (insert, rows, { key: [first, second], column, keys }) => [
    {
      // The cross join keeps the order: keys first, so that no table is scanned for them.
      sql: `select stored.${first}, stored.${second}, stored.${column}
        from json_each(?) as input cross join ${insert.table} as stored
        where stored.${first} = json_extract(input.value, '$[0]')
          and stored.${second} = json_extract(input.value, '$[1]')`,
      bindings: [JSON.stringify(keys)],
    },
    sqlite.insertRows(insert, rows),
  ],
};

const POSTGRES_TYPES = { text: 'text', integer: 'bigint', real: 'double precision' };
/** The same throughout a transaction. */
const POSTGRES_STATEMENT_MS = `floor(extract(epoch from now()) * 1000)::bigint`;
const POSTGRES_NOW_MS = `floor(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** Rows as a table of their own, and the statement that inserts them. */
function insertInput(insert: BulkInsert): { input: string; stored: string } {
  const types = insert.columns.map(({ name, kind }) => `${name} ${POSTGRES_TYPES[kind]}`);
  const values = insert.columns.map(({ name }) => name);
  if (insert.stamp !== undefined) values.push(POSTGRES_STATEMENT_MS);
  return {
    input: `with input as (select * from json_to_recordset(?::json) as input (${types.join(', ')}))`,
    stored: `insert into ${insert.table} (${names(insert)})
      select ${values.join(', ')} from input ${insert.onConflict}`,
  };
}

const postgres: WriteDialect = {
  stamp: POSTGRES_STATEMENT_MS,
  touchUsers: (userDids) => [
    {
      sql: `insert into ${NEW_USER}
        select user_did, ${POSTGRES_NOW_MS}, ${POSTGRES_NOW_MS}, floor(random() * ${SLOT_COUNT})
        from json_array_elements_text(?::json) as input (user_did)
        ${onConflictCount(TABLES.users, ['user_did'], 'version')} returning ${PROGRESS}`,
      bindings: [JSON.stringify(userDids)],
    },
  ],
  encodeRows: (columns, rows) => [
    JSON.stringify(
      rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]]))),
    ),
  ],
  insertRows: (insert, rows) => {
    const { input, stored } = insertInput(insert);
    return { sql: `${input} ${stored}`, bindings: rows };
  },
  // One that fails would take its transaction with it.
  triesInsert: false,
  // One statement sees one state throughout: that of before it.
  insertKnowing: (insert, rows, { key, column, keys }) => {
    const { input, stored } = insertInput(insert);
    const columns = [...key, column].map((name) => `known.${name}`);
    const isKey = key.map((name) => `${name} = input.${name}`).join(' and ');
    // A user that is alone is named: then the plan has the user's partition only.
    const [first, ...others] = new Set(keys.map(([user]) => user));
    const alone = first !== undefined && others.length === 0 ? [first] : [];
    const isAlone = alone.map(() => ` and ${key[0]} = ?`).join('');
    return [
      {
        // The limit has each row looked up by its key: without statistics PostgreSQL reads all of the table.
        sql: `${input}, stored as (${stored}) select ${columns.join(', ')} from input cross join lateral
          (select * from ${insert.table} where ${isKey}${isAlone} limit 1) as known`,
        bindings: [...rows, ...alone],
      },
    ];
  },
  onConflict: onConflictDoUpdate,
  onConflictCount,
};

const MYSQL_STAMP = '@usage_kit_stamp';
const MYSQL_NOW_MS = 'floor(unix_timestamp(now(3)) * 1000)';

const mysqlOnConflictCount: WriteDialect['onConflictCount'] = (_table, _key, column) =>
  `on duplicate key update ${column} = ${column} + 1`;

const mysql: WriteDialect = {
  stamp: MYSQL_STAMP,
  touchUsers: (userDids) => [
    {
      sql: `insert into ${NEW_USER}
        values ${userDids.map(() => `(?, ${MYSQL_NOW_MS}, ${MYSQL_NOW_MS}, floor(rand() * ${SLOT_COUNT}))`).join(', ')}
        ${mysqlOnConflictCount(TABLES.users, ['user_did'], 'version')}`,
      bindings: userDids,
    },
    // The first plain read of its transaction: what is read from now on is as of this moment, when the users are locked.
    // A variable of the connection tells the triggers the stamp: an expression would be compiled again for every row.
    {
      sql: `select ${PROGRESS}, ${MYSQL_STAMP} := floor(@@timestamp * 1000)
        from ${TABLES.users} where user_did in (${userDids.map(() => '?').join(', ')})`,
      bindings: userDids,
    },
  ],
  // Literals: as parameters the driver would write each of them into the text while others wait for the connection.
  encodeRows: (_columns, rows) => rows.map((row) => row.map(toMysqlLiteral).join(',')),
  insertRows: (insert, rows) => {
    const ending = insert.stamp === undefined ? ')' : `,${MYSQL_STAMP})`;
    return {
      sql: `insert into ${insert.table} (${names(insert)})
        values ${rows.map((row) => `(${row}${ending}`).join(',')} ${insert.onConflict}`,
      bindings: [],
    };
  },
  onConflict: ({ table, key, columns, unless, stamp, looksAt = [] }) => {
    const incoming = (column: string): string => `values(${column})`;
    const ordered = [...columns.filter((column) => !looksAt.includes(column)), ...looksAt];
    const set = ordered.map((column) =>
      unless === undefined || column === stamp
        ? `${column} = ${incoming(column)}`
        : `${column} = if(${unless(incoming)}, ${table}.${column}, ${incoming(column)})`,
    );
    // "Ignore" would let wrong values pass, too.
    if (set.length === 0) set.push(...key.map((column) => `${column} = ${table}.${column}`));
    return `on duplicate key update ${set.join(', ')}`;
  },
  onConflictCount: mysqlOnConflictCount,
  triesInsert: true,
  insertKnowing: (insert, rows, { key: [first, second], column, keys }) => {
    const seconds = new Map<string, string[]>();
    for (const [a, b] of keys) {
      const known = seconds.get(a);
      if (known) known.push(b);
      else seconds.set(a, [b]);
    }
    const groups = [...seconds].map(() => `(${first} = ? and ${second} in (?))`);
    return [
      {
        sql: `select ${first}, ${second}, ${column} from ${insert.table} force index (primary)
          where ${groups.join(' or ')}`,
        bindings: [...seconds].flat(),
      },
      mysql.insertRows(insert, rows),
    ];
  },
};

const WRITE_DIALECTS: Record<Dialect['name'], WriteDialect> = { sqlite, postgres, mysql };

/** What writes need to know of a database. */
export function getWriteDialect({ name }: Dialect): WriteDialect {
  return WRITE_DIALECTS[name];
}
