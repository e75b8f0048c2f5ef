import type { Dialect } from '../dialect.js';
import { replaceExcluded } from '../shared-reads.js';
import { postgresMapping } from './mapping.js';
import { postgresWrite } from './write.js';

/** PostgreSQL. */
export const postgres: Dialect = {
  name: 'postgres',
  jsonArray: (expressions) => `json_build_array(${expressions.join(', ')})`,
  jsonGroup: (expression) => `(json_agg(${expression}))::text`,
  integerAsText: (expression) => `(${expression})::text`,
  sum: (expression) => `sum(${expression})`,
  exactSum: (column) => `sum(${column})::text`,
  concat: (expression) => `string_agg(${expression}, '')`,
  // The offset keeps the select from being joined in another way.
  selectEach: (column, values, select) =>
    `select found_rows.* from unnest(array[${values.join(', ')}]::int[]) as listed (value)
      cross join lateral (${select(`${column} = listed.value`)} offset 0) as found_rows`,
  replaceOnConflict: replaceExcluded,
  divide: (expression, divisor) => `${expression} / ${divisor}`,
  nowMs: `floor(extract(epoch from clock_timestamp()) * 1000)::bigint`,
  snapshot: { isolationLevel: 'repeatable read', readOnly: true },
  writeVersion: null,
  // Written both at once; larger ones are hardly faster, and keep others waiting.
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 1000 },
  selectText: 'select',
  write: postgresWrite,
  mapping: postgresMapping,
};
