import type { Dialect } from '../dialect.js';
import { selectListed } from '../shared-reads.js';
import { mysqlMapping } from './mapping.js';
import { mysqlWrite } from './write.js';

/** MySQL and MariaDB. */
export const mysql: Dialect = {
  name: 'mysql',
  jsonArray: (expressions) => `json_array(${expressions.join(', ')})`,
  // Cast, because the driver would parse JSON by itself.
  jsonGroup: (expression) => `cast(json_arrayagg(${expression}) as char)`,
  integerAsText: (expression) => `cast(${expression} as char)`,
  sum: (expression) => `sum(${expression})`,
  exactSum: (column) => `cast(sum(${column}) as char)`,
  concat: (expression) => `group_concat(${expression} separator '')`,
  selectEach: selectListed,
  replaceOnConflict: (_key, columns) =>
    `on duplicate key update ${columns.map((name) => `${name} = values(${name})`).join(', ')}`,
  divide: (expression, divisor) => `${expression} div ${divisor}`,
  nowMs: `floor(unix_timestamp(now(3)) * 1000)`,
  // Not read-only: Knex writes that in a form that MariaDB does not take.
  snapshot: { isolationLevel: 'repeatable read' },
  writeVersion: null,
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 1000 },
  // Joined texts are cut at 1 kB (MySQL) or 1 MB (MariaDB) without a word otherwise. Each takes the other's half for a comment.
  selectText: `/*M! set statement group_concat_max_len = 1073741824 for */
    select /*+ set_var(group_concat_max_len = 1073741824) */`,
  write: mysqlWrite,
  mapping: mysqlMapping,
};
