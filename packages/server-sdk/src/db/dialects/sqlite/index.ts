import type { Dialect } from '../dialect.js';
import { selectListed } from '../shared-reads.js';
import { sqliteMapping } from './mapping.js';
import { SQLITE_NOW_MS } from './clock.js';
import { olderSqliteWrites, sqliteWrites } from './write.js';

/** SQLite. */
export const sqlite: Dialect = {
  name: 'sqlite',
  isFile: true,
  canDistribute: false,
  commitsSchemaChanges: false,
  lockTransaction: () => null,
  jsonArray: (expressions) => `json_array(${expressions.join(', ')})`,
  jsonGroup: (expression) => `json_group_array(${expression})`,
  integerAsText: (expression) => `cast(${expression} as text)`,
  // "sum" fails beyond 64 bits.
  sum: (expression) => `total(${expression})`,
  exactSum: (column) => `sum(${column} / 1000000000) || ',' || sum(${column} % 1000000000)`,
  concat: (expression) => `group_concat(${expression}, '')`,
  selectEach: selectListed,
  divide: (expression, divisor) => `${expression} / ${divisor}`,
  nowMs: SQLITE_NOW_MS,
  selectColumns: (table) =>
    `select name, case when lower(type) like '%int%' then 1 else 0 end as is_integer
      from pragma_table_info('${table}') order by name`,
  selectKey: (table) => `select name from pragma_table_info('${table}') where pk > 0 order by pk`,
  replayedMs: null,
  forUpdate: '',
  snapshot: {},
  writeVersion: 'pragma data_version',
  // A transaction writes each page it touches to the log and then to the file, and calls share pages: the more calls it has,
  // the fewer pages per call. While one is written, the next is prepared.
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 4000 },
  selectText: 'select',
  session: null,
  write: sqliteWrites,
  mapping: sqliteMapping,
};

/** SQLite before 3.45, which has no binary JSON. */
export const olderSqlite: Dialect = { ...sqlite, write: olderSqliteWrites };
