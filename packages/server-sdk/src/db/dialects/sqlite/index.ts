import type { Dialect } from '../dialect.js';
import { replaceExcluded, selectListed } from '../shared-reads.js';
import { sqliteMapping } from './mapping.js';
import { sqliteWrite } from './write.js';

/** SQLite. */
export const sqlite: Dialect = {
  name: 'sqlite',
  jsonArray: (expressions) => `json_array(${expressions.join(', ')})`,
  jsonGroup: (expression) => `json_group_array(${expression})`,
  integerAsText: (expression) => `cast(${expression} as text)`,
  // "sum" fails beyond 64 bits.
  sum: (expression) => `total(${expression})`,
  exactSum: (column) => `sum(${column} / 1000000000) || ',' || sum(${column} % 1000000000)`,
  concat: (expression) => `group_concat(${expression}, '')`,
  selectEach: selectListed,
  replaceOnConflict: replaceExcluded,
  divide: (expression, divisor) => `${expression} / ${divisor}`,
  nowMs: `cast(unixepoch('subsec') * 1000 as integer)`,
  snapshot: {},
  writeVersion: 'pragma data_version',
  // Each page that a transaction touches is written to the log and then to the file, and calls share pages: the more in one,
  // the fewer a call. While they are written the next are made ready.
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 4000 },
  selectText: 'select',
  write: sqliteWrite,
  mapping: sqliteMapping,
};
