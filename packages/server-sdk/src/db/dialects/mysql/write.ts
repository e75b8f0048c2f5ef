import { SLOT_COUNT, TABLES } from '../../tables.js';
import { NEW_USER, PROGRESS, listColumns } from '../shared-writes.js';
import type { WriteDialect } from '../write-dialect.js';
import { toMysqlLiteral } from './mysql-values.js';

const MYSQL_STAMP = '@usage_kit_stamp';
const MYSQL_NOW_US = 'floor(unix_timestamp(now(6)) * 1000000)';

const mysqlOnConflictCount: WriteDialect['onConflictCount'] = (_table, _key, column) =>
  `on duplicate key update ${column} = ${column} + 1`;

/** Writes of this database. */
export const mysqlWrite: WriteDialect = {
  stamp: MYSQL_STAMP,
  touchUsers: (userDids) => [
    {
      sql: `insert into ${NEW_USER}
        values ${userDids.map(() => `(?, ${MYSQL_NOW_US}, ${MYSQL_NOW_US}, floor(rand() * ${SLOT_COUNT}))`).join(', ')}
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
      sql: `insert into ${insert.table} (${listColumns(insert)})
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
      mysqlWrite.insertRows(insert, rows),
    ];
  },
};
