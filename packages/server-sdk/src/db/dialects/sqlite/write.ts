import { sql, verbatim } from '../../sql.js';
import {
  NEW_USER,
  PROGRESS,
  SLOT_COUNT,
  insertLiterals,
  listColumns,
  onConflictCount,
  onConflictDoUpdate,
} from '../shared-writes.js';
import type { WriteDialect } from '../write-dialect.js';
import { SQLITE_NOW_MS } from './clock.js';

/** Values of a new user after its DID, as {@link NEW_USER} lists them. */
const NEW_USER_VALUES = verbatim(
  `${SQLITE_NOW_MS} * 1000, ${SQLITE_NOW_MS} * 1000, abs(random() % ${SLOT_COUNT})`,
);

/**
 * Writes of this database. Rows travel as one JSON parameter: no limit on how many, and nothing to compile for each.
 *
 * @param parsed the expression of a row that `json_extract` reads a column of
 */
function createWrites(parsed: 'jsonb(value)' | 'value'): WriteDialect {
  const writes: WriteDialect = {
    stamp: SQLITE_NOW_MS,
    touchUsers: (userDids) => [
      sql`insert into ${NEW_USER}
      select value, ${NEW_USER_VALUES} from json_each(${JSON.stringify(userDids)}) where true
      ${verbatim(onConflictCount('model_call_users', ['user_did'], 'version'))}
      returning ${PROGRESS}`,
    ],
    encodeRows: (_columns, rows) => [JSON.stringify(rows)],
    insertRows: (insert, [rows = '[]']) => {
      const values = insert.columns.map((_, index) => `json_extract(value, '$[${index}]')`);
      if (insert.stamp !== undefined) values.push(SQLITE_NOW_MS);
      const stored = `insert into ${insert.table} (${listColumns(insert)})
      select ${values.join(', ')} from input where true ${insert.onConflict}`;
      return sql`with input as materialized (select ${verbatim(parsed)} as value from json_each(${rows}))
      ${verbatim(stored)}`;
    },
    insertLiterals,
    onConflict: onConflictDoUpdate,
    onConflictCount,
    triesInsert: false,
    insertReturningKnown: (insert, rows, { key: [first, second], column, keys }) => [
      // The cross join keeps the order: keys first, so that no table is scanned for them.
      sql`${verbatim(`select stored.${first}, stored.${second}, stored.${column}`)}
      from json_each(${JSON.stringify(keys)}) as input cross join ${verbatim(insert.table)} as stored
      where stored.${verbatim(first)} = json_extract(input.value, '$[0]')
        and stored.${verbatim(second)} = json_extract(input.value, '$[1]')`,
      writes.insertRows(insert, rows),
    ],
  };
  return writes;
}

/** Parses a row once, in the binary form. @see https://sqlite.org/json1.html#jsonb for SQLite 3.45 and later */
export const sqliteWrites = createWrites('jsonb(value)');

/** Parses a row once a column. */
export const olderSqliteWrites = createWrites('value');
