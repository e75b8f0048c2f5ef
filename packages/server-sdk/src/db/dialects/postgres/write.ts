import { joinSql, sql, verbatim, type Sql } from '../../sql.js';
import {
  NEW_USER,
  PROGRESS,
  SLOT_COUNT,
  listColumns,
  onConflictCount,
  onConflictDoUpdate,
} from '../shared-writes.js';
import type { BulkInsert, EncodedRows, WriteDialect } from '../write-dialect.js';

const POSTGRES_TYPES = { text: 'text', integer: 'bigint', real: 'double precision' };
/** The same throughout a transaction. */
const POSTGRES_STATEMENT_MS = `floor(extract(epoch from now()) * 1000)::bigint`;
const POSTGRES_NOW_US = `floor(extract(epoch from clock_timestamp()) * 1000000)::bigint`;
/** Values of a new user after its DID, as {@link NEW_USER} lists them. */
const NEW_USER_VALUES = verbatim(
  `${POSTGRES_NOW_US}, ${POSTGRES_NOW_US}, floor(random() * ${SLOT_COUNT})`,
);

/** Rows as a table `input`, and the statement that inserts them. */
function insertInput(insert: BulkInsert, [rows = '[]']: EncodedRows): { input: Sql; stored: Sql } {
  const types = insert.columns.map(({ name, kind }) => `${name} ${POSTGRES_TYPES[kind]}`);
  const values = insert.columns.map(({ name }) => name);
  if (insert.stamp !== undefined) values.push(POSTGRES_STATEMENT_MS);
  return {
    input: sql`with input as (select * from json_to_recordset(${rows}::json) as input (${verbatim(types.join(', '))}))`,
    stored: verbatim(`insert into ${insert.table} (${listColumns(insert)})
      select ${values.join(', ')} from input ${insert.onConflict}`),
  };
}

/** An array of texts as PostgreSQL reads it. */
function toTextArray(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join()}}`;
}

/** Writes of this database. */
export const postgresWrite: WriteDialect = {
  stamp: POSTGRES_STATEMENT_MS,
  touchUsers: (userDids) => [
    sql`insert into ${NEW_USER}
      select user_did, ${NEW_USER_VALUES}
      from json_array_elements_text(${JSON.stringify(userDids)}::json) as input (user_did)
      ${verbatim(onConflictCount('model_call_users', ['user_did'], 'version'))}
      returning ${PROGRESS}`,
  ],
  encodeRows: (columns, rows) => [
    JSON.stringify(
      rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]]))),
    ),
  ],
  insertRows: (insert, rows) => {
    const { input, stored } = insertInput(insert, rows);
    return sql`${input} ${stored}`;
  },
  insertLiterals: (insert, first, rows) => {
    const [, ...columns] = insert.columns;
    // An array a column: PostgreSQL would take as long to plan thousands of literals as to insert twice their rows.
    const arrays = columns.map(({ kind }, index) => {
      const array = rows.map((row) => row[index]).join();
      return sql`${`{${kind === 'text' ? array.replaceAll("'", '"') : array}}`}::${verbatim(POSTGRES_TYPES[kind])}[]`;
    });
    return sql`${verbatim(`insert into ${insert.table} (${listColumns(insert)})`)}
      select ${first}, input.* from unnest(${joinSql(arrays)}) as input ${verbatim(insert.onConflict)}`;
  },
  // A statement that fails would abort its transaction.
  triesInsert: false,
  insertReturningKnown: (insert, rows, { key: [first, second], column, keys }) => {
    const seconds = new Map<string, string[]>();
    for (const [a, b] of keys) {
      const known = seconds.get(a);
      if (known) known.push(b);
      else seconds.set(a, [b]);
    }
    // Values by user: a join would read all of the table where it has no statistics, and Citus takes none with a limit.
    const groups = [...seconds].map(
      ([a, list]) =>
        sql`(${verbatim(first)} = ${a} and ${verbatim(second)} = any(${toTextArray(list)}::text[]))`,
    );
    const select = verbatim(`select ${first}, ${second}, ${column} from ${insert.table}`);
    return [
      sql`${select} where ${joinSql(groups, ' or ')}`,
      postgresWrite.insertRows(insert, rows),
    ];
  },
  onConflict: onConflictDoUpdate,
  onConflictCount,
};
