import { joinSql, listValues, literalStatement, sql, verbatim } from '../../sql.js';
import { NEW_USER, PROGRESS, SLOT_COUNT, insertLiterals, listColumns } from '../shared-writes.js';
import type { WriteDialect } from '../write-dialect.js';
import { toMysqlLiteral } from './mysql-values.js';

const MYSQL_STAMP = '@usage_kit_stamp';
/** Values of a new user after its DID, as {@link NEW_USER} lists them. */
const NEW_USER_VALUES = verbatim(
  ['version', 'rollup_revision'].map(() => 'floor(unix_timestamp(now(6)) * 1000000)').join(', ') +
    `, floor(rand() * ${SLOT_COUNT})`,
);

const mysqlOnConflictCount: WriteDialect['onConflictCount'] = (_table, _key, column) =>
  `on duplicate key update ${column} = ${column} + 1`;

/** Writes of this database. */
export const mysqlWrite: WriteDialect = {
  stamp: MYSQL_STAMP,
  touchUsers: (userDids) => [
    sql`insert into ${NEW_USER}
      values ${joinSql(userDids.map((userDid) => sql`(${userDid}, ${NEW_USER_VALUES})`))}
      ${verbatim(mysqlOnConflictCount('model_call_users', ['user_did'], 'version'))}`,
    // The first plain read of its transaction: what is read from now on is as of this moment, when the users are locked.
    // A variable of the connection gives the triggers the stamp: an expression would be compiled again for every row.
    sql`select ${PROGRESS}, ${verbatim(MYSQL_STAMP)} := floor(@@timestamp * 1000)
      from model_call_users where user_did in (${listValues(userDids)})`,
  ],
  // Literals: the driver would write parameters into the text while other writers wait for the connection.
  encodeRows: (_columns, rows) => rows.map((row) => row.map(toMysqlLiteral).join(',')),
  insertRows: (insert, rows) => {
    const ending = insert.stamp === undefined ? ')' : `,${MYSQL_STAMP})`;
    return literalStatement(
      `insert into ${insert.table} (${listColumns(insert)})
        values ${rows.map((row) => `(${row}${ending}`).join(',')} ${insert.onConflict}`,
    );
  },
  insertLiterals,
  onConflict: ({ table, key, columns, unless, stamp, unlessColumns = [] }) => {
    const incoming = (column: string): string => `values(${column})`;
    const ordered = [
      ...columns.filter((column) => !unlessColumns.includes(column)),
      ...unlessColumns,
    ];
    const set = ordered.map((column) =>
      unless === undefined || column === stamp
        ? `${column} = ${incoming(column)}`
        : `${column} = if(${unless(incoming)}, ${table}.${column}, ${incoming(column)})`,
    );
    // "Ignore" would also accept invalid values.
    if (set.length === 0) set.push(...key.map((column) => `${column} = ${table}.${column}`));
    return `on duplicate key update ${set.join(', ')}`;
  },
  onConflictCount: mysqlOnConflictCount,
  triesInsert: true,
  insertReturningKnown: (insert, rows, { key: [first, second], column, keys }) => {
    const seconds = new Map<string, string[]>();
    for (const [a, b] of keys) {
      const known = seconds.get(a);
      if (known) known.push(b);
      else seconds.set(a, [b]);
    }
    const groups = [...seconds].map(
      ([a, list]) =>
        sql`(${verbatim(first)} = ${a} and ${verbatim(second)} in (${listValues(list)}))`,
    );
    const select = verbatim(`select ${first}, ${second}, ${column} from ${insert.table}`);
    return [
      sql`${select} force index (primary) where ${joinSql(groups, ' or ')}`,
      mysqlWrite.insertRows(insert, rows),
    ];
  },
};
