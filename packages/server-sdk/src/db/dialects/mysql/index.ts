import type { Dialect } from '../dialect.js';
import { IDLE_IN_TRANSACTION_SECONDS } from '../session-dialect.js';
import { selectListed } from '../shared-reads.js';
import { mysqlMapping } from './mapping.js';
import { mysqlWrite } from './write.js';

/** MySQL and MariaDB. */
export const mysql: Dialect = {
  name: 'mysql',
  isFile: false,
  canDistribute: false,
  commitsSchemaChanges: true,
  lockTransaction: () => null,
  jsonArray: (expressions) => `json_array(${expressions.join(', ')})`,
  // Cast, because the driver would parse JSON by itself.
  jsonGroup: (expression) => `cast(json_arrayagg(${expression}) as char)`,
  integerAsText: (expression) => `cast(${expression} as char)`,
  sum: (expression) => `sum(${expression})`,
  exactSum: (column) => `cast(sum(${column}) as char)`,
  concat: (expression) => `group_concat(${expression} separator '')`,
  selectEach: selectListed,
  divide: (expression, divisor) => `${expression} div ${divisor}`,
  nowMs: `floor(unix_timestamp(now(3)) * 1000)`,
  selectColumns: (table) =>
    `select column_name as name, case when data_type like '%int' then 1 else 0 end as is_integer
      from information_schema.columns
      where table_schema = database() and table_name = '${table}' order by column_name`,
  selectKey: (table) =>
    `select column_name as name from information_schema.key_column_usage
      where table_schema = database() and table_name = '${table}' and constraint_name = 'PRIMARY'
      order by ordinal_position`,
  // Not read-only: Knex writes that in a form that MariaDB does not take.
  replayedMs: null,
  forUpdate: 'for update',
  snapshot: { isolationLevel: 'repeatable read' },
  writeVersion: null,
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 1000 },
  // By default MySQL cuts concatenated texts at 1 kB and MariaDB at 1 MB, without a warning. Each of the two takes the
  // other's half for a comment.
  selectText: `/*M! set statement group_concat_max_len = 1073741824 for */
    select /*+ set_var(group_concat_max_len = 1073741824) */`,
  session: {
    required: [
      `set session sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
      'set session transaction isolation level repeatable read',
      'set session autocommit = 1, sql_select_limit = 18446744073709551615, sql_safe_updates = 0, sql_big_selects = 1',
      'set session default_storage_engine = InnoDB',
    ],
    // MariaDB's; MySQL has no such setting.
    optional: [`set session idle_transaction_timeout = ${IDLE_IN_TRANSACTION_SECONDS}`],
    settings: {
      autocommit: '1',
      sql_select_limit: '18446744073709551615',
      sql_safe_updates: '0',
      sql_big_selects: '1',
      default_storage_engine: 'InnoDB',
    },
    // Modes of MariaDB: with one an empty text becomes null, with the other the grammar is another.
    refusedModes: ['EMPTY_STRING_IS_NULL', 'ORACLE'],
  },
  write: mysqlWrite,
  mapping: mysqlMapping,
};
