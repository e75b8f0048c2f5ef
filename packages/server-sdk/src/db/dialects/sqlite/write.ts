import { SLOT_COUNT, TABLES } from '../../tables.js';
import {
  NEW_USER,
  PROGRESS,
  listColumns,
  onConflictCount,
  onConflictDoUpdate,
} from '../shared-writes.js';
import type { WriteDialect } from '../write-dialect.js';

/** The same throughout a statement and the triggers it fires. */
const SQLITE_STATEMENT_MS = `cast(unixepoch('subsec') * 1000 as integer)`;
const SQLITE_STATEMENT_US = `${SQLITE_STATEMENT_MS} * 1000`;

/** Rows travel as one JSON parameter: no limit on how many, and nothing to compile for each. */
/** Writes of this database. */
export const sqliteWrite: WriteDialect = {
  stamp: SQLITE_STATEMENT_MS,
  touchUsers: (userDids) => [
    {
      sql: `insert into ${NEW_USER}
        select value, ${SQLITE_STATEMENT_US}, ${SQLITE_STATEMENT_US}, abs(random() % ${SLOT_COUNT})
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
        insert into ${insert.table} (${listColumns(insert)})
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
    sqliteWrite.insertRows(insert, rows),
  ],
};
