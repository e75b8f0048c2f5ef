import { SLOT_COUNT, TABLES } from '../../tables.js';
import {
  NEW_USER,
  PROGRESS,
  listColumns,
  onConflictCount,
  onConflictDoUpdate,
} from '../shared-writes.js';
import type { BulkInsert, WriteDialect } from '../write-dialect.js';

const POSTGRES_TYPES = { text: 'text', integer: 'bigint', real: 'double precision' };
/** The same throughout a transaction. */
const POSTGRES_STATEMENT_MS = `floor(extract(epoch from now()) * 1000)::bigint`;
const POSTGRES_NOW_US = `floor(extract(epoch from clock_timestamp()) * 1000000)::bigint`;

/** Rows as a table of their own, and the statement that inserts them. */
function insertInput(insert: BulkInsert): { input: string; stored: string } {
  const types = insert.columns.map(({ name, kind }) => `${name} ${POSTGRES_TYPES[kind]}`);
  const values = insert.columns.map(({ name }) => name);
  if (insert.stamp !== undefined) values.push(POSTGRES_STATEMENT_MS);
  return {
    input: `with input as (select * from json_to_recordset(?::json) as input (${types.join(', ')}))`,
    stored: `insert into ${insert.table} (${listColumns(insert)})
      select ${values.join(', ')} from input ${insert.onConflict}`,
  };
}

/** Writes of this database. */
export const postgresWrite: WriteDialect = {
  stamp: POSTGRES_STATEMENT_MS,
  touchUsers: (userDids) => [
    {
      sql: `insert into ${NEW_USER}
        select user_did, ${POSTGRES_NOW_US}, ${POSTGRES_NOW_US}, floor(random() * ${SLOT_COUNT})
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
