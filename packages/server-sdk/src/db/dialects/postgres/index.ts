import type { Dialect } from '../dialect.js';
import { sql, verbatim } from '../../sql.js';
import { IDLE_IN_TRANSACTION_SECONDS } from '../session-dialect.js';
import { postgresMapping } from './mapping.js';
import { postgresWrite } from './write.js';

/** PostgreSQL. */
export const postgres: Dialect = {
  name: 'postgres',
  isFile: false,
  canDistribute: true,
  commitsSchemaChanges: false,
  lockTransaction: (name) => `select pg_advisory_xact_lock(hashtext('${name}'))`,
  jsonArray: (expressions) => `json_build_array(${expressions.join(', ')})`,
  jsonGroup: (expression) => `(json_agg(${expression}))::text`,
  integerAsText: (expression) => `(${expression})::text`,
  sum: (expression) => `sum(${expression})`,
  exactSum: (column) => `sum(${column})::text`,
  concat: (expression) => `string_agg(${expression}, '')`,
  // The offset keeps the select from being joined in another way.
  selectEach: (column, values, select) =>
    sql`select found_rows.* from unnest(array[${verbatim(values.join(', '))}]::int[]) as listed (value)
      cross join lateral (${select(verbatim(`${column} = listed.value`))} offset 0) as found_rows`,
  divide: (expression, divisor) => `${expression} / ${divisor}`,
  // Stable within a statement, as Citus requires of updates.
  nowMs: `floor(extract(epoch from statement_timestamp()) * 1000)::bigint`,
  selectColumns: (table) =>
    `select attname as name, case when atttypid in (20, 21, 23) then 1 else 0 end as is_integer
      from pg_attribute where attrelid = to_regclass('${table}') and attnum > 0 and not attisdropped
      order by attname`,
  selectKey: (table) =>
    `select attname as name from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
      where indrelid = to_regclass('${table}') and indisprimary
      order by array_position(indkey::smallint[], attnum)`,
  replayedMs: `case when pg_is_in_recovery()
    then floor(extract(epoch from pg_last_xact_replay_timestamp()) * 1000)::bigint end`,
  forUpdate: 'for update',
  snapshot: { isolationLevel: 'repeatable read', readOnly: true },
  writeVersion: null,
  // Both are written concurrently; larger ones are hardly faster, and other writers wait for them.
  gathers: { maxTransactions: 2, maxCallsPerTransaction: 1000 },
  selectText: 'select',
  session: {
    required: [
      'set session characteristics as transaction isolation level read committed',
      `set idle_in_transaction_session_timeout = '${IDLE_IN_TRANSACTION_SECONDS}s'`,
    ],
    optional: [],
    settings: {},
    refusedModes: [],
  },
  write: postgresWrite,
  mapping: postgresMapping,
};
